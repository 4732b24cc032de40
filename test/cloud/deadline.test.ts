import { expect, it } from 'vitest';
import { withDeadline } from '../../src/cloud/deadline.ts';
import { DeadlineError } from '../../src/cloud/failures.ts';
import type { Clock } from '../../src/model/ports.ts';
import { manualClock } from './support/clocks.ts';

const never = new Promise<never>(() => {});

it('passes on what the work yields, and ends its own sleep', async () => {
  let asleep: AbortSignal | undefined;
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    sleep: (_, signal) => {
      asleep = signal;
      return never;
    },
  };
  expect(await withDeadline(100, clock, async () => 7)).toBe(7);
  expect(asleep?.aborted).toBe(true);
});

it('passes on what the work throws', async () => {
  await expect(withDeadline(100, manualClock(), () => Promise.reject(new Error('refused')))).rejects.toThrow(
    'refused',
  );
});

it('throws DeadlineError when the time is over first, after that many milliseconds, and tells the work', async () => {
  const clock = manualClock();
  let givenUp: AbortSignal | undefined;
  const result = withDeadline(15_000, clock, (signal) => {
    givenUp = signal;
    return never;
  });
  expect(clock.sleeping).toEqual([15_000]);
  expect(givenUp?.aborted).toBe(false);
  clock.expire();
  await expect(result).rejects.toBeInstanceOf(DeadlineError);
  expect(givenUp?.aborted).toBe(true);
});
