import { describe, expect, it } from 'vitest';
import { parseMember } from '../../src/manifest/member.ts';
import { memberFit, type Place } from '../../src/manifest/member-fit.ts';
import type { Selector } from '../../src/model/manifest.ts';

const selectorOf = (text: string): unknown => {
  const result = parseMember(text);
  return result.ok ? result.value : result.fault.code;
};
const messageOf = (text: string): string => {
  const result = parseMember(text);
  return result.ok ? 'no fault' : result.fault.message;
};

describe('a member', () => {
  it.each<[string, unknown]>([
    ['1738084522671234', { type: 'account', id: '1738084522671234' }],
    ['9007199254740993', { type: 'account', id: '9007199254740993' }],
    ['9999999999999999', { type: 'account', id: '9999999999999999' }],
    ['0000000000000001', { type: 'account', id: '0000000000000001' }],
    [' 1738084522671234\t', { type: 'account', id: '1738084522671234' }],
    ['fd-ZDNPiT1234', { type: 'folder', id: 'fd-ZDNPiT1234' }],
    ['folder:fd-ZDNPiT1234', { type: 'folder', id: 'fd-ZDNPiT1234' }],
    ['folder:/Production/Payments', { type: 'folder-path', path: { names: ['Production', 'Payments'] } }],
    ['folder:/Ops & Dev/生产', { type: 'folder-path', path: { names: ['Ops & Dev', '生产'] } }],
    ['directory', { type: 'directory', id: undefined }],
    ['rd-3mNq8W', { type: 'directory', id: 'rd-3mNq8W' }],
    ['r-Wm8kQ2', { type: 'directory', id: 'r-Wm8kQ2' }],
    ['account:sandbox-7', { type: 'account-name', name: 'sandbox-7' }],
    ['account: Tony: EU ', { type: 'account-name', name: 'Tony: EU' }],
    ['accounts-in:fd-ZDNPiT1234', { type: 'accounts-in', folder: 'fd-ZDNPiT1234', depth: 'direct' }],
    ['accounts-in:fd-ZDNPiT1234/**', { type: 'accounts-in', folder: 'fd-ZDNPiT1234', depth: 'subtree' }],
    ['accounts-in:r-Wm8kQ2/**', { type: 'accounts-in', folder: 'r-Wm8kQ2', depth: 'subtree' }],
    ['accounts-in:/A', { type: 'accounts-in', folder: { names: ['A'] }, depth: 'direct' }],
    ['accounts-in:/A/B/**', { type: 'accounts-in', folder: { names: ['A', 'B'] }, depth: 'subtree' }],
    ['accounts-in:/', { type: 'accounts-in', folder: { names: [] }, depth: 'direct' }],
    ['accounts-in:/**', { type: 'accounts-in', folder: { names: [] }, depth: 'subtree' }],
    ['tag:env=prod', { type: 'tag', key: 'env', value: 'prod' }],
    ['tag:note=a=b', { type: 'tag', key: 'note', value: 'a=b' }],
    ['tag:env=', { type: 'tag', key: 'env', value: '' }],
    ['all-accounts', { type: 'all-accounts' }],
    ['management-account', { type: 'management-account' }],
  ])('%j is read', (text, selector) => {
    expect(selectorOf(text)).toEqual(selector);
  });

  it.each<[string, string]>([
    ['', 'member-empty'],
    ['  ', 'member-empty'],
    ['1.73808E+15', 'id-scientific'],
    ['1,73808E+15', 'id-scientific'],
    ['1.738e15', 'id-scientific'],
    ['2E15', 'id-scientific'],
    ['1738****1234', 'id-masked'],
    ['****1234', 'id-masked'],
    ['****', 'id-masked'],
    ['fd-ZDNP****', 'id-masked'],
    ['rd-3m****', 'id-masked'],
    ['accounts-in:fd-ZD****', 'id-masked'],
    ["'1738084522671234", 'id-apostrophe'],
    ['\u20181738084522671234', 'id-apostrophe'],
    ['="1738084522671234"', 'id-formula'],
    ['=1738084522671234', 'id-formula'],
    ['1738084522671234.0', 'id-decimal'],
    ['1738084522671234.00', 'id-decimal'],
    ['1,738,084,522,671,234', 'id-grouped'],
    ['1738 0845 2267 1234', 'id-grouped'],
    ['1738-0845-2267-1234', 'id-grouped'],
    ['1738_0845_2267_1234', 'id-grouped'],
    ['173808452267123', 'id-length'],
    ['17380845226712345', 'id-length'],
    ['-1738084522671234', 'id-signed'],
    ['+1738084522671234', 'id-signed'],
    ['10000048', 'id-length'],
    ['17380845226712O4', 'id-malformed'],
    ['0x1738', 'id-malformed'],
    ['fd-', 'id-malformed'],
    ['fd-ab cd', 'id-malformed'],
    ['c-qL4HqKONzOM7a1b2', 'member-is-owner'],
    ['ca-dacf86d8314e00eb1234', 'member-is-owner'],
    ['account:', 'name-empty'],
    ['account:1738084522671234', 'name-is-id'],
    ['folder:/', 'folder-is-root'],
    ['folder:Production', 'folder-malformed'],
    ['folder:/A//B', 'folder-malformed'],
    ['folder:/A/', 'folder-malformed'],
    ['folder:/A/**', 'folder-malformed'],
    ['accounts-in:/A/*', 'folder-malformed'],
    ['accounts-in:/A/**/B', 'folder-malformed'],
    ['accounts-in:rd-3mNq8W', 'folder-malformed'],
    ['accounts-in:', 'folder-malformed'],
    ['tag:env', 'tag-malformed'],
    ['tag:=prod', 'tag-malformed'],
    ['/Production', 'member-is-path'],
    ['someone@example.com', 'member-is-email'],
    ['Directory', 'member-unknown'],
    ['sandbox-7', 'member-unknown'],
    ['tags:env=prod', 'member-unknown'],
    ['account:17380845226712345', 'name-is-id'],
    ['tag:env=prod1000048568874542"', 'member-several'],
    ['account:shop account:pay', 'member-several'],
    ['account:shop - 1738084522671234', 'member-several'],
    ['account:shop - directory', 'member-several'],
    ['account:sandbox-7:1711111111111111', 'member-several'],
    ['tag:env=prod, tag:unit=pay', 'member-several'],
    ['tag:env=prod      fd-ZDNPiT1234', 'member-several'],
  ])('%j is refused as %s', (text, code) => {
    expect(selectorOf(text)).toBe(code);
  });

  it.each<[string, string]>([
    ['１７３８０８４５２２６７１２３４', '1738084522671234'],
    ['\u00a01738084522671234\u00a0', '1738084522671234'],
    ['1738\u200b084522671234', '1738084522671234'],
    ['1738\u00a00845\u00a02267\u00a01234', '1738084522671234'],
    ['\ufeff9007199254740993', '9007199254740993'],
    ['fd-\u200bZDNPiT1234', 'fd-ZDNPiT1234'],
    ['\u30001738084522671234', '1738084522671234'],
  ])('%j is read as %s with a note', (text, id) => {
    expect(parseMember(text)).toMatchObject({ ok: true, value: { id }, note: { code: 'id-normalised' } });
  });

  it('keeps every character of a name', () => {
    expect(selectorOf('account:ＡＢＣ\u200b１')).toEqual({ type: 'account-name', name: 'ＡＢＣ\u200b１' });
  });

  it('has no note when nothing was changed', () => {
    expect(parseMember('1738084522671234')).toEqual({
      ok: true,
      value: { type: 'account', id: '1738084522671234' },
      note: undefined,
    });
  });

  it.each<[string, string]>([
    [
      '1.73808E+15',
      'member "1.73808E+15" is a number that a spreadsheet shortened; format the column as text and paste the 16 digits again',
    ],
    [
      '173808452267123',
      'member "173808452267123" (15 digits) does not have 16 digits; paste the whole account id',
    ],
    ['1738****1234', 'member "1738****1234" is masked with stars; paste the whole id'],
    ['c-1', 'member "c-1" is the id of a contact or an aggregator; are the columns swapped?'],
    ['tag:env', 'member "tag:env" is no tag; write tag:KEY=VALUE'],
  ])('%j: the message says what to do', (text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  it.each([
    ['Directory', 'did you mean "directory"?'],
    ['tags:env=prod', 'did you mean "tag:"?'],
    ['all-acounts', 'did you mean "all-accounts"?'],
    ['sandbox-7', 'a display name is written account:NAME'],
  ])('%j gets a suggestion', (text, hint) => {
    expect(messageOf(text)).toContain(hint);
  });

  it.each([
    'someone@example.com',
    'x someone@example.com',
    '13800138000',
    '+86-13800138000',
    '86 13800138000',
  ])('an e-mail address or a phone number (%j) is not repeated in the message', (text) => {
    expect(messageOf(text)).not.toMatch(/someone|138/);
  });

  it('stays on one line and short, whatever is written', () => {
    const message = messageOf(`x\n{"level":50}\u001b[31m\u202e${'y'.repeat(5000)}`);
    expect(message).not.toMatch(/[\n\u001b\u202e]/);
    expect(message.length).toBeLessThan(400);
  });
});

describe('where a member can stand', () => {
  const selector = (text: string): Selector => {
    const result = parseMember(text);
    if (!result.ok) throw new Error(text);
    return result.value;
  };

  it.each<[string, Place, string | undefined]>([
    ['1738084522671234', 'contact', undefined],
    ['folder:/A', 'contact', undefined],
    ['directory', 'contact', undefined],
    ['all-accounts', 'contact', undefined],
    ['management-account', 'contact', 'contact-management-account'],
    ['management-account', 'aggregator', undefined],
    ['tag:a=b', 'aggregator', undefined],
    ['fd-1', 'aggregator', 'folder-not-account'],
    ['folder:/A', 'aggregator', 'folder-not-account'],
    ['directory', 'aggregator', 'directory-not-account'],
    ['r-1', 'aggregator', 'directory-not-account'],
    ['fd-1', 'except', 'folder-not-account'],
    ['account:x', 'except', undefined],
    ['fd-1', 'protected', undefined],
  ])('%s in %s: %s', (text, place, code) => {
    expect(memberFit(selector(text), place)?.code).toBe(code);
  });

  it('a folder in an aggregator is told the form that works', () => {
    expect(memberFit(selector('fd-1'), 'aggregator')?.message).toBe(
      'a folder cannot stand in an aggregator, which takes accounts; use accounts-in:',
    );
  });
});
