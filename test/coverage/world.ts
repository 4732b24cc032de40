import type { Change } from '../../src/model/plan.ts';
import { contactsAfter } from '../../src/plan/contacts-after.ts';
import { type CoverageView, coverageView } from '../../src/report/coverage-json.ts';
import type { CoverageText } from '../../src/report/coverage-text.ts';
import { account, actual, contact, folder } from '../support/world.ts';

/** Two accounts in a folder, one below it, one in Root, and contacts in every status. */
const STATE = actual({
  accounts: [
    account(1, ['fd-Shop'], { name: 'shop-web' }),
    account(2, ['fd-Shop'], { name: 'shop-db' }),
    account(3, ['fd-Shop', 'fd-Test'], { name: 'shop-test' }),
    account(4, [], { name: 'lonely' }),
  ],
  folders: [folder('fd-Shop', undefined, 'Shop'), folder('fd-Test', 'fd-Shop', 'Test')],
  contacts: [
    contact('c-Ops', ['fd-Shop', 1], { name: 'Ops', messageTypes: ['FaultMessage', 'ServiceMessage'] }),
    contact('c-Sec', [3], { name: 'Sec', messageTypes: ['SecurityMessage', 'NewMessage'] }),
    contact('c-New', ['rd-3mNq8W'], { name: 'New', status: 'Verifying', messageTypes: ['ProductMessage'] }),
  ],
});

export const view = (changes: readonly Change[] = []): CoverageView =>
  coverageView(STATE, contactsAfter(STATE, changes));

export const text = (parts: Partial<CoverageText> = {}): CoverageText => ({
  before: view(),
  after: undefined,
  folderPaths: new Map([
    ['fd-Shop', '/Shop'],
    ['fd-Test', '/Shop/Test'],
  ]),
  inactive: [{ name: 'New', status: 'Verifying' }],
  refusedBy: [],
  people: [],
  ...parts,
});
