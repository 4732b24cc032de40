import { describe, expect, test } from 'vitest';
import { CONSEQUENCES, classifyErrorCode, ERROR_CODES, findErrorCode } from '../../src/wire/error-codes.ts';
import { documentedCodes } from './documented-codes.ts';

describe('the codes of the three write pages', () => {
  test('are 9, 9 and 13', () => {
    const count = (action: string): number => documentedCodes.filter((one) => one.action === action).length;
    expect(['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator'].map(count)).toEqual([9, 9, 13]);
  });

  test.each(documentedCodes)('$action $code is known as $httpStatus, with its message', (row) => {
    const known = findErrorCode(row.code);
    expect(known).toMatchObject({ code: row.code, httpStatus: row.httpStatus, message: row.message });
    expect(known?.on).toContain(row.action);
  });

  test.each(['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator'] as const)(
    'no code claims to stand on the page of %s without standing there',
    (action) => {
      const claimed = ERROR_CODES.filter(({ on }) => on.includes(action)).map(({ code }) => code);
      const documented = documentedCodes.filter((row) => row.action === action).map(({ code }) => code);
      expect(new Set(claimed)).toEqual(new Set(documented));
    },
  );
});

describe('the list as a whole', () => {
  test('names every code once', () => {
    const codes = ERROR_CODES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test.each(ERROR_CODES)('$code has a consequence, a status of an error, and a place', (entry) => {
    expect(CONSEQUENCES[entry.class]).toMatch(/\.$/);
    expect(entry.httpStatus).toBeGreaterThanOrEqual(400);
    expect(entry.httpStatus).toBeLessThan(600);
    expect(entry.on.length).toBeGreaterThan(0);
  });

  test('uses every class', () => {
    const used = new Set(ERROR_CODES.map((entry) => entry.class));
    expect(used).toEqual(new Set(Object.keys(CONSEQUENCES)));
  });

  test('does not know a code that no page lists', () => {
    expect(findErrorCode('MadeUp.Code')).toBeUndefined();
  });
});

describe('the class of a code', () => {
  test.each(ERROR_CODES)('$code is $class whatever the status', (entry) => {
    for (const status of [undefined, 200, 400, 401, 403, 404, 429, 500, 503]) {
      expect(classifyErrorCode(entry.code, status)).toBe(entry.class);
    }
  });

  test.each([
    ['Throttling.ConcurrentLimitExceeded', 400, 'throttled'],
    ['Rejected.Throttling', 429, 'throttled'],
    ['SomeThrottlingOrOther', 503, 'throttled'],
    ['throttling.api.lower', undefined, 'throttled'],
    ['ConcurrentCallNotSupport', 429, 'conflict'],
    ['ConcurrentCallNotSupported.Directory', 400, 'conflict'],
    ['OperationConflict', 409, 'conflict'],
    ['OperationConflict.Member', 400, 'conflict'],
    ['SystemBusy', 400, 'conflict'],
    ['LockTimeout', 400, 'conflict'],
    ['OperationBusy', 400, 'conflict'],
    ['InvalidAccessKeyId', 400, 'credentials'],
    ['InvalidSecurityToken.MismatchWithAccessKey', 400, 'credentials'],
    ['SignatureDoesNotMatch.Whatever', 403, 'credentials'],
    ['InvalidTimeStamp.Format', 400, 'credentials'],
    ['Forbidden.NoPermission', 404, 'permission'],
    ['NoPermission.ServiceLinkedRole', 400, 'permission'],
    ['NotAuthorized', 400, 'permission'],
    ['Unauthorized', 400, 'permission'],
  ] as const)('%s with status %s belongs to the family %s', (code, status, expected) => {
    expect(classifyErrorCode(code, status)).toBe(expected);
  });

  test.each([
    [429, 'throttled'],
    [401, 'credentials'],
    [403, 'permission'],
    [400, 'unknown-effect'],
    [404, 'unknown-effect'],
    [409, 'unknown-effect'],
    [500, 'unknown-effect'],
    [503, 'unknown-effect'],
    [undefined, 'unknown-effect'],
  ] as const)('a code nobody knows with status %s is %s', (status, expected) => {
    expect(classifyErrorCode('MadeUp.Code', status)).toBe(expected);
  });

  test('a known prefix inside a longer word is no family', () => {
    expect(classifyErrorCode('ForbiddenFruit', 400)).toBe('unknown-effect');
    expect(classifyErrorCode('SystemBusyness', 400)).toBe('unknown-effect');
  });
});
