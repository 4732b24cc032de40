import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../src/manifest/did-you-mean.ts';
import { parseMember } from '../../src/manifest/member.ts';
import { nearAccountIds } from '../../src/manifest/near-id.ts';
import { parseAggregatorRef, parseContactRef, refKey } from '../../src/manifest/owner.ts';
import { selectorText } from '../../src/manifest/selector-text.ts';
import { show } from '../../src/manifest/show.ts';
import type { AccountId, ContactId } from '../../src/model/ids.ts';

describe('edit distance', () => {
  it.each([
    ['', '', 0],
    ['a', '', 1],
    ['bind', 'bind', 0],
    ['bnid', 'bind', 1],
    ['bin', 'bind', 1],
    ['binnd', 'bind', 1],
    ['bint', 'bind', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('%s and %s are %i apart', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});

describe('suggestions', () => {
  it('are the nearest first, at most three, without far ones', () => {
    expect(nearest('acounts', ['accounts', 'account', 'counts', 'amounts', 'zebra'])).toEqual([
      'accounts',
      'amounts',
      'counts',
    ]);
  });

  it('are none for a word that is like nothing', () => {
    expect(didYouMean('xyz', ['accounts', 'bind'])).toBe('');
  });

  it('do not compare texts without bounds', () => {
    expect(nearest('a'.repeat(100_000), ['a'.repeat(100_000)])).toEqual([]);
  });

  it('read as a question', () => {
    expect(didYouMean('pay', ['pay-1', 'pay2', 'shop'])).toBe('; did you mean "pay2"?');
  });
});

describe('near account ids', () => {
  const near = (wrong: string, ...existing: string[]) =>
    nearAccountIds(wrong as AccountId, (id) => existing.includes(id));

  it('differ in one digit, the last before others', () => {
    expect(near('9007199254740990', '9007199254740993', '9007199254740980', '9007199254740888')).toEqual([
      '9007199254740993',
      '9007199254740980',
    ]);
  });

  it('have two neighbours swapped', () => {
    expect(near('1738084522671243', '1738084522671234')).toEqual(['1738084522671234']);
  });

  it('are none when two digits differ, and never the id itself', () => {
    expect(near('1738084522671234', '1738084522671199', '1738084522671234')).toEqual([]);
  });
});

describe('an owner', () => {
  it.each([
    ['c-qL4HqKONzOM7a1b2', { by: 'id', id: 'c-qL4HqKONzOM7a1b2' }],
    [' Finance ', { by: 'name', name: 'Finance' }],
    ['运维', { by: 'name', name: '运维' }],
    ['c-level team', { by: 'name', name: 'c-level team' }],
  ])('%j is a contact', (text, ref) => {
    expect(parseContactRef(text)).toEqual({ ok: true, value: ref, note: undefined });
  });

  it.each([
    ['', 'owner-empty'],
    ['ca-dacf86d8314e00eb1234', 'owner-kind'],
    ['1738084522671234', 'owner-is-member'],
    ['fd-1', 'owner-is-member'],
    ['r-1', 'owner-is-member'],
    ['c-qL4H****', 'id-masked'],
    ['someone@example.com', 'owner-is-email'],
  ])('%j is no contact: %s', (text, code) => {
    expect(parseContactRef(text)).toMatchObject({ ok: false, fault: { code } });
  });

  it('of one kind is not taken for the other', () => {
    expect(parseAggregatorRef('ca-1')).toMatchObject({ ok: true, value: { by: 'id' } });
    expect(parseAggregatorRef('c-1')).toMatchObject({ ok: false, fault: { code: 'owner-kind' } });
  });

  it('named like an id is not the one with that id', () => {
    expect(refKey({ by: 'name', name: 'c-x' })).not.toBe(refKey({ by: 'id', id: 'c-x' as ContactId }));
  });

  it('loses invisible characters with a note', () => {
    expect(parseContactRef('c-\u200b1')).toMatchObject({
      ok: true,
      value: { id: 'c-1' },
      note: { code: 'id-normalised' },
    });
  });
});

describe('a selector as text', () => {
  it.each([
    '1738084522671234',
    'fd-1',
    'folder:/A/B',
    'directory',
    'r-1',
    'account:x',
    'accounts-in:fd-1',
    'accounts-in:fd-1/**',
    'accounts-in:/',
    'accounts-in:/**',
    'accounts-in:/A/**',
    'tag:a=b=c',
    'all-accounts',
    'management-account',
  ])('%s is written as it is read', (text) => {
    const result = parseMember(text);
    expect(result.ok && selectorText(result.value)).toBe(text);
  });
});

describe('text shown in a message', () => {
  it.each([
    ['plain', '"plain"'],
    ['a@b.example and 13800138000', '"<e-mail address> and <phone number>"'],
    ['+1-2025550123', '"<phone number>"'],
    ['1738084522671234', '"1738084522671234"'],
    ['a\nb\u001b[0m', '"a\ufffdb\ufffd[0m"'],
    ['😀'.repeat(61), `"${'😀'.repeat(60)}..."`],
  ])('%j becomes %s', (text, shown) => {
    expect(show(text)).toBe(shown);
  });
});
