import type { RpcCall } from '../../src/cloud/rpc-call.ts';

/** A directory with quotas far above the default ones: a thousand targets a contact. */
const TARGETS = 1000;
const FIRST_ACCOUNT = 1_738_084_522_000_000;
const DIRECTORY = {
  ResourceDirectoryId: 'rd-3mNq8W',
  RootFolderId: 'r-Zo0kQ1',
  MasterAccountId: '1738084521999999',
  MasterAccountName: 'Holding',
};
/** One binding in so many is written and missing, and one is there and not written. */
const DRIFT_EVERY = 100;

const accountOf = (index: number): string => String(FIRST_ACCOUNT + index);
const contactOf = (index: number): string => `c-Sec${String(index).padStart(5, '0')}aBcDeFgH`;

/** The manifest of so many rows, two columns, in lumps: one string would be no smaller than the file. */
export function* largeTable(rows: number): Generator<string> {
  yield 'contact_id,member_id\n';
  for (let contact = 0; contact * TARGETS < rows; contact += 1) {
    const members = membersOf(contact, rows, (drift) => drift !== 'live-only');
    yield members.map((member) => `${contactOf(contact)},${member}\n`).join('');
  }
}

/** The services with as many bindings, answering out of nothing: each answer is made anew, as if it had been parsed. */
export function largeCloud(rows: number): RpcCall {
  const contacts = Math.ceil(rows / TARGETS);
  const answers: Readonly<Record<string, (page: number, size: number) => object>> = {
    GetResourceDirectory: () => ({ ResourceDirectory: DIRECTORY }),
    ListAccounts: (page, size) => ({
      TotalCount: 2 * TARGETS,
      Accounts: { Account: slice(2 * TARGETS, page, size).map(wireAccount) },
    }),
    ListMessageContacts: (page, size) => ({
      TotalCount: contacts,
      Contacts: slice(contacts, page, size).map((contact) => ({
        ContactId: contactOf(contact),
        Name: `contact ${contact}`,
        Status: 'Active',
        MessageTypes: ['SECURITY'],
        Members: membersOf(contact, rows, (drift) => drift !== 'written-only'),
      })),
    }),
  };
  return async ({ action, query }) => {
    const answer = answers[action];
    if (answer === undefined) throw new Error(`${action} was not to be called`);
    const page = Number(query?.['PageNumber'] ?? 1);
    const size = Number(query?.['PageSize'] ?? 100);
    const body = { RequestId: 'none', PageNumber: page, PageSize: size, ...answer(page, size) };
    return { body, requestId: 'none' };
  };
}

type Drift = 'none' | 'written-only' | 'live-only';

function membersOf(contact: number, rows: number, isIn: (drift: Drift) => boolean): string[] {
  const count = Math.min(TARGETS, rows - contact * TARGETS);
  return Array.from({ length: count }, (_, index) => index).flatMap((index) =>
    isIn(driftOf(index)) ? [accountOf(index + (contact % TARGETS))] : [],
  );
}

function driftOf(index: number): Drift {
  if (index % DRIFT_EVERY === 1) return 'written-only';
  return index % DRIFT_EVERY === 2 ? 'live-only' : 'none';
}

const slice = (count: number, page: number, size: number): number[] => {
  const start = (page - 1) * size;
  return Array.from({ length: Math.max(0, Math.min(size, count - start)) }, (_, index) => start + index);
};

const wireAccount = (index: number): object => ({
  AccountId: accountOf(index),
  DisplayName: `account ${index}`,
  FolderId: 'r-Zo0kQ1',
  ResourceDirectoryPath: `rd-3mNq8W/r-Zo0kQ1/${accountOf(index)}`,
  Type: 'ResourceAccount',
  Status: 'CreateSuccess',
});
