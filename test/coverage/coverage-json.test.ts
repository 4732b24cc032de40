import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactsAfter } from '../../src/plan/contacts-after.ts';
import { coverageView } from '../../src/report/coverage-json.ts';
import { MESSAGE_TYPES } from '../../src/wire/resource-directory.ts';
import { anyActual } from '../support/arbitrary-world.ts';
import { accountId, bind, unbind } from '../support/world.ts';
import { view } from './world.ts';

describe('coverageView', () => {
  it('says for an account who reaches it, nearest binding first, and what is missing', () => {
    expect(view().accounts.find(({ name }) => name === 'shop-web')).toEqual({
      id: accountId(1),
      name: 'shop-web',
      path: '/Shop/shop-web',
      contacts: [
        {
          id: 'c-Ops',
          name: 'Ops',
          messageTypes: ['FaultMessage', 'ServiceMessage'],
          via: [
            { type: 'account', id: accountId(1) },
            { type: 'folder', id: 'fd-Shop' },
          ],
        },
      ],
      messageTypes: ['ServiceMessage', 'FaultMessage'],
      missing: ['AccountExpenses', 'SecurityMessage', 'ActivityMessage', 'ProductMessage'],
    });
  });

  it('reaches accounts in folders below, and puts types that are not documented last', () => {
    const below = view().accounts.find(({ name }) => name === 'shop-test');
    expect(below?.contacts.map(({ name }) => name)).toEqual(['Ops', 'Sec']);
    expect(below?.messageTypes).toEqual(['ServiceMessage', 'FaultMessage', 'SecurityMessage', 'NewMessage']);
  });

  it('counts no contact that is not Active', () => {
    expect(view().unreached).toEqual([accountId(4)]);
  });

  it('orders accounts by path', () => {
    expect(view().accounts.map(({ path }) => path)).toEqual([
      '/Shop/Test/shop-test',
      '/Shop/shop-db',
      '/Shop/shop-web',
      '/lonely',
    ]);
  });

  it('shows what changes make of it', () => {
    const after = view([bind('c-Sec', 4), unbind('c-Ops', 'fd-Shop')]);
    expect(after.unreached).toEqual([accountId(2)]);
    expect(after.accounts.find(({ name }) => name === 'lonely')?.messageTypes).toEqual([
      'SecurityMessage',
      'NewMessage',
    ]);
  });

  it('gives every account once, and every documented type as brought or missing', () => {
    fc.assert(
      fc.property(anyActual, (state) => {
        const { accounts, unreached } = coverageView(state, contactsAfter(state, []));
        expect(accounts.map(({ id }) => id).sort()).toEqual([...(state.accounts?.keys() ?? [])].sort());
        for (const { id, contacts, messageTypes, missing } of accounts) {
          expect([...messageTypes, ...missing].sort()).toEqual([...MESSAGE_TYPES].sort());
          expect(unreached.includes(id)).toBe(contacts.length === 0);
        }
      }),
    );
  });
});
