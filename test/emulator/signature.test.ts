import { describe, expect, it } from 'vitest';
import type { ApiError } from '../../src/emulator/api-error.ts';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import type { HttpCall } from '../../src/emulator/http-call.ts';
import { KeyRing } from '../../src/emulator/key-ring.ts';
import { SignatureCheck } from '../../src/emulator/signature.ts';
import type { EmulatedCredential } from '../../src/emulator/state.ts';
import { type CallToSign, signV1, signV3 } from './signed-call.ts';
import { START, worldState } from './world.ts';

const MINUTE = 60_000;
const TOKEN_HOLDER = {
  accessKeyId: 'STS.1',
  accessKeySecret: 'sts-secret',
  securityToken: 'token',
  deny: [],
};
const asTokenHolder = { accessKeyId: 'STS.1', secret: 'sts-secret' };

const ringOf = (...credentials: readonly EmulatedCredential[]) =>
  new KeyRing([{ ...worldState(), credentials }]);
const checker = () => new SignatureCheck(ringOf(DEFAULT_CREDENTIAL, TOKEN_HOLDER));

/** The signer's key, or the code of the refusal. */
function verdict(call: HttpCall, check = checker(), now = START): string {
  try {
    return check.verify(call, now);
  } catch (error) {
    return (error as ApiError).code;
  }
}

describe('V3', () => {
  it("accepts the example of the documentation, and none that differs from it by one parameter's letter", () => {
    const documented = (imageId: string): HttpCall => ({
      method: 'POST',
      path: '/',
      query: new URLSearchParams({ RegionId: 'cn-shanghai', ImageId: imageId }),
      headers: {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        'x-acs-action': 'RunInstances',
        'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'x-acs-date': '2023-10-26T10:22:32Z',
        'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
        'x-acs-version': '2014-05-26',
        authorization:
          'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
      },
      body: Buffer.alloc(0),
    });
    const credential = {
      accessKeyId: 'YourAccessKeyId',
      accessKeySecret: 'YourAccessKeySecret',
      deny: [],
    };
    const check = new SignatureCheck(ringOf(credential));
    const at = Date.UTC(2023, 9, 26, 10, 22, 32);
    const image = 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd';
    expect(verdict(documented(`${image}x`), check, at)).toBe('SignatureDoesNotMatch');
    expect(verdict(documented(image), check, at)).toBe('YourAccessKeyId');
  });

  it.each<[string, CallToSign]>([
    ['with no parameters', {}],
    ['by GET', { method: 'GET', query: { PageSize: '10' } }],
    [
      'with parameters whose order and letters need care',
      { query: { 'Members.10': 'a', 'Members.2': "ü *'()!~/+&=", A: '' } },
    ],
    [
      'with a form',
      { form: { AggregatorAccounts: '[{"AccountId":1}]' }, headers: { 'x-acs-action': 'UpdateAggregator' } },
    ],
    ['with a further x-acs header', { headers: { 'x-acs-credentials-provider': 'static_ak' } }],
  ])('accepts a call %s', (_, call) => {
    expect(verdict(signV3(call))).toBe(DEFAULT_CREDENTIAL.accessKeyId);
  });

  it.each([
    ['InvalidAccessKeyId.NotFound', 'an unknown key', { accessKeyId: 'Nobody' }],
    ['SignatureDoesNotMatch', 'a wrong secret', { secret: 'wrong' }],
    ['SignatureDoesNotMatch', 'headers signed in another order than the documented one', { reversed: true }],
    ['IncompleteSignature', 'no nonce', { headers: { 'x-acs-signature-nonce': undefined } }],
    ['IncompleteSignature', 'no date', { headers: { 'x-acs-date': undefined } }],
    ['InvalidTimeStamp.Format', 'an unreadable date', { headers: { 'x-acs-date': 'today' } }],
    [
      'SignatureDoesNotMatch',
      'the hash of another body',
      { headers: { 'x-acs-content-sha256': '0'.repeat(64) } },
    ],
    ['STS.1', 'the right token', { ...asTokenHolder, headers: { 'x-acs-security-token': 'token' } }],
    ['MissingSecurityToken', 'no token where one is due', asTokenHolder],
    [
      'InvalidSecurityToken.Malformed',
      'another token',
      { ...asTokenHolder, headers: { 'x-acs-security-token': 'other' } },
    ],
    [
      'InvalidSecurityToken.Malformed',
      'a token where none is due',
      { headers: { 'x-acs-security-token': 'token' } },
    ],
  ])('answers %s to %s', (expected, _, call) => {
    expect(verdict(signV3(call))).toBe(expected);
  });

  it.each([
    ['method', (call: HttpCall) => ({ ...call, method: 'GET' })],
    ['query', (call: HttpCall) => ({ ...call, query: new URLSearchParams({ PageSize: '99' }) })],
    ['signed header', (call: HttpCall) => withHeaders(call, { 'x-acs-action': 'GetAccount' })],
    ['host', (call: HttpCall) => withHeaders(call, { host: 'elsewhere' })],
    ['body', (call: HttpCall) => ({ ...call, body: Buffer.from('a=c') })],
    [
      'x-acs header, added after signing',
      (call: HttpCall) => withHeaders(call, { 'x-acs-instance-id': 'x' }),
    ],
  ])('notices a changed %s', (_, change) => {
    const call = signV3({ query: { PageSize: '10' }, form: { a: 'b' } });
    expect(verdict(change(call))).toBe('SignatureDoesNotMatch');
    expect(verdict(call)).toBe(DEFAULT_CREDENTIAL.accessKeyId);
  });

  it.each([
    ['no authorization at all', undefined],
    ['another algorithm', 'ACS3-HMAC-SM3 Credential=a,SignedHeaders=host,Signature=ab'],
    ['no signature in it', 'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host'],
  ])('answers IncompleteSignature to %s', (_, authorization) => {
    const { authorization: __, ...rest } = signV3({}).headers;
    const headers = authorization === undefined ? rest : { ...rest, authorization };
    expect(verdict({ ...signV3({}), headers })).toBe('IncompleteSignature');
  });

  it.each([
    [-15 * MINUTE, DEFAULT_CREDENTIAL.accessKeyId],
    [15 * MINUTE, DEFAULT_CREDENTIAL.accessKeyId],
    [-15 * MINUTE - 1000, 'InvalidTimeStamp.Expired'],
    [15 * MINUTE + 1000, 'InvalidTimeStamp.Expired'],
  ])('a clock that is off by %i ms gives %s', (skew, expected) => {
    expect(verdict(signV3({ at: START + skew }))).toBe(expected);
  });
});

