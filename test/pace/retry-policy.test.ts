import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../../src/model/cloud-failure.ts';
import { RetryBudget } from '../../src/pace/retry-budget.ts';
import { decideRetry, type Effect, PENDING_PATIENCE_MS } from '../../src/pace/retry-policy.ts';
import { ERROR_CODES } from '../../src/wire/error-codes.ts';
import { always, seededRandom } from '../support/fake-time.ts';
import { failure } from '../support/world.ts';

/** Attempts in all until it is given up, when no wait takes any time; Infinity when only time ends it. */
function attempts(failureClass: FailureClass, code: string, effect: Effect): number {
  for (let attempt = 1; attempt <= 50; attempt += 1) {
    const verdict = decideRetry(
      failure(failureClass, code),
      effect,
      attempt,
      0,
      new RetryBudget(),
      always(0.5),
    );
    if (!verdict.retry) return attempt;
  }
  return Number.POSITIVE_INFINITY;
}

/** What the reader of the README is told, as attempts in all: [read, write]. */
const EXPECTED: Readonly<Record<FailureClass, readonly [number, number]>> = {
  conflict: [9, 9],
  pending: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  throttled: [9, 9],
  unsent: [5, 5],
  // A write that may have been applied is read back by its caller, never sent again blindly.
  'unknown-effect': [4, 1],
  'member-refused': [1, 1],
  'owner-refused': [1, 1],
  defect: [1, 1],
  permission: [1, 1],
  credentials: [1, 1],
};

describe('how often a call is made in all', () => {
  test.each(ERROR_CODES)('after $code', ({ code, class: failureClass }) => {
    const [read, write] = EXPECTED[failureClass];
    expect(attempts(failureClass, code, 'read')).toBe(read);
    expect(attempts(failureClass, code, 'write')).toBe(write);
  });

  test.each([
    ['unsent', 'ConnectionRefused'],
    ['unsent', 'NameNotFound'],
    ['unknown-effect', 'NoAnswer'],
    ['unknown-effect', 'Unreadable'],
    ['unknown-effect', 'ConnectionLost'],
  ] as const)('after %s by %s, which the service has no code for', (failureClass, code) => {
    const [read, write] = EXPECTED[failureClass];
    expect([attempts(failureClass, code, 'read'), attempts(failureClass, code, 'write')]).toEqual([
      read,
      write,
    ]);
  });
});

const decide = (
  failureClass: FailureClass,
  attempt: number,
  elapsedMs = 0,
  random = always(0.5),
  retryAfterMs?: number,
) =>
  decideRetry(
    failure(failureClass, 'Some.Code', { retryAfterMs }),
    'write',
    attempt,
    elapsedMs,
    new RetryBudget(),
    random,
  );

describe('the wait before the next attempt', () => {
  test.each([
    [1, undefined, 250],
    [3, undefined, 1000],
    [1, 100, 250],
    [1, 7000, 7000],
    [4, 7000, 7000],
    [4, 3000, 3000],
    [4, 1000, 2000],
  ])('after attempt %i, when the server named %s, is %i', (attempt, retryAfterMs, delayMs) => {
    for (const failureClass of ['throttled', 'conflict', 'unsent'] as const) {
      expect(decide(failureClass, attempt, 0, always(0.5), retryAfterMs)).toEqual({ retry: true, delayMs });
    }
  });

  test.each([
    [1, 1500],
    [2, 2250],
    [3, 3375],
    [6, 11_250],
    [40, 11_250],
  ])('for a group that is busy, after attempt %i, is %i', (attempt, delayMs) => {
    expect(decide('pending', attempt, 0, always(0.5))).toEqual({ retry: true, delayMs });
  });

  test('for a group that is busy is half to all of a growing ceiling', () => {
    const random = seededRandom(3);
    for (let attempt = 1; attempt < 200; attempt += 1) {
      const verdict = decide('pending', attempt, 0, random);
      if (!verdict.retry) throw new Error('it has patience');
      expect(verdict.delayMs).toBeGreaterThanOrEqual(1000);
      expect(verdict.delayMs).toBeLessThanOrEqual(15_000);
    }
  });

  test('for a group that is busy ends after ten minutes', () => {
    expect(PENDING_PATIENCE_MS).toBe(600_000);
    expect(decide('pending', 60, 599_999).retry).toBe(true);
    expect(decide('pending', 60, 600_000).retry).toBe(false);
  });
});

describe('the budget of retries', () => {
  const spendAll = (budget: RetryBudget): number => {
    let spent = 0;
    while (spent < 10_000 && budget.spend()) spent += 1;
    return spent;
  };

  test('is 100 retries when nothing succeeds', () => {
    expect(spendAll(new RetryBudget())).toBe(100);
  });

  test('gets one retry back from five clean successes, or from one that took a retry', () => {
    const budget = new RetryBudget();
    spendAll(budget);
    for (let count = 0; count < 4; count += 1) budget.refund(false);
    expect(spendAll(budget)).toBe(0);
    budget.refund(false);
    expect(spendAll(budget)).toBe(1);
    budget.refund(true);
    expect(spendAll(budget)).toBe(1);
  });

  test('never holds more than it began with', () => {
    const budget = new RetryBudget();
    for (let count = 0; count < 1000; count += 1) budget.refund(true);
    expect(spendAll(budget)).toBe(100);
  });

  test.each([
    ['throttled', false],
    ['unsent', false],
    ['conflict', true],
    ['pending', true],
  ] as const)('once empty, a call that is %s is made again: %s', (failureClass, retried) => {
    const budget = new RetryBudget();
    spendAll(budget);
    expect(decideRetry(failure(failureClass, 'Some.Code'), 'write', 1, 0, budget, always(0.5)).retry).toBe(
      retried,
    );
  });

  test.each([
    'conflict',
    'pending',
    'member-refused',
    'owner-refused',
    'defect',
    'permission',
    'credentials',
  ] as const)('is not drawn on by %s', (failureClass) => {
    const budget = new RetryBudget();
    decideRetry(failure(failureClass, 'Some.Code'), 'read', 1, 0, budget, always(0.5));
    expect(spendAll(budget)).toBe(100);
  });

  test('is not drawn on by the attempt that is the last anyway', () => {
    const budget = new RetryBudget();
    decideRetry(failure('throttled', 'Throttling'), 'write', 9, 0, budget, always(0.5));
    decideRetry(failure('unknown-effect', 'InternalError'), 'write', 1, 0, budget, always(0.5));
    expect(spendAll(budget)).toBe(100);
  });
});
