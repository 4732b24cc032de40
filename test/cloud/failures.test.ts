import { describe, expect, it } from 'vitest';
import { CredentialRefreshError } from '../../src/cloud/credential.ts';
import { DeadlineError, toCloudFailure, unreadable } from '../../src/cloud/failures.ts';
import { emptyObservation } from '../../src/cloud/observe-response.ts';
import { ERROR_CODES } from '../../src/wire/error-codes.ts';
import { CANARY } from './support/calls.ts';

/** What the client throws for a refusal, by its source. */
function clientError(status: number, body: Readonly<Record<string, unknown>>): Error {
  const code = `${String(body['Code'])}`;
  return Object.assign(new Error(`${code}: code: ${status}, ${String(body['Message'])} request id: x`), {
    code,
    statusCode: status,
    description: 'undefined',
    data: { ...body, statusCode: status },
  });
}

const observed = { ...emptyObservation(), httpStatus: 418, requestId: 'R-HEADER', retryAfterMs: 77 };

describe('refusals', () => {
  it.each(ERROR_CODES)('$code is of the class $class', ({ code, httpStatus, message, class: kind }) => {
    const thrown = clientError(httpStatus, { Code: code, Message: message, RequestId: 'R-1' });
    expect(toCloudFailure(thrown, emptyObservation())).toEqual({
      class: kind,
      code,
      message,
      httpStatus,
      requestId: 'R-1',
      retryAfterMs: undefined,
    });
  });

  it.each([
    ['Throttling.Api.Risk', 429, 'throttled'],
    ['Rejected.Throttling', 503, 'throttled'],
    ['ConcurrentCallNotSupport', 409, 'conflict'],
    ['Forbidden.NoRAM', 400, 'permission'],
    ['SomethingNew', 403, 'permission'],
    ['SomethingNew', 401, 'credentials'],
    ['SomethingNew', 400, 'unknown-effect'],
    ['SomethingNew', 429, 'throttled'],
  ])('%s with status %i, which no page lists, is of the class %s', (code, status, kind) => {
    expect(toCloudFailure(clientError(status, { Code: code, Message: 'm' }), observed)).toMatchObject({
      class: kind,
      code,
    });
  });

  it('take the request id of the body before that of the header', () => {
    const body = { Code: 'Throttling', Message: 'm' };
    expect(toCloudFailure(clientError(400, { ...body, RequestId: 'R-BODY' }), observed).requestId).toBe(
      'R-BODY',
    );
    expect(toCloudFailure(clientError(400, { ...body, requestId: 'R-low' }), observed).requestId).toBe(
      'R-low',
    );
    expect(toCloudFailure(clientError(400, body), observed).requestId).toBe('R-HEADER');
    expect(toCloudFailure(clientError(400, { ...body, RequestId: 'no id at all' }), observed).requestId).toBe(
      'R-HEADER',
    );
  });

  it('take the status of the body before the observed one', () => {
    expect(toCloudFailure(clientError(400, { Code: 'Throttling' }), observed).httpStatus).toBe(400);
    const without = Object.assign(new Error('x'), { code: 'Throttling', data: {} });
    expect(toCloudFailure(without, observed).httpStatus).toBe(418);
  });

  it('have a message of their own where the service gave none, or the text "undefined"', () => {
    const message = (body: object) =>
      toCloudFailure(clientError(400, { Code: 'Throttling', ...body }), observed).message;
    expect(message({})).toBe('the service gave no message');
    expect(message({ Message: 'undefined' })).toBe('the service gave no message');
    expect(message({ Message: 17 })).toBe('the service gave no message');
    expect(message({ message: 'lower case' })).toBe('lower case');
  });

  it('name the permission that is missing', () => {
    const detail = { AuthAction: 'config:UpdateAggregator', EncodedDiagnosticMessage: 'AQIB' };
    const body = { Code: 'NoPermission', Message: 'Not authorized.', AccessDeniedDetail: detail };
    expect(toCloudFailure(clientError(403, body), observed).message).toBe(
      'Not authorized. (needs config:UpdateAggregator)',
    );
    const odd = { ...body, AccessDeniedDetail: { AuthAction: 'https://x?token=1' } };
    expect(toCloudFailure(clientError(403, odd), observed).message).toBe('Not authorized.');
  });
});

describe('answers that cannot be read', () => {
  it.each([
    ['no code, which the client words "undefined"', clientError(500, { Message: 'oops' })],
    ['a code that is free text', clientError(500, { Code: 'GET http://x?AccessKeyId=1', Message: 'oops' })],
    ['an empty code', clientError(500, { Code: '', Message: 'oops' })],
    ['HTML', new SyntaxError('Unexpected token < in JSON at position 0')],
    ['JSON that is no object', new Error('The value is not a object')],
    ['something else altogether', new TypeError('Cannot read properties of undefined')],
    ['no error at all', 'a string'],
    ['nothing', undefined],
  ])('%s: whether it took effect is not known, and the status seen is kept', (_, thrown) => {
    expect(toCloudFailure(thrown, observed)).toEqual({
      class: 'unknown-effect',
      code: 'Unreadable',
      message: 'the answer could not be read',
      httpStatus: 418,
      requestId: 'R-HEADER',
      retryAfterMs: 77,
    });
  });

  it('keep no request id that is not one', () => {
    expect(unreadable('m', { httpStatus: 200, requestId: 'two words' }).requestId).toBeUndefined();
  });
});

