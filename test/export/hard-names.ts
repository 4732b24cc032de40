import fc from 'fast-check';
import type { Account, ActualState, Aggregator, Folder } from '../../src/model/actual-state.ts';
import { account, actual, aggregator, contact, DIRECTORY, folder, MANAGEMENT } from '../support/world.ts';

/** What breaks out of comments, cells, lines and columns, when it is let. */
const FRAGMENTS = [
  ...['\n', '\r\n', '\r', '\u0085', '\u2028', '\0', '\u001b[31m', '\t', '\ufeff', '\ufffe', '\ud83d'],
  ...['\u202e', '\u200b', '\u00a0', '#', ' # ', ': ', '- ', '---', '...', '|', '>', '&a', '*a', '!!int', '%'],
  ...['"', "'", '""', '\\', ',', ';', '\uff0c', '=', '+', '-', '@', '\uff1d', ' =1+1', ',=1+1', '";=cmd'],
  ...[
    '[',
    '{',
    'unbind: ["',
    'bind: []',
    '研发中心',
    '👩‍👩‍👧',
    'a',
    ' ',
    '1738084522671234',
    '007',
    '1e5',
    'TRUE',
  ],
];

const hardName: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
  fc.constantFrom('', '=HYPERLINK("http://x","y")', 'a@example.com', '13900001111', 'x'.repeat(300)),
);

const GONE = ['1555555555555555', 'fd-gone', 'rd-other1'] as const;

/** Directories in which every name is hard, and every kind of owner and member there is. */
export const hardWorld: fc.Arbitrary<ActualState> = fc
  .record({
    names: fc.array(hardName, { minLength: 1, maxLength: 12 }),
    accounts: fc.nat({ max: 12 }),
    folders: fc.nat({ max: 4 }),
    whole: fc.constantFrom('rd-3mNq8W', 'r-9xKp2d'),
  })
  .chain(({ names, accounts, folders, whole }) => {
    const parts = grow(accounts, folders, nextOf(names));
    const accountIds = parts.accounts.map(({ id }) => id);
    const targets = [...accountIds, ...parts.folders.map(({ id }) => id), whole, ...GONE];
    const status = fc.constantFrom('Active', 'Verifying', 'Deleting', 'new: "#1"\n');
    const type = fc.constantFrom('CUSTOM', 'CUSTOM', 'CUSTOM', 'RD', 'FOLDER', 'NEW\n- x');
    const members = fc.subarray<string>([...accountIds, MANAGEMENT, GONE[0]]);
    return fc
      .record({
        bound: fc.array(fc.tuple(fc.subarray<string>(targets), status), { maxLength: 4 }),
        groups: fc.array(fc.tuple(members, type, fc.boolean()), { maxLength: 4 }),
      })
      .map(({ bound, groups }) => assemble(parts, bound, groups));
  });

interface Parts {
  readonly name: () => string;
  readonly accounts: readonly Account[];
  readonly folders: readonly Folder[];
}

function nextOf(names: readonly string[]): () => string {
  let turn = 0;
  return () => names[turn++ % names.length] ?? '';
}

function grow(accountCount: number, folderCount: number, name: () => string): Parts {
  const folders = Array.from({ length: folderCount }, (_, n) =>
    folder(`fd-${n}`, n % 2 === 1 ? `fd-${n - 1}` : undefined, name()),
  );
  const home = (n: number): string[] => (n % 2 === 1 && folderCount > 0 ? ['fd-0'] : []);
  const accounts = Array.from({ length: accountCount }, (_, n) => account(n + 1, home(n), { name: name() }));
  return { name, accounts, folders };
}

function assemble(
  { name, accounts, folders }: Parts,
  bound: readonly (readonly [readonly string[], string])[],
  groups: readonly (readonly [readonly string[], string, boolean])[],
): ActualState {
  const list = groups.map(([ids, type], n) =>
    renamed(aggregator(`ca-${n}`, ids, { name: name(), type }), name),
  );
  const readable = list.filter((one, n) => one.type === 'CUSTOM' && groups[n]?.[2] === true);
  const contacts = bound.map(([ids, status], n) => contact(`c-${n}`, ids, { name: name(), status }));
  const directory = { ...DIRECTORY, managementAccountName: name() };
  return {
    ...actual({ accounts, folders, contacts, aggregators: readable }),
    directory,
    aggregatorList: list,
  };
}

function renamed(group: Aggregator, name: () => string): Aggregator {
  return {
    ...group,
    accounts: new Map([...group.accounts].map(([id, member]) => [id, { ...member, name: name() }])),
  };
}
