import { describe, expect, it } from 'vitest';
import { conclude } from '../../src/apply/conclude.ts';
import type { Entry, Finding } from '../../src/apply/ledger.ts';
import { bind, failure } from '../support/world.ts';

const lost = failure('unknown-effect', 'NoAnswer');
const refusal = failure('owner-refused', 'LimitExceeded.ContactMembers');
const effort = { attempts: 2, elapsedMs: 40, requestId: 'request-1' };

function entry(finding: Finding, unanswered: number): Entry {
  return {
    change: bind('c-A000000000000000', 1),
    finding,
    attempts: 2,
    firstSentAt: 1000,
    lastAnsweredAt: 1040,
    requestId: 'request-1',
    unanswered,
    lastUnanswered: unanswered > 0 ? { at: 1010, failure: lost } : undefined,
  };
}

const OPEN: Finding = { kind: 'open' };
const ACKNOWLEDGED: Finding = { kind: 'acknowledged' };
const SEEN: Finding = { kind: 'seen' };
const ALREADY: Finding = { kind: 'already', because: 'it was so' };
const REFUSED: Finding = { kind: 'refused', failure: refusal };
const SKIPPED: Finding = { kind: 'skipped', because: 'the deadline was reached' };

type Row = readonly [
  finding: Finding,
  unanswered: number,
  shows: boolean | undefined,
  settled: boolean,
  status: string,
  code?: string,
];

/** Every finding, with and without an open attempt, by what the last reading shows and whether it is the last word. */
const TABLE: readonly Row[] = [
  [ACKNOWLEDGED, 0, true, true, 'applied'],
  [ACKNOWLEDGED, 0, true, false, 'applied'],
  [ACKNOWLEDGED, 0, false, true, 'not-visible'],
  [ACKNOWLEDGED, 0, false, false, 'not-visible'],
  [ACKNOWLEDGED, 0, undefined, true, 'applied'],
  [ACKNOWLEDGED, 0, undefined, false, 'applied'],
  [ACKNOWLEDGED, 1, true, true, 'applied'],
  [ACKNOWLEDGED, 1, false, true, 'not-visible'],
  [SEEN, 0, true, true, 'applied'],
  [SEEN, 0, false, true, 'not-visible'],
  [SEEN, 0, undefined, true, 'applied'],
  [SEEN, 1, undefined, false, 'applied'],
  [REFUSED, 0, true, true, 'already'],
  [REFUSED, 0, true, false, 'already'],
  [REFUSED, 0, false, true, 'failed', refusal.code],
  [REFUSED, 0, false, false, 'failed', refusal.code],
  [REFUSED, 0, undefined, true, 'failed', refusal.code],
  [REFUSED, 0, undefined, false, 'failed', refusal.code],
  [REFUSED, 1, true, true, 'applied'],
  [REFUSED, 1, true, false, 'applied'],
  [REFUSED, 1, false, true, 'failed', refusal.code],
  [REFUSED, 1, false, false, 'uncertain', refusal.code],
  [REFUSED, 1, undefined, true, 'uncertain', refusal.code],
  [REFUSED, 1, undefined, false, 'uncertain', refusal.code],
  [OPEN, 1, true, true, 'applied'],
  [OPEN, 1, true, false, 'applied'],
  [OPEN, 1, false, true, 'failed', lost.code],
  [OPEN, 1, false, false, 'uncertain', lost.code],
  [OPEN, 1, undefined, true, 'uncertain', lost.code],
  [OPEN, 1, undefined, false, 'uncertain', lost.code],
  [OPEN, 0, true, true, 'skipped'],
  [OPEN, 0, false, true, 'skipped'],
  [OPEN, 0, undefined, false, 'skipped'],
  [ALREADY, 0, true, true, 'already'],
  [ALREADY, 0, false, true, 'already'],
  [ALREADY, 0, undefined, false, 'already'],
  [SKIPPED, 0, true, true, 'skipped'],
  [SKIPPED, 0, false, true, 'skipped'],
  [SKIPPED, 0, undefined, false, 'skipped'],
];

describe('the outcome of a change', () => {
  it.each(
    TABLE.map(([finding, unanswered, shows, settled, status, code]) => ({
      name: `${finding.kind}, ${unanswered} open, shows ${shows}, ${settled ? 'settled' : 'not settled'}`,
      found: conclude(entry(finding, unanswered), shows, settled),
      status,
      code,
    })),
  )('$name: $status $code', ({ found, status, code }) => {
    expect(found.status).toBe(status);
    expect('code' in found ? found.code : undefined).toBe(code);
  });

  it('tells how much it took, whatever it is, if it was sent', () => {
    for (const finding of [ACKNOWLEDGED, SEEN, ALREADY, REFUSED])
      expect(conclude(entry(finding, 0), true, true)).toMatchObject(effort);
    expect(conclude(entry(OPEN, 1), false, true)).toMatchObject(effort);
  });

  it('says why it was skipped or was so already', () => {
    expect(conclude(entry(SKIPPED, 0), false, true)).toEqual({
      status: 'skipped',
      because: 'the deadline was reached',
    });
    expect(conclude(entry(ALREADY, 0), true, true)).toEqual({
      status: 'already',
      because: 'it was so',
      ...effort,
    });
  });

  it('keeps the code for which the service would not do what is already so', () => {
    const finding: Finding = { kind: 'already', because: 'it left', code: 'InvalidMember' };
    expect(conclude(entry(finding, 0), false, true)).toMatchObject({ code: 'InvalidMember' });
  });
});
