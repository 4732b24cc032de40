import { describe, expect, test } from 'vitest';
import { idealMs } from './pace-ideal.ts';
import { runPaced, runPlain } from './pace-run.ts';
import { SERVICES, type Service } from './pace-service.ts';

const service = (name: string): Service => {
  const found = SERVICES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no service is named ${name}`);
  return found;
};

describe('the least possible time', () => {
  test.each([
    // 40 contacts of 5 calls of 50 ms
    ['directory-wide lock', 32, 10_000],
    ['no lock', 1, 10_000],
    ['no lock', 5, 2000],
    ['no lock', 32, 350],
    ['lock per contact', 32, 350],
    // No more than the calls of one contact in turn.
    ['no lock', 1000, 250],
    ['4 writes at once', 32, 2500],
    ['4 writes at once', 2, 5000],
    // Ten at once, then 190 at ten a second, and the answer to the last.
    ['10 calls a second, without', 32, 19_050],
    ['10 calls a second, without', 1, 19_050],
  ])('of 200 calls with %s and up to %i in flight is %i ms', (name, concurrency, expected) => {
    expect(idealMs(service(name), 200, concurrency, 50)).toBe(expected);
  });
});

describe('the pace of 200 calls', () => {
  test.each([
    // at the most: times the least possible, refused share
    ['directory-wide lock', 1.05, 0.02],
    ['lock per contact', 1.2, 0],
    ['no lock', 1.2, 0],
    ['4 writes at once', 1.2, 0.03],
    ['10 calls a second, with retry-after', 1.1, 0.18],
    ['10 calls a second, without', 1.1, 0.18],
  ])('with %s is at most %f times the least, whatever its bound', async (name, timesIdeal, refused) => {
    for (const concurrency of [5, 32]) {
      const work = { service: service(name), calls: 200, concurrency, travelMs: 0 };
      const measured = await runPaced(work, 1);
      expect(measured.lost).toBe(0);
      expect(measured.timesIdeal).toBeGreaterThanOrEqual(1);
      expect(measured.timesIdeal).toBeLessThanOrEqual(timesIdeal);
      expect(measured.refusedShare).toBeLessThanOrEqual(refused);
    }
  });

  test.each([1, 2, 3, 4, 5])('holds where calls overtake each other on their way (seed %i)', async (seed) => {
    for (const name of ['directory-wide lock', '4 writes at once']) {
      const work = { service: service(name), calls: 200, concurrency: 5, travelMs: 10 };
      const measured = await runPaced(work, seed);
      expect(measured.timesIdeal).toBeLessThanOrEqual(1.05);
      expect(measured.refusedShare).toBeLessThanOrEqual(0.02);
      expect(measured.lost).toBe(0);
    }
  });

  test('is what a plain script of the same calls does not reach under a lock', async () => {
    const work = { service: service('directory-wide lock'), calls: 200, concurrency: 5, travelMs: 10 };
    const [ours, plain] = [await runPaced(work, 1), await runPlain(work, 1)];
    expect(plain.timesIdeal).toBeGreaterThan(2 * ours.timesIdeal);
    expect(plain.refusedShare).toBeGreaterThan(5 * ours.refusedShare);
  });
});
