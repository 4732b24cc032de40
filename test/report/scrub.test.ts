import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskEmails, maskPersonalData } from '../../src/report/personal-data.ts';
import { displayText } from '../../src/report/scrub.ts';
import { shortenText, textWidth } from '../../src/report/text-width.ts';

test.each([
  ['ordinary text of any script', '支付 Ünïté 👩‍💻 نام‌ها', '支付 Ünïté 👩‍💻 نام‌ها'],
  ['line breaks and tabs', 'a\r\n\tb', 'a\\u000d\\u000a\\u0009b'],
  ['an escape sequence', 'a\u001b[31mb', 'a\\u001b[31mb'],
  ['the one-byte form of it', 'a\u009b31mb', 'a\\u009b31mb'],
  ['delete and NUL', '\u007f\u0000', '\\u007f\\u0000'],
  [
    'overrides, embeddings and isolates',
    '\u202e\u202a\u2066\u2069\u200f\u061c',
    '\\u202e\\u202a\\u2066\\u2069\\u200f\\u061c',
  ],
  ['separators of lines and paragraphs', '\u2028\u2029', '\\u2028\\u2029'],
  ['what has no width', '1738\u200b\ufeff', '1738\\u200b\\ufeff'],
  ['half a surrogate pair', 'a\ud83d', 'a\\ud83d'],
])('%s are shown so that they do nothing', (_, text, shown) => {
  expect(displayText(text)).toBe(shown);
});

test('text that was made safe stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = displayText(text);
      expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(displayText(shown)).toBe(shown);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['ask tony.w+x@mail.example.com now', 'ask [e-mail] now'],
  ['Name=tony%40example.com', 'Name=[e-mail]'],
  ['托尼@例子.公司', '[e-mail]'],
  ['86-13900001111', '[phone number]'],
  ['call +86 139 0000 1111.', 'call [phone number].'],
  ['mobile:13900001111', 'mobile:[phone number]'],
  ['86-139****1111', '[phone number]'],
])('%s is masked', (text, masked) => {
  expect(maskPersonalData(text)).toBe(masked);
});

test.each([
  '1738084522671234',
  'bind:c-qL4HqKONzOM7a1b2:1738084522671234',
  'ca-13900001111abcdef000',
  '7F2C1234-8613-9000-0111-139000011112',
  '2026-11-21T09:30:12.400Z',
  '2026-11-21 09:30:12',
  '1763716212400',
  '@alicloud/openapi-client@0.4.15',
  'after 9 attempts in 48 s, 1,234 calls',
  '13900001111'.repeat(6).slice(0, 64),
])('%s is no personal data', (text) => {
  expect(maskPersonalData(text)).toBe(text);
});

test('the name of an account that is a number with a dash stays', () => {
  expect(maskEmails('101-20240001')).toBe('101-20240001');
});

test('a long text without any address takes no long time', () => {
  const text = 'a'.repeat(200_000);
  expect(maskPersonalData(text)).toBe(text);
});

test.each([
  ['abc', 3],
  ['支付', 4],
  ['e\u0301', 1],
  ['👍', 2],
  ['한국', 4],
  ['', 0],
])('%s takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

test.each([
  ['abcdef', 6, 'start', 'abcdef'],
  ['abcdef', 5, 'start', 'abcd…'],
  ['abcdef', 5, 'end', '…cdef'],
  ['支付生产', 6, 'start', '支付…'],
  ['支付生产', 6, 'end', '…生产'],
  ['👍👍👍', 5, 'start', '👍👍…'],
  ['abc', 1, 'start', '…'],
] as const)('%s in %i columns, its %s kept, is %s', (text, columns, keep, expected) => {
  expect(shortenText(text, columns, keep)).toBe(expected);
});
