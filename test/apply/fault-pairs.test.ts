import { describe, expect, it } from 'vitest';
import { EmulatedJobs, isWrite, type WrittenFault } from './support/emulated-job.ts';
import { play } from './support/scenario.ts';
import { SIX_CALLS } from './support/six-calls.ts';

/**
 * One fault for every way that leads through the executor. Kinds that differ in nothing but the words of an answer
 * that the client cannot read stand for each other here; each of them is tried alone in single-fault.test.ts.
 */
const KINDS: readonly (WrittenFault & { readonly name: string })[] = [
  { name: 'throttled', kind: 'throttling' },
  { name: 'in conflict', kind: 'conflict' },
  { name: 'pending', kind: 'pending' },
  { name: 'refused for its owner', kind: 'error', code: 'ContactStatusMismatchAction', status: 400 },
  { name: 'not taken, unreadable answer', kind: 'unavailable' },
  { name: 'taken, unreadable answer', kind: 'reset-after' },
  { name: 'half taken', kind: 'partial' },
  { name: 'not taken, no answer', kind: 'silent' },
  { name: 'taken, no answer', kind: 'silent-after' },
  { name: 'taken late, no answer', kind: 'late', delayMs: 12_500 },
  { name: 'taken very late, no answer', kind: 'late', delayMs: 25_000 },
  { name: 'slow', kind: 'slow', delayMs: 4000 },
];

const CALLS = [1, 2, 3, 4, 5, 6] as const;
const FEW_MINUTES = 240_000;

const faultOf = ({ name: _, ...fault }: (typeof KINDS)[number]): WrittenFault => fault;

describe('two faults in one run', () => {
  it('are tried on a plan of six calls', async () => {
    const calm = await new EmulatedJobs(SIX_CALLS).run();
    expect(calm.result?.plan?.calls).toEqual({ associate: 2, disassociate: 2, update: 2 });
    expect(calm.calls.filter(isWrite)).toHaveLength(CALLS.length);
  });

  it.each(KINDS)(
    'first $name, then any other, on any two calls: the report is true and the next run converges',
    async (kind) => {
      const wrong: string[] = [];
      for (const other of KINDS) {
        for (const [i, j] of pairs()) {
          const { violations } = await play(SIX_CALLS, {
            faults: { [i]: faultOf(kind), [j]: faultOf(other) },
          });
          wrong.push(...violations.map((text) => `call ${i}, then call ${j} ${other.name}: ${text}`));
        }
      }
      expect(wrong).toEqual([]);
    },
    FEW_MINUTES,
  );

  it.each(KINDS)(
    'one call $name, and the process ends with another under way: the next run converges',
    async (kind) => {
      const wrong: string[] = [];
      for (const [i, j] of pairs()) {
        const death = { write: j, at: 'received-not-answered' } as const;
        const { violations } = await play(SIX_CALLS, { faults: { [i]: faultOf(kind) }, death });
        wrong.push(...violations.map((text) => `call ${i}, dead at call ${j}: ${text}`));
      }
      expect(wrong).toEqual([]);
    },
    FEW_MINUTES,
  );
});

/** Every first and second call; the seventh is there when the first fault made one more. */
function pairs(): [number, number][] {
  return CALLS.flatMap((i) => [...CALLS, 7].filter((j) => j > i).map((j): [number, number] => [i, j]));
}
