import { describe, expect, it } from 'vitest';
import { EmulatedJobs, isWrite } from './support/emulated-job.ts';
import { untruths } from './support/truth.ts';
import { TWENTY_CALLS } from './support/twenty-calls.ts';

const PLANNED = 20;
const EVERY_CALL = Array.from({ length: PLANNED }, (_, index) => index + 1);
const REASON = 'the journal could not be written (ENOSPC), and nothing is sent that is not on disk before';

describe.each(['intend', 'settle'] as const)('a disk that is full when the journal is to %s', (at) => {
  it.each(EVERY_CALL)(
    'call %i: no call is sent that is not on disk, and the report stays true',
    async (from) => {
      const jobs = new EmulatedJobs(TWENTY_CALLS);
      const run = await jobs.run({ diskFull: { from, at } });
      expect([...jobs.violations, ...untruths(run)]).toEqual([]);
      const sent = at === 'intend' ? from - 1 : from;
      expect(run.calls.filter(isWrite).length).toBeLessThanOrEqual(sent);
      expect(run.result?.calls.filter(isWrite)).toHaveLength(run.calls.filter(isWrite).length);
      const next = await jobs.run();
      expect(next.result?.exitCode).toBe(0);
      expect(jobs.violations).toEqual([]);
    },
  );
});

it('at the first write: nothing is sent, every change is skipped and says why, and the run ends with 3', async () => {
  const { result, calls } = await new EmulatedJobs(TWENTY_CALLS).run({ diskFull: { from: 1, at: 'intend' } });
  expect(calls.filter(isWrite)).toEqual([]);
  expect(result).toMatchObject({ exitCode: 3, result: 'partial', verification: { status: 'not-run' } });
  const outcomes = [...(result?.outcomes.values() ?? [])];
  expect(outcomes.length).toBeGreaterThan(PLANNED);
  expect(outcomes).toEqual(outcomes.map(() => ({ status: 'skipped', because: REASON })));
  expect(result?.problems).toEqual([
    {
      code: 'journal-unwritable',
      severity: 'error',
      source: undefined,
      message:
        'the journal in the state folder cannot be written (ENOSPC), so nothing more was sent; ' +
        'make room or check its permissions, or pass --state-dir DIR, and run again',
    },
  ]);
});

it('once a write was answered: that write counts as applied, all others as skipped', async () => {
  const { result, calls } = await new EmulatedJobs(TWENTY_CALLS).run({ diskFull: { from: 1, at: 'settle' } });
  const acknowledged = calls.filter(isWrite).length;
  const statuses = [...(result?.outcomes.values() ?? [])].map(({ status }) => status);
  expect(acknowledged).toBeGreaterThan(0);
  expect(new Set(statuses)).toEqual(new Set(['applied', 'skipped']));
  expect(result?.exitCode).toBe(3);
});
