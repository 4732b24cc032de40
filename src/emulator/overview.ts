import type { LoggedCall } from './call-log.ts';
import type { EmulatedCloud } from './emulated-cloud.ts';
import type { Gateway } from './gateway.ts';
import type { Snapshot } from './snapshot.ts';
import type { EmulatedAggregator } from './state.ts';

/** Enough to fill a page; older calls are in `GET /_emulator/calls`. */
const MOST_CALLS = 200;

/**
 * What the page shows of one directory. No addresses, no phone numbers, no keys.
 * @param after  the number of the last call that the page has
 */
export function overviewOf(gateway: Gateway, cloud: EmulatedCloud, after: number): object {
  const state = cloud.snapshot();
  const nameOf = namesOf(state);
  const calls = cloud.calls();
  const lastCall = calls.at(-1)?.n ?? 0;
  // More than there are: the caller has not seen that the log began anew.
  const since = after > lastCall ? 0 : after;
  return {
    directories: gateway.directoryIds,
    directory: state.directory.id,
    accounts: state.accounts.length,
    folders: state.folders.length,
    contacts: state.contacts.map(({ id, name, status, members }) => ({
      id,
      name,
      status,
      targets: members.map((member) => ({ id: member, name: nameOf(member) })),
    })),
    groups: state.aggregators.map((group) => ({
      id: group.id,
      name: group.name,
      type: group.type,
      holds: holdingOf(group, nameOf),
    })),
    faults: cloud.presentState().faults,
    calls: calls
      .slice(-MOST_CALLS)
      .filter(({ n }) => n > since)
      .map(shown),
    lastCall,
  };
}

function namesOf(state: Snapshot): (id: string) => string {
  const { directory, folders, accounts } = state;
  const names = new Map([...folders, ...accounts].map(({ id, name }) => [id, name]));
  const whole = 'the whole directory';
  return (id) => names.get(id) ?? ([directory.id, directory.rootFolderId].includes(id) ? whole : 'gone');
}

function holdingOf({ type, accounts, folders }: EmulatedAggregator, nameOf: (id: string) => string): string {
  if (type === 'RD') return 'every account of the directory';
  if (type === 'FOLDER') return `the accounts of ${folders.map(nameOf).join(', ')}`;
  return `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}`;
}

/** Without the parameters: they may hold addresses. */
const shown = ({ n, at, action, owner, members, status, code, fault, applied }: LoggedCall) => ({
  n,
  at,
  action,
  owner,
  members: members.length,
  status,
  code,
  fault,
  applied,
});
