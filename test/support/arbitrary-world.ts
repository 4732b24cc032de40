import fc from 'fast-check';
import type { Account, ActualState, Aggregator, Contact, Folder } from '../../src/model/actual-state.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import {
  account,
  actual,
  aggregator,
  contact,
  desired,
  folder,
  MANAGEMENT,
  type TargetRef,
  wantedAggregator,
  wantedContact,
} from './world.ts';

/** A resource directory with folders at most five levels deep, Root not counted. */
export interface Tree {
  readonly folders: readonly Folder[];
  readonly accounts: readonly Account[];
  /** Everything in it that a contact can be bound to, the directory in both spellings, and two ids that left. */
  readonly targets: readonly TargetRef[];
}

const DEEPEST = 5;
const GONE_ACCOUNT = 9001;
const GONE_FOLDER = 'fd-gone';

export const anyTree: fc.Arbitrary<Tree> = fc
  .record({
    parents: fc.array(fc.nat({ max: 20 }), { maxLength: 8 }),
    homes: fc.array(fc.nat({ max: 20 }), { maxLength: 8 }),
  })
  .map(({ parents, homes }) => grow(parents, homes));

/** Each number chooses a place among those that exist: Root, or a folder that is not on the lowest level. */
function grow(parents: readonly number[], homes: readonly number[]): Tree {
  const paths: string[][] = [[]];
  const folders: Folder[] = [];
  for (const [index, choice] of parents.entries()) {
    const open = paths.filter(({ length }) => length < DEEPEST);
    const above = open[choice % open.length] ?? [];
    const id = `fd-${index}`;
    paths.push([...above, id]);
    folders.push(folder(id, above.at(-1)));
  }
  const accounts = homes.map((choice, index) => account(index + 1, paths[choice % paths.length]));
  const targets = [
    ...accounts.map(({ id }) => id),
    ...folders.map(({ id }) => id),
    ...['rd-3mNq8W', 'r-9xKp2d', GONE_FOLDER],
    GONE_ACCOUNT,
  ];
  return { folders, accounts, targets };
}

export const anyContact = (targets: readonly TargetRef[], id = 'c-1'): fc.Arbitrary<Contact> =>
  fc
    .record({
      held: fc.subarray([...targets]),
      status: fc.constantFrom('Active', 'Active', 'Active', 'Verifying', 'Deleting'),
      messageTypes: fc.subarray(['ServiceMessage', 'FaultMessage', 'SecurityMessage'], { minLength: 1 }),
    })
    .map(({ held, ...parts }) => contact(id, held, parts));

const anyAggregator = (id: string): fc.Arbitrary<Aggregator> =>
  fc.subarray([1, 2, 3, 4, GONE_ACCOUNT, MANAGEMENT]).map((members) => aggregator(id, members));

export const anyActual: fc.Arbitrary<ActualState> = anyTree.chain(({ accounts, folders, targets }) =>
  fc
    .record({
      contacts: fc.tuple(anyContact(targets, 'c-1'), anyContact(targets, 'c-2'), anyContact(targets, 'c-3')),
      aggregators: fc.tuple(anyAggregator('ca-1'), anyAggregator('ca-2')),
      foldersRead: fc.boolean(),
    })
    .map(({ contacts, aggregators, foldersRead }) =>
      actual({ accounts, contacts, aggregators, ...(foldersRead ? { folders } : {}) }),
    ),
);

/** What is present may be anything that exists; what is absent may also be an id that left. Never both. */
export const anyDesired = ({ accounts, folders }: ActualState): fc.Arbitrary<DesiredState> => {
  const members = [...(accounts?.keys() ?? [])];
  const targets = [...members, ...(folders?.keys() ?? []), 'r-9xKp2d'];
  return fc
    .record({
      ownership: fc.constantFrom('add-only', 'listed', 'exclusive'),
      contacts: fc.tuple(wish(targets, [GONE_ACCOUNT]), wish(targets, [GONE_ACCOUNT])),
      aggregators: fc.tuple(wish(members, [GONE_ACCOUNT, MANAGEMENT])),
    })
    .map(({ ownership, contacts, aggregators }) =>
      desired({
        ownership,
        contacts: contacts.map((one, index) => wantedContact(`c-${index + 1}`, one)),
        aggregators: aggregators.map((one, index) => wantedAggregator(`ca-${index + 1}`, one)),
      }),
    );
};

interface AnyWish {
  readonly present: TargetRef[];
  readonly absent: TargetRef[];
  readonly statesMembers: boolean;
}

function wish(refs: readonly TargetRef[], onlyAbsent: readonly TargetRef[]): fc.Arbitrary<AnyWish> {
  return fc
    .record({
      present: fc.subarray([...refs]),
      absent: fc.subarray([...refs, ...onlyAbsent]),
      named: fc.boolean(),
    })
    .map(({ present, absent, named }) => ({
      present,
      absent: absent.filter((ref) => !present.includes(ref)),
      statesMembers: present.length > 0 || named,
    }));
}
