import type { EmulatorState } from '../../../src/emulator/state.ts';
import { stateFrom } from '../../../src/emulator/state-file.ts';
import { DIRECTORY, ROOT } from '../../simulation/random-world.ts';

export const MANAGEMENT = '1738084522670000';

/** An account of the test directory: 1 is 1738084522670001. */
export const account = (n: number): string => `173808452267${String(n).padStart(4, '0')}`;

export const accounts = (...numbers: readonly number[]): string[] => numbers.map(account);

/** From the first to the last number, both included. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

export interface Owner {
  readonly id: string;
  /** Numbers of accounts. */
  readonly now: readonly number[];
  readonly wanted: readonly number[];
  /** Written as not to be bound. */
  readonly unwanted?: readonly number[];
}

export interface Directory {
  readonly contacts: readonly Owner[];
  /** CUSTOM groups; the management account is in every one of them. */
  readonly groups: readonly Owner[];
  readonly accounts: number;
  readonly behaviour?: Readonly<Record<string, unknown>>;
}

/** As it is before the first run. Writes of different contacts are not in each other's way. */
export function stateOf({ contacts, groups, accounts: count, behaviour }: Directory): EmulatorState {
  return stateFrom({
    directory: {
      id: DIRECTORY,
      rootFolderId: ROOT,
      managementAccount: { id: MANAGEMENT, name: 'Holding' },
    },
    accounts: range(1, count).map((n) => ({ id: account(n), name: `account-${n}` })),
    contacts: contacts.map(({ id, now }) => ({
      id,
      name: `Contact ${id.slice(2)}`,
      messageTypes: ['SecurityMessage'],
      members: now.map(account),
    })),
    aggregators: groups.map(({ id, now }) => ({
      id,
      name: `Group ${id.slice(3)}`,
      accounts: [MANAGEMENT, ...now.map(account)],
    })),
    behaviour: { lockScope: 'contact', ...behaviour },
  });
}

/** The manifest that asks for what is wanted. */
export function manifestOf({ contacts, groups }: Directory): string {
  const contactLines = contacts.flatMap(({ id, wanted, unwanted = [] }) => [
    `  - contact: ${id}`,
    `    bind: ${list(wanted)}`,
    ...(unwanted.length > 0 ? [`    unbind: ${list(unwanted)}`] : []),
  ]);
  const groupLines = groups.flatMap(({ id, wanted }) => [
    `  - aggregator: ${id}`,
    `    accounts: ${list(wanted)}`,
  ]);
  const owners = [
    ...(contacts.length > 0 ? ['contacts:', ...contactLines] : []),
    ...(groups.length > 0 ? ['aggregators:', ...groupLines] : []),
  ];
  return `${['version: 1', 'ownership: listed', ...owners].join('\n')}\n`;
}

const list = (numbers: readonly number[]): string => `[${numbers.map((n) => `"${account(n)}"`).join(', ')}]`;