const withCode = (code: string, more: object = {}) =>
  Object.assign(new Error(`read ${code}POST http://127.0.0.1/?ContactId=c-1 failed.`), { code, ...more });
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('calls that were not answered', () => {
  it.each([
    ['NoAnswer', 'unknown-effect', new DeadlineError()],
    [
      'NoAnswer',
      'unknown-effect',
      named('RequestTimeoutError', 'ConnectTimeout: Connect http://h/?a=b failed.'),
    ],
    [
      'NoAnswer',
      'unknown-effect',
      named('RequestTimeoutError', 'ReadTimeout(3000). POST http://h/?a=b failed.'),
    ],
    ['ConnectionLost', 'unknown-effect', withCode('ECONNRESET')],
    ['ConnectionLost', 'unknown-effect', withCode('EPIPE')],
    ['ConnectionLost', 'unknown-effect', withCode('EPROTO', { syscall: 'write' })],
    ['ConnectionLost', 'unknown-effect', withCode('ERR_SSL_WRONG_VERSION_NUMBER')],
    ['ConnectionLost', 'unknown-effect', new Error('aborted')],
    ['ConnectionLost', 'unknown-effect', new Error('socket hang upPOST http://h/?a=b failed.')],
    ['ConnectionLost', 'unknown-effect', withCode('EHOSTUNREACH', { syscall: 'read' })],
    ['ConnectionLost', 'unknown-effect', withCode('ETIMEDOUT', { syscall: 'read' })],
    ['ConnectionRefused', 'unsent', withCode('ECONNREFUSED', { syscall: 'connect' })],
    ['NameNotFound', 'unsent', withCode('ENOTFOUND', { syscall: 'getaddrinfo' })],
    ['NameNotFound', 'unsent', withCode('EAI_AGAIN', { syscall: 'getaddrinfo' })],
    ['Unreachable', 'unsent', withCode('EHOSTUNREACH', { syscall: 'connect' })],
    ['Unreachable', 'unsent', withCode('ENETUNREACH', { syscall: 'connect' })],
    ['Unreachable', 'unsent', withCode('ETIMEDOUT', { syscall: 'connect' })],
    [
      'Unreachable',
      'unsent',
      withCode('ETIMEDOUT', { errors: [withCode('ETIMEDOUT', { syscall: 'connect' })] }),
    ],
    ['TlsRefused', 'unsent', withCode('DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['TlsRefused', 'unsent', withCode('CERT_HAS_EXPIRED')],
    ['TlsRefused', 'unsent', withCode('ERR_TLS_CERT_ALTNAME_INVALID')],
  ])('%s (%s)', (code, kind, thrown) => {
    const failure = toCloudFailure(thrown, observed);
    expect(failure).toMatchObject({
      class: kind,
      code,
      httpStatus: 418,
      requestId: 'R-HEADER',
      retryAfterMs: 77,
    });
    expect(failure.message).toMatch(/^[a-z' ]+$/);
  });

  it.each([
    [true, 'unsent'],
    [false, 'credentials'],
  ])('keys that could not be renewed (by the network: %s) are of the class %s', (transport, kind) => {
    expect(toCloudFailure(new CredentialRefreshError(transport), observed)).toMatchObject({
      class: kind,
      code: 'CredentialsUnavailable',
      httpStatus: undefined,
    });
  });
});

describe('no failure of any kind repeats', () => {
  const leak = [
    `https://resourcedirectory.aliyuncs.com/?ContactId=c-1&AccessKeyId=${CANARY.accessKeyId}&Signature=abc%3D`,
    `AccessKeySecret=${CANARY.accessKeySecret}`,
    CANARY.securityToken,
    'someone@example.com',
    '86-13800000000',
  ].join(' ');
  const secrets = Object.values(CANARY);
  const kinds: readonly (readonly [string, unknown])[] = [
    ...ERROR_CODES.map(({ code, httpStatus }) => {
      return [code, clientError(httpStatus, { Code: code, Message: leak, RequestId: leak })] as const;
    }),
    ['SyntaxError', new SyntaxError(leak)],
    ['timeout', named('RequestTimeoutError', leak)],
    ['hang up', new Error(`socket hang up ${leak}`)],
    ['anything', new Error(leak)],
    ...['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'EHOSTUNREACH'].map((code) => {
      return [code, Object.assign(new Error(leak), { code })] as const;
    }),
    ['a code', clientError(400, { Code: leak, Message: leak })],
  ];
  it.each(kinds)('keys, addresses, e-mail or phone: %s', (_, thrown) => {
    const text = JSON.stringify(toCloudFailure(thrown, observed, secrets));
    for (const canary of [
      ...secrets,
      'someone@',
      '13800000000',
      'aliyuncs.com',
      'ContactId=',
      'Signature=abc',
    ]) {
      expect(text).not.toContain(canary);
    }
  });
});
