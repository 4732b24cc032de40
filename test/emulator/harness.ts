import { parse } from 'lossless-json';
import { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import type { Delivery } from '../../src/emulator/emulated-request.ts';
import { findAction } from '../../src/emulator/operations.ts';
import type { EmulatorState } from '../../src/emulator/state.ts';
import { START, worldState } from './world.ts';

export type Answer = Extract<Delivery, { kind: 'answer' }>;

/** A core with a clock that only the test moves. */
export class Harness {
  readonly cloud: EmulatedCloud;
  now = START;

  constructor(state: EmulatorState) {
    this.cloud = new EmulatedCloud(state, { now: () => this.now });
  }

  send(action: string, parameters: Record<string, string> = {}): Delivery {
    const version = findAction(action)?.service.version ?? '';
    return this.cloud.receive({ action, version, parameters });
  }

  answer(action: string, parameters: Record<string, string> = {}): Answer {
    const delivery = this.send(action, parameters);
    if (delivery.kind !== 'answer') throw new Error(`expected an answer, found ${delivery.kind}`);
    return delivery;
  }

  /** The parsed body, and numbers as the text they are written in. */
  body(action: string, parameters: Record<string, string> = {}): Record<string, unknown> {
    return parse(this.answer(action, parameters).body, undefined, String) as Record<string, unknown>;
  }

  /** `200`, or status and code of the refusal. */
  outcome(action: string, parameters: Record<string, string> = {}): string {
    const { status, body } = this.answer(action, parameters);
    return status === 200 ? '200' : `${status} ${(JSON.parse(body) as { Code: string }).Code}`;
  }

  membersOf(contactId: string): readonly string[] | undefined {
    return this.cloud.snapshot().contacts.find(({ id }) => id === contactId)?.members;
  }

  accountsOf(aggregatorId: string): readonly string[] | undefined {
    const found = this.cloud.snapshot().aggregators.find(({ id }) => id === aggregatorId);
    return found?.accounts.map(({ id }) => id);
  }
}

/** The test world; writes do not lock and groups are not pending unless a test wants it. */
export const harness = (changes: Record<string, unknown> = {}): Harness =>
  new Harness(worldState({ behaviour: { lockScope: 'none', pendingMs: 0 }, ...changes }));

export function membersParameters(contactId: string, members: readonly string[]): Record<string, string> {
  const numbered = members.map((id, index) => [`Members.${index + 1}`, id]);
  return { ContactId: contactId, ...Object.fromEntries(numbered) };
}

export const accountsText = (ids: readonly string[]): string =>
  `[${ids.map((id) => `{"AccountId":${id},"AccountType":"ResourceDirectory"}`).join(',')}]`;