describe('nonces', () => {
  it('are taken once, but a refused call does not use one up', () => {
    const check = checker();
    expect(verdict(signV3({ secret: 'wrong' }), check)).toBe('SignatureDoesNotMatch');
    expect(verdict(signV3({}), check)).toBe(DEFAULT_CREDENTIAL.accessKeyId);
    expect(verdict(signV3({}), check)).toBe('SignatureNonceUsed');
    expect(verdict(signV3({ nonce: 'nonce-2' }), check)).toBe(DEFAULT_CREDENTIAL.accessKeyId);
  });
});

describe('old nonces', () => {
  it.each([
    [30 * MINUTE, 'SignatureNonceUsed'],
    [30 * MINUTE + 1000, DEFAULT_CREDENTIAL.accessKeyId],
  ])(
    'are remembered until no date that was signed with them is accepted: after %i ms %s',
    (later, expected) => {
      const check = checker();
      verdict(signV3({}), check);
      verdict(signV3({ at: START + 20 * MINUTE, nonce: 'nonce-2' }), check, START + 20 * MINUTE);
      expect(verdict(signV3({ at: START + later }), check, START + later)).toBe(expected);
      expect(verdict(signV3({ at: START + later, nonce: 'nonce-2' }), check, START + later)).toBe(
        'SignatureNonceUsed',
      );
    },
  );
});

describe('V1', () => {
  const documented = {
    Format: 'XML',
    Version: '2014-05-26',
    Action: 'DescribeRegions',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
    SignatureVersion: '1.0',
    AccessKeyId: 'testid',
    Timestamp: '2016-02-23T12:46:24Z',
  };
  const at = Date.UTC(2016, 1, 23, 12, 46, 24);
  const check = () =>
    new SignatureCheck(ringOf({ accessKeyId: 'testid', accessKeySecret: 'testsecret', deny: [] }));

  it('accepts the example of the documentation', () => {
    const query = new URLSearchParams({ ...documented, Signature: 'OLeaidS1JvxuMvnyHOwuJ+uX5qY=' });
    const call = { ...signV1(documented, 'x'), query };
    expect(verdict(call, check(), at)).toBe('testid');
  });

  it.each([
    ['testid', {}, 'testsecret'],
    ['SignatureDoesNotMatch', {}, 'wrong'],
    ['SignatureDoesNotMatch', { SignatureMethod: 'HMAC-SHA256' }, 'testsecret'],
    ['InvalidAccessKeyId.NotFound', { AccessKeyId: 'nobody' }, 'testsecret'],
    ['InvalidTimeStamp.Expired', { Timestamp: '2016-02-23T13:46:24Z' }, 'testsecret'],
    ['InvalidSecurityToken.Malformed', { SecurityToken: 'token' }, 'testsecret'],
    ['IncompleteSignature', { SignatureNonce: '' }, 'testsecret'],
  ])('answers %s to a call with %o and secret %s', (expected, change, secret) => {
    expect(verdict(signV1({ ...documented, ...change }, secret), check(), at)).toBe(expected);
  });

  it('takes a nonce once', () => {
    const one = check();
    expect(verdict(signV1(documented, 'testsecret'), one, at)).toBe('testid');
    expect(verdict(signV1(documented, 'testsecret'), one, at)).toBe('SignatureNonceUsed');
  });
});

const withHeaders = (call: HttpCall, headers: Record<string, string>): HttpCall => ({
  ...call,
  headers: { ...call.headers, ...headers },
});
