import { expect, it } from 'vitest';
import { scrub } from '../../src/cloud/scrub.ts';
import { ERROR_CODES } from '../../src/wire/error-codes.ts';

it.each(ERROR_CODES)('leaves the documented message of $code as it is', ({ message }) => {
  expect(scrub(message)).toBe(message);
});

it.each([
  ['Connect http://h:80/?a=b failed.', 'Connect [address] failed.'],
  ['see https://next.api.aliyun.com/troubleshoot?q=1 please', 'see [address] please'],
  ['POST /?ContactId=c-1&Members.1=2 failed', 'POST /[parameters] failed'],
  ['AccessKeyId=abc refused', 'AccessKeyId=[hidden] refused'],
  ['access_key_secret: "s3", next', 'access_key_secret=[hidden]", next'],
  ['key LTAI5tAbCdEfGh12 is disabled', 'key [access key] is disabled'],
  ['key STS.NUabcdefgh is gone', 'key [access key] is gone'],
  ['signature Zm9vYmFyYmF6cXV4Zm9vYmFyYmE= differs', 'signature [signature] differs'],
  [`hash ${'ab'.repeat(32)} differs`, 'hash [hash] differs'],
  [`token ${'Ab1'.repeat(40)} expired`, 'token [token] expired'],
  [
    'Signature does not match. server string to sign is:POST&%2F&AccessKeyId%3Dabc',
    'Signature does not match. [request left out]',
  ],
  ['got "x-acs-signature-nonce":"n", "authorization":"s"', 'got [request left out]'],
  ['ACS3-HMAC-SHA256 Credential=id,Signature=s', '[request left out]'],
  ['mail ops.team+x@mail.example.com bounced', 'mail [e-mail] bounced'],
  ['mail 张三@例子.中国 bounced', 'mail [e-mail] bounced'],
  ['phone 86-13800000000 unknown', 'phone [phone] unknown'],
  ['phone +86 138 0000 0000 unknown', 'phone [phone] unknown'],
  ['phone 13800000000 unknown', 'phone [phone] unknown'],
  ['member 1738084522671234 unknown', 'member 1738084522671234 unknown'],
  ['request 7F2C1D34-0B1C-5D6E-8F90-123456789012', 'request 7F2C1D34-0B1C-5D6E-8F90-123456789012'],
  [
    'folder fd-ZDNPiT1234 and contact c-qL4HqKONzOM7a1b2',
    'folder fd-ZDNPiT1234 and contact c-qL4HqKONzOM7a1b2',
  ],
  ['one\ntwo\u001b[31m\tthree', 'one two [31m three'],
])('turns %j into %j', (text, expected) => {
  expect(scrub(text)).toBe(expected);
});

it('hides the credentials in use whatever they look like, and ignores those that are not set', () => {
  expect(scrub('key my.key is off', ['my.key', ''])).toBe('key [hidden] is off');
});

it('keeps at most 300 characters', () => {
  const text = scrub('word '.repeat(100));
  expect(text).toHaveLength(300);
  expect(text.endsWith('…')).toBe(true);
});
