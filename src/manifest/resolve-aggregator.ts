import type { Aggregator } from '../model/actual-state.ts';
import type { DesiredAggregator, DesiredMembership } from '../model/desired-state.ts';
import type { AccountId, AggregatorId } from '../model/ids.ts';
import type { WrittenOwner } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import type { TargetId } from '../model/target.ts';
import type { DirectoryView } from './directory-view.ts';
import { error } from './finding.ts';
import { type HeldAfter, heldAfter } from './held-after.ts';
import { type ResolvedMember, type ResolvedMembers, resolveMembers } from './resolve-members.ts';
import type { ResolveSettings } from './resolve-settings.ts';
import { show } from './show.ts';

/** Which accounts an aggregator is to have, and whether the service would let it. */
export function resolveAggregator(
  owner: WrittenOwner<AggregatorId>,
  aggregator: Aggregator,
  view: DirectoryView,
  settings: ResolveSettings,
  findings: Problem[],
): DesiredAggregator {
  const members = resolveMembers(owner, view, new Set(aggregator.accounts.keys()), findings);
  const change = changeOf(owner, aggregator, members, view, settings);
  findings.push(
    ...(notCustom(owner, aggregator) ?? [
      ...emptied(owner, aggregator, change),
      ...tooManyAccounts(owner, aggregator, change, settings),
    ]),
  );
  return {
    id: aggregator.id,
    statesMembers: owner.statesMembers,
    present: memberships(members.present),
    absent: memberships(members.absent),
  };
}

/** The management account, and an account that is gone from the directory, stay unless they are written as absent. */
function changeOf(
  { statesMembers }: WrittenOwner<AggregatorId>,
  { accounts }: Aggregator,
  { present, absent }: ResolvedMembers,
  view: DirectoryView,
  { ownership }: ResolveSettings,
): HeldAfter {
  const kept = [...accounts.keys()].filter(
    (id) => id === view.directory.managementAccountId || view.isGone({ type: 'account', id }),
  );
  const stays = new Set<TargetId>(kept);
  const written = { present: new Set(present.keys()), absent: new Set(absent.keys()) };
  return heldAfter(accounts.keys(), written, {
    replaces: statesMembers && ownership !== 'add-only',
    stays: (id) => stays.has(id),
  });
}

/** @returns undefined for an aggregator that takes accounts */
function notCustom(
  { source, members, statesMembers }: WrittenOwner<AggregatorId>,
  { id, name, type }: Aggregator,
): readonly Problem[] | undefined {
  if (type === 'CUSTOM') return undefined;
  if (members.length === 0 && !statesMembers) return [];
  return [
    error(
      'aggregator-not-custom',
      source,
      `aggregator ${id} (${show(name)}) is of type ${show(type)}, which takes no accounts, expected "CUSTOM"; remove its entries`,
    ),
  ];
}

function emptied(
  { source, members }: WrittenOwner<AggregatorId>,
  { id, name }: Aggregator,
  { after }: HeldAfter,
): readonly Problem[] {
  if (after.size > 0 || members.length === 0) return [];
  return [
    error(
      'aggregator-emptied',
      source,
      `aggregator ${id} (${show(name)}) would be left without accounts, which the service refuses; keep at least one`,
    ),
  ];
}

function tooManyAccounts(
  { source }: WrittenOwner<AggregatorId>,
  { id, name }: Aggregator,
  { after, added }: HeldAfter,
  { limits }: ResolveSettings,
): readonly Problem[] {
  if (added.length === 0 || after.size <= limits.accountsPerAggregator) return [];
  return [
    error(
      'accounts-too-many',
      source,
      `aggregator ${id} (${show(name)}) would have ${after.size} accounts, at most ${limits.accountsPerAggregator} are possible; use another aggregator, or raise --accounts-per-aggregator if the quota was raised`,
    ),
  ];
}

function memberships(
  members: ReadonlyMap<TargetId, ResolvedMember>,
): ReadonlyMap<AccountId, DesiredMembership> {
  const entries = [...members.values()].flatMap(({ target, member }): [AccountId, DesiredMembership][] =>
    target.type === 'account'
      ? [[target.id, { accountId: target.id, accountName: member.accountName, source: member.source }]]
      : [],
  );
  return new Map(entries);
}
