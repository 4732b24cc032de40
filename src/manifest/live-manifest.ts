import type { ActualState, Aggregator, AggregatorSummary, Contact } from '../model/actual-state.ts';
import { compareText } from '../model/compare.ts';
import type { AggregatorId, ContactId, DirectoryId } from '../model/ids.ts';
import { label } from './label.ts';
import { LiveMembers, type SortedMembers } from './live-members.ts';

/** What exists, as a manifest can say it. Owners stand in the order of their ids, members by kind and id. */
export interface LiveManifest {
  readonly directoryId: DirectoryId;
  /** Undefined when contacts were not read. */
  readonly contacts: readonly LiveOwner[] | undefined;
  /** Undefined when aggregators were not read. */
  readonly aggregators: readonly LiveOwner[] | undefined;
}

export interface LiveOwner extends SortedMembers {
  readonly id: ContactId | AggregatorId;
  /** As the service has it: it may hold anything. */
  readonly name: string;
  /** For people: the name, and what is unusual about the owner. */
  readonly label: string;
  /** Why no manifest can write this owner, in a few words; undefined when one can. */
  readonly obstacle: string | undefined;
}

/** @param actual  with accounts and folders, and every CUSTOM aggregator that can be read */
export function liveManifest(actual: ActualState): LiveManifest {
  const members = new LiveMembers(actual);
  return {
    directoryId: actual.directory.id,
    contacts: actual.contacts && sorted(actual.contacts.values()).map((one) => liveContact(one, members)),
    aggregators:
      actual.aggregatorList &&
      sorted(actual.aggregatorList).map((one) =>
        liveAggregator(one, actual.aggregators.get(one.id), members),
      ),
  };
}

const sorted = <T extends { readonly id: string }>(owners: Iterable<T>): readonly T[] =>
  [...owners].sort((a, b) => compareText(a.id, b.id));

function liveContact({ id, name, status, bindings }: Contact, members: LiveMembers): LiveOwner {
  const bound = members.ofContact([...bindings.values()]);
  const state = status === 'Active' ? '' : ` (${label(status)})`;
  return {
    id,
    name,
    label: `${label(name)}${state}`.trim(),
    ...bound,
    obstacle: bound.holdsManagement
      ? 'is bound to the management account and no manifest can say so'
      : undefined,
  };
}

function liveAggregator(
  { id, name, type }: AggregatorSummary,
  read: Aggregator | undefined,
  members: LiveMembers,
): LiveOwner {
  const accounts = type === 'CUSTOM' ? [...(read?.accounts.values() ?? [])] : [];
  const held = members.ofAggregator(accounts);
  return { id, name, label: label(name), ...held, obstacle: aggregatorObstacle(type, read, held) };
}

function aggregatorObstacle(
  type: string,
  read: Aggregator | undefined,
  { members }: SortedMembers,
): string | undefined {
  if (type !== 'CUSTOM') return `is of type ${label(type)} and its members are chosen by the service`;
  if (read === undefined) return 'is listed and cannot be read';
  return members.length === 0 ? 'has no account that is in the directory' : undefined;
}
