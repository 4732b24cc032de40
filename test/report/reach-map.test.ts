import { describe, expect, test } from 'vitest';
import type { Coverage } from '../../src/model/coverage.ts';
import { reachMap } from '../../src/report/reach-map.ts';
import { actualState, BILLING, OLD, OPS, PAY, PAYMENTS, SHOP } from './sample-run.ts';

const reach = (contactId: typeof OPS) => ({ contactId, messageTypes: [], via: [] });
const coverage: Coverage = new Map([
  [PAY, [reach(OPS), reach(BILLING)]],
  [SHOP, []],
  [OLD, [reach(OPS)]],
]);

test('accounts stand by id with their folder and the contacts that reach them', () => {
  expect(reachMap({ actual: actualState(), coverage })).toEqual({
    folders: [
      { id: 'fd-paym000002', name: 'Payments', parentId: 'fd-prod000001' },
      { id: 'fd-prod000001', name: 'Production', parentId: null },
    ],
    contacts: [
      { id: BILLING, name: 'billing' },
      { id: OPS, name: 'ops' },
    ],
    accounts: [
      { id: OLD, name: 'old-test', folderId: 'fd-prod000001', contacts: [OPS] },
      { id: PAY, name: 'pay-prod', folderId: PAYMENTS, contacts: [BILLING, OPS] },
      { id: SHOP, name: 'shop', folderId: null, contacts: [] },
    ],
  });
});

test('folders whose names were not read stand as they show in the paths of accounts', () => {
  expect(reachMap({ actual: actualState({ folders: false }), coverage })?.folders).toEqual([
    { id: 'fd-paym000002', name: null, parentId: 'fd-prod000001' },
    { id: 'fd-prod000001', name: null, parentId: null },
  ]);
});

test('an e-mail address in a name stays out', () => {
  const actual = actualState({ pay: 'tony@example.com', ops: 'Ops 13900001111' });
  const text = JSON.stringify(reachMap({ actual, coverage }));
  expect(text).not.toMatch(/tony@|13900001111/);
  expect(text).toContain('"name":"[e-mail]"');
});

describe('there is no map', () => {
  test.each([
    ['nothing', { actual: undefined, coverage }],
    ['no account', { actual: { ...actualState(), accounts: undefined }, coverage }],
    ['no contact', { actual: actualState(), coverage: undefined }],
  ])('where %s was read', (_, given) => {
    expect(reachMap(given)).toBeNull();
  });
});
