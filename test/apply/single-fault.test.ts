import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../src/emulator/fault.ts';
import { EmulatedJobs, isWrite } from './support/emulated-job.ts';
import { FAULTS, type KnownFault } from './support/faults.ts';
import { BOUNDARIES, type Boundary } from './support/mortal-process.ts';
import { play, statusesOf } from './support/scenario.ts';
import { TWENTY_CALLS } from './support/twenty-calls.ts';

const calm = await new EmulatedJobs(TWENTY_CALLS).run();
const WRITES = calm.calls.filter(isWrite).map(({ action, owner }, index) => ({
  number: index + 1,
  name: `write ${index + 1}, ${action} ${owner}`,
  of: action === 'UpdateAggregator' ? 'group' : 'contact',
}));

/** Beside a fault: the process lives on, or it ends with the answer at hand, or with the answer journaled. */
const DEATHS: readonly (Boundary | undefined)[] = [undefined, 'answered-not-journaled', 'journaled'];

const writesThatMeet = ({ only }: KnownFault) => WRITES.filter(({ of }) => only === undefined || only === of);

const FEW_MINUTES = 240_000;

describe('one fault at one call', () => {
  it('is tried on a plan of 20 calls that a calm run carries out in 20', () => {
    expect(calm.result?.plan?.calls).toEqual({ associate: 8, disassociate: 8, update: 4 });
    expect(calm.result?.plan?.contacts.flatMap(({ swaps }) => swaps)).toHaveLength(4);
    expect(WRITES).toHaveLength(20);
    expect(calm.result?.exitCode).toBe(0);
  });

  it('is tried in 1,852 ways, with every kind of fault that the emulator knows', () => {
    const faulty = FAULTS.reduce((runs, fault) => runs + writesThatMeet(fault).length * DEATHS.length, 0);
    const deadly = WRITES.length * (BOUNDARIES.length + 2);
    expect({ faulty, deadly, all: faulty + deadly }).toEqual({ faulty: 1692, deadly: 160, all: 1852 });
    expect(new Set(FAULTS.map(({ fault }) => fault.kind))).toEqual(new Set(FAULT_KINDS));
  });

  describe.each(DEATHS)('when the process ends: %s', (at) => {
    it.each(FAULTS)(
      '$name: the report is true, the next run converges, and the third finds nothing to do',
      async (known) => {
        const wrong: string[] = [];
        for (const { number: write, name } of writesThatMeet(known)) {
          const death = at && { write, at };
          const { first, violations } = await play(TWENTY_CALLS, {
            faults: { [write]: known.fault },
            ...(death && { death }),
          });
          wrong.push(...violations.map((violation) => `${name}: ${violation}`));
          if (at === undefined) wrong.push(...notAsExpected(known, first).map((text) => `${name}: ${text}`));
          else if (first.result !== undefined) wrong.push(`${name}: the process lives`);
        }
        expect(wrong).toEqual([]);
      },
      FEW_MINUTES,
    );
  });

  it.each(BOUNDARIES)(
    'the process ends, %s: the next run converges, and the third finds nothing to do',
    async (at) => {
      const wrong: string[] = [];
      for (const { number: write, name } of WRITES) {
        const { first, violations } = await play(TWENTY_CALLS, { death: { write, at } });
        wrong.push(...violations.map((violation) => `${name}: ${violation}`));
        if (first.result !== undefined) wrong.push(`${name}: the process lives`);
      }
      expect(wrong).toEqual([]);
    },
    FEW_MINUTES,
  );

  it.each([{ kind: 'late', delayMs: 20_000 }, { kind: 'partial' }])(
    'the process ends while its call is under way, which is $kind: the next run converges all the same',
    async (fault) => {
      const wrong: string[] = [];
      for (const { number: write, name } of WRITES) {
        const death = { write, at: 'received-not-answered' } as const;
        const { violations } = await play(TWENTY_CALLS, { faults: { [write]: fault }, death });
        wrong.push(...violations.map((violation) => `${name}: ${violation}`));
      }
      expect(wrong).toEqual([]);
    },
    FEW_MINUTES,
  );
});

/** A run that lives knows by its end of every change whether it was made. */
function notAsExpected({ exitCode }: KnownFault, first: Awaited<ReturnType<typeof play>>['first']): string[] {
  const statuses = statusesOf(first);
  const unknown = ['uncertain', 'not-visible', 'planned'].filter((status) => statuses.has(status));
  const found = first.result?.exitCode;
  return [
    ...unknown.map((status) => `an outcome is ${status}`),
    ...(found === exitCode ? [] : [`the exit code is ${found}, not ${exitCode}`]),
  ];
}
