import { describe, expect, test } from 'vitest';
import {
  parseAccountId,
  parseAggregatorId,
  parseContactId,
  parseDirectoryId,
  parseFolderId,
  parseRootFolderId,
} from '../../src/model/ids.ts';
import { parseTarget } from '../../src/model/target.ts';
import { DIRECTORY } from '../support/world.ts';

describe('ids', () => {
  test.each([
    ['account', parseAccountId, '1738084522671234'],
    ['account beyond 2^53', parseAccountId, '9738084522671235'],
    ['account with a leading zero', parseAccountId, '0123456789012345'],
    ['folder', parseFolderId, 'fd-ZDNPiT1234'],
    ['root folder', parseRootFolderId, 'r-9xKp2d'],
    ['directory', parseDirectoryId, 'rd-3mNq8W'],
    ['contact', parseContactId, 'c-qL4HqKONzOM7a1b2'],
    ['aggregator', parseAggregatorId, 'ca-dacf86d8314e00eb1234'],
  ] as const)('an id of a %s stays as it is, digit for digit', (_, parse, text) => {
    expect(parse(text)).toBe(text);
  });

  test.each([
    ['', '1738084522671', '17380845226712345', ' 1738084522671234', '1738084522671234\n', '1.73808E+15'],
    ['173808452267123４', '173808452267****', '0x38084522671234', '-738084522671234', '+738084522671234'],
  ])('what is not 16 digits is no account', (...texts) => {
    for (const text of texts) expect(parseAccountId(text), text).toBeUndefined();
  });

  test.each([
    ['folder', parseFolderId, ['fd-', 'fd_a', 'FD-a', 'fd-a b', 'fd-a\n', 'xfd-a', 'fd-****']],
    ['root folder', parseRootFolderId, ['r-', 'rd-3mNq8W', 'r-a/b']],
    ['directory', parseDirectoryId, ['rd-', 'r-9xKp2d', 'rd-3m****']],
    ['contact', parseContactId, ['c-', 'ca-1234', 'c-qL4HqKONzOM7****']],
    ['aggregator', parseAggregatorId, ['ca-', 'c-1234', 'ca-dacf86d8314e00eb****']],
  ] as const)('what has another shape is no %s', (_, parse, texts) => {
    for (const text of texts) expect(parse(text), text).toBeUndefined();
  });
});

describe('a target', () => {
  test.each([
    ['1738084522671234', { type: 'account', id: '1738084522671234' }],
    ['fd-ZDNPiT1234', { type: 'folder', id: 'fd-ZDNPiT1234' }],
    ['rd-3mNq8W', { type: 'directory', id: 'rd-3mNq8W' }],
    ['r-9xKp2d', { type: 'directory', id: 'rd-3mNq8W' }],
    ['rd-another', { type: 'directory', id: 'rd-another' }],
    ['r-another', undefined],
    ['c-1', undefined],
    ['', undefined],
  ] as const)('%s is read as %o', (wireId, expected) => {
    expect(parseTarget(wireId, DIRECTORY)).toEqual(expected);
  });
});
