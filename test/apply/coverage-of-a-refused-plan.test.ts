import { expect, test } from 'vitest';
import { applySettings } from '../support/apply-settings.ts';
import { EmulatedJobs } from './support/emulated-job.ts';

/** Its contact lets go of seven accounts that nobody else reaches, and takes on one more. */
const MOVE = {
  accounts: 20,
  contacts: [{ id: 'c-A000000000000000', now: [1, 2, 3, 4, 5, 6, 7, 8], wanted: [1, 9] }],
  groups: [],
};

const reachedAfter = async (settings: object): Promise<[number | undefined, number]> => {
  const { result } = await new EmulatedJobs(MOVE).run({ settings });
  const reached = [...(result?.coverage?.values() ?? [])].filter((reaches) => reaches.length > 0);
  return [result?.exitCode, reached.length];
};

test('an apply that the guard refuses tells who is reached, a plan who would be', async () => {
  const guard = { ...applySettings().guard, maxRemovals: 1 };
  expect(await reachedAfter({ guard })).toEqual([4, 8]);
  expect(await reachedAfter({ guard, mode: 'plan' })).toEqual([4, 2]);
});
