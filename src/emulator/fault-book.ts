import type { LoggedCall } from './call-log.ts';
import type { Fault } from './fault.ts';

interface Entry {
  readonly fault: Fault;
  matched: number;
  fired: number;
}

/** Which fault, if any, meets a call. It counts calls and draws from the random numbers it was given, nothing else. */
export class FaultBook {
  readonly #random: () => number;
  readonly #entries: Entry[] = [];

  constructor(faults: readonly Fault[], random: () => number) {
    this.#random = random;
    this.add(faults);
  }

  add(faults: readonly Fault[]): void {
    this.#entries.push(...faults.map((fault) => ({ fault, matched: 0, fired: 0 })));
  }

  /** The faults as they must stand in a state file for the calls that are still to come; those used up are left out. */
  remaining(): readonly Fault[] {
    return this.#entries.map(left).filter((fault) => fault !== undefined);
  }

  /** The first fault that meets the call. Every fault that matches it counts it, whether it comes to fire or not. */
  meet(call: Pick<LoggedCall, 'action' | 'owner' | 'members'>): Fault | undefined {
    const matching = this.#entries.filter(({ fault }) => matches(fault, call));
    for (const entry of matching) entry.matched += 1;
    const meeting = matching.find((entry) => this.#fires(entry));
    if (meeting !== undefined) meeting.fired += 1;
    return meeting?.fault;
  }

  #fires({ fault, matched, fired }: Entry): boolean {
    if (fired >= timesOf(fault)) return false;
    if (fault.call !== undefined) return fault.call.includes(matched);
    return fault.probability === undefined || this.#random() < fault.probability;
  }
}

function matches(fault: Fault, call: Pick<LoggedCall, 'action' | 'owner' | 'members'>): boolean {
  if (fault.action !== undefined && fault.action !== call.action) return false;
  if (fault.owner !== undefined && fault.owner !== call.owner) return false;
  return fault.member === undefined || call.members.includes(fault.member);
}

function left({ fault, matched, fired }: Entry): Fault | undefined {
  const times = timesOf(fault) === Number.MAX_SAFE_INTEGER ? timesOf(fault) : timesOf(fault) - fired;
  const call = fault.call?.map((number) => number - matched).filter((number) => number > 0);
  if (times === 0 || call?.length === 0) return undefined;
  return {
    ...fault,
    ...(fault.times === undefined ? {} : { times }),
    ...(call === undefined ? {} : { call }),
  };
}

function timesOf(fault: Fault): number {
  if (fault.times !== undefined) return fault.times;
  return fault.call === undefined && fault.probability === undefined ? 1 : Number.MAX_SAFE_INTEGER;
}
