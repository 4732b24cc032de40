import { describe, expect, it } from 'vitest';
import { effortOf, Ledger } from '../../src/apply/ledger.ts';
import { bind, failure, unbind } from '../support/world.ts';

const C = 'c-A000000000000000';
const [one, two] = [bind(C, 1), unbind(C, 2)];
const lost = failure('unknown-effect', 'NoAnswer');
const WHY = 'it was so when it was read';

const fresh = () => new Ledger([one, two]);

describe('the ledger', () => {
  it('has one open entry a change, in the order of the plan', () => {
    expect(
      fresh().entries.map(({ change, finding, attempts }) => [change.id, finding.kind, attempts]),
    ).toEqual([
      [one.id, 'open', 0],
      [two.id, 'open', 0],
    ]);
  });

  it('knows no change that is not in the plan', () => {
    expect(() => fresh().of(bind(C, 3))).toThrow(
      'change bind:c-A000000000000000:1738084522670003 is not in the plan',
    );
  });

  it('counts attempts, and measures from the first sent to the last answered', () => {
    const ledger = fresh();
    ledger.sent([one, two], 1000);
    ledger.answered([one, two], 1200, 'request-1');
    ledger.sent([one], 5000);
    ledger.answered([one], 5600, undefined);
    expect(effortOf(ledger.of(one))).toEqual({ attempts: 2, elapsedMs: 4600, requestId: 'request-1' });
    expect(effortOf(ledger.of(two))).toEqual({ attempts: 1, elapsedMs: 200, requestId: 'request-1' });
  });

  it('has no effort for what was never sent', () => {
    expect(effortOf(fresh().of(one))).toEqual({ attempts: 0, elapsedMs: 0, requestId: undefined });
  });

  it('never measures less than nothing, when the clock is set back', () => {
    const ledger = fresh();
    ledger.sent([one], 1000);
    ledger.answered([one], 400, undefined);
    expect(effortOf(ledger.of(one)).elapsedMs).toBe(0);
  });
});

describe('what a reading shows', () => {
  it('is ours when an answer is missing, and that one attempt is no longer open', () => {
    const ledger = fresh();
    ledger.unanswered([one], 1000, lost);
    ledger.saw(one, WHY);
    expect(ledger.of(one)).toMatchObject({ finding: { kind: 'seen' }, unanswered: 0 });
  });

  it('leaves open attempts open when there were several: the other may still land', () => {
    const ledger = fresh();
    ledger.unanswered([one], 1000, lost);
    ledger.unanswered([one], 2000, lost);
    ledger.saw(one, WHY);
    expect(ledger.of(one)).toMatchObject({ finding: { kind: 'seen' }, unanswered: 2 });
  });

  it('leaves an open attempt open when a later one was acknowledged: the first may still land', () => {
    const ledger = fresh();
    ledger.unanswered([one], 1000, lost);
    ledger.find([one], { kind: 'acknowledged' });
    ledger.saw(one, WHY);
    expect(ledger.of(one)).toMatchObject({ finding: { kind: 'seen' }, unanswered: 1 });
  });

  it('is not ours when nothing was sent, or all that was sent was refused', () => {
    const ledger = fresh();
    ledger.sent([two], 1000);
    ledger.answered([two], 1010, 'request-1');
    for (const change of [one, two]) {
      ledger.saw(change, WHY);
      expect(ledger.of(change).finding).toEqual({ kind: 'already', because: WHY });
    }
  });

  it('stays ours when it is seen again', () => {
    const ledger = fresh();
    ledger.unanswered([one], 1000, lost);
    ledger.saw(one, WHY);
    ledger.saw(one, WHY);
    expect(ledger.of(one).finding).toEqual({ kind: 'seen' });
  });
});

describe('the moment at which nothing can land any more', () => {
  it('is unknown when nothing is open', () => {
    const ledger = fresh();
    ledger.sent([one], 1000);
    ledger.answered([one], 1010, undefined);
    expect(ledger.settledAt(30_000)).toBeUndefined();
  });

  it('is the settle time after the last answer that was missed', () => {
    const ledger = fresh();
    ledger.unanswered([one], 1000, lost);
    ledger.unanswered([two], 4000, lost);
    ledger.unanswered([one], 9000, lost);
    expect(ledger.settledAt(30_000)).toBe(39_000);
  });

  it('does not wait for what was seen to land', () => {
    const ledger = fresh();
    ledger.unanswered([one], 9000, lost);
    ledger.unanswered([two], 4000, lost);
    ledger.saw(one, WHY);
    expect(ledger.settledAt(30_000)).toBe(34_000);
  });
});
