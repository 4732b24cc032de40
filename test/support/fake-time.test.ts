import { describe, expect, test } from 'vitest';
import { FakeClock, START, seededRandom } from './fake-time.ts';

describe('the fake clock', () => {
  test('wakes timers by time, then in the order in which they were set, and stands still between', async () => {
    const clock = new FakeClock();
    const woken: string[] = [];
    const sleeper = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.elapsed()}`);
    };
    await clock.finish(
      Promise.all([sleeper('late', 50), sleeper('first', 20), sleeper('second', 20), sleeper('now', 0)]),
    );
    expect(woken).toEqual(['now at 0', 'first at 20', 'second at 20', 'late at 50']);
  });

  test('lets work of any length happen before time goes on', async () => {
    const clock = new FakeClock();
    const chain = async (): Promise<number> => {
      for (let step = 0; step < 1000; step += 1) await Promise.resolve();
      return clock.elapsed();
    };
    const [slept, atEnd] = await clock.finish(Promise.all([clock.sleep(5), chain()]));
    expect([slept, atEnd]).toEqual([undefined, 0]);
  });

  test('ends a sleep at once when its signal is aborted, before or during it', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const cut = clock.sleep(60_000, stop.signal);
    stop.abort();
    await clock.finish(Promise.all([cut, clock.sleep(60_000, stop.signal)]));
    expect(clock.now()).toBe(START);
  });

  test('says so when the work can never end', async () => {
    const clock = new FakeClock();
    await expect(clock.finish(new Promise(() => undefined))).rejects.toThrow('never happen');
  });
});

test('seeded numbers repeat, differ by seed, and spread over [0, 1)', () => {
  const draw = (seed: number): number[] => Array.from({ length: 1000 }, seededRandom(seed));
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(Math.min(...draw(7))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draw(7))).toBeLessThan(1);
  const mean = draw(7).reduce((sum, one) => sum + one, 0) / 1000;
  expect(mean).toBeGreaterThan(0.45);
  expect(mean).toBeLessThan(0.55);
});
