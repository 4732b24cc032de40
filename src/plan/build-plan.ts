import type { ActualState } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import { groupBy } from '../model/group-by.ts';
import type {
  AggregatorSchedule,
  BindingChange,
  Change,
  ContactSchedule,
  MembershipChange,
  Plan,
  PlanCounts,
} from '../model/plan.ts';
import { Territory } from '../model/territory.ts';
import { awaitsOthers } from './awaits-others.ts';
import { countCalls } from './count-calls.ts';
import { planDigest } from './digest.ts';
import { gapFinder } from './gaps.ts';
import { type GuardLimits, judge } from './guard.ts';
import { guardFacts } from './guard-facts.ts';
import { scheduleContact } from './schedule-contact.ts';

export interface PlanSettings {
  readonly guard: GuardLimits;
  readonly targetsPerContact: number;
}

export interface PlannedChanges {
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly unmanaged: number;
  /** Bindings and memberships that exist now under the owners that the manifest manages. */
  readonly managedNow: number;
}

/** Every decision about what is sent, in which calls, in which order, and whether it may be sent at all. */
export function buildPlan(
  desired: DesiredState,
  actual: ActualState,
  { changes, unchanged, unmanaged, managedNow }: PlannedChanges,
  settings: PlanSettings,
): Plan {
  const territory = actual.accounts && new Territory(actual.accounts.values());
  const contacts = scheduleContacts(actual, changes, territory, settings);
  const aggregators = scheduleAggregators(changes);
  return {
    digest: planDigest(actual.directory.id, changes),
    changes,
    contacts,
    aggregators,
    counts: { ...countActions(changes), unchanged, unmanaged },
    calls: countCalls(contacts, aggregators),
    guard: judge({ ...guardFacts(desired, actual, changes, territory), managedNow }, settings.guard),
    protected: [...desired.protected].sort(),
  };
}

function scheduleContacts(
  actual: ActualState,
  changes: readonly Change[],
  territory: Territory | undefined,
  { targetsPerContact }: PlanSettings,
): ContactSchedule[] {
  const bindingChanges = changes.filter((change): change is BindingChange => change.kind === 'contact');
  const awaits = territory && awaitsOthers(actual.contacts?.values() ?? [], bindingChanges, territory);
  return [...groupBy(bindingChanges, ({ contactId }) => contactId)].map(([contactId, ofContact]) => {
    const bindings = actual.contacts?.get(contactId)?.bindings;
    const room = { bound: bindings?.size ?? 0, cap: targetsPerContact };
    return scheduleContact(contactId, ofContact, room, gapFinder(ofContact, bindings, territory, awaits));
  });
}

function scheduleAggregators(changes: readonly Change[]): AggregatorSchedule[] {
  const memberships = changes.filter((change): change is MembershipChange => change.kind === 'aggregator');
  return [...groupBy(memberships, ({ aggregatorId }) => aggregatorId)].map(
    ([aggregatorId, ofAggregator]) => ({
      aggregatorId,
      changes: ofAggregator,
    }),
  );
}

function countActions(changes: readonly Change[]): Omit<PlanCounts, 'unchanged' | 'unmanaged'> {
  const count = (action: Change['action']): number =>
    changes.filter((change) => change.action === action).length;
  return {
    bind: count('bind'),
    unbind: count('unbind'),
    addAccount: count('add-account'),
    removeAccount: count('remove-account'),
  };
}
