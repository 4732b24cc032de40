import type { ActualState } from '../model/actual-state.ts';
import type { BindingChange, Change, Plan } from '../model/plan.ts';
import { Territory } from '../model/territory.ts';
import type { ApplyContext, ApplyPorts, ApplySettings } from './context.ts';
import { foreseenLosses } from './foreseen-losses.ts';
import { Ledger } from './ledger.ts';
import { LiveAccounts, restOnPlaces } from './live-accounts.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { type Intent, performRemovals } from './perform-removals.ts';
import { performSwaps } from './perform-swaps.ts';
import { performUpdate } from './perform-update.ts';
import type { CountedOn } from './removal-safety.ts';
import { type Verified, verify } from './verify.ts';

/** What a plan comes from. */
export interface Ground {
  /** The plan that it is a part of: nothing is removed that counts on an addition which is left out. */
  readonly whole: Plan;
  /** What the whole plan was made from. */
  readonly actual: ActualState;
  /** What is as written and not in the whole plan, each as the change that would make it so again. */
  readonly asWritten: readonly Change[];
}

/**
 * Carries out a plan: additions, then swaps of contacts at their cap, then removals, each stage across all
 * contacts; account groups beside them; then everything that was touched is read back.
 * @param plan  what is sent
 */
export async function applyPlan(
  plan: Plan,
  { whole, actual, asWritten }: Ground,
  settings: ApplySettings,
  ports: ApplyPorts,
): Promise<Verified> {
  const ledger = new Ledger(plan.changes);
  const territory = new Territory(actual.accounts?.values() ?? []);
  const relied = countedOn(whole, actual);
  const accounts = new LiveAccounts(territory, restOnPlaces(unbindsOf(plan), relied, territory));
  const context: ApplyContext = { ...ports, settings, ledger, accounts };
  const mayLose = foreseenLosses(unbindsOf(whole), relied, actual, territory);
  await Promise.all([
    applyContacts(context, plan, { countedOn: relied, mayLose }),
    ...plan.aggregators.map((schedule) => performUpdate(context, schedule)),
  ]);
  return verify(context, asWritten);
}

async function applyContacts(context: ApplyContext, plan: Plan, intent: Intent): Promise<void> {
  const closed: ClosedContacts = new Map();
  await Promise.all(plan.contacts.map(({ adds }) => performChain(context, adds, closed)));
  await performSwaps(context, plan.contacts, intent.countedOn, closed);
  const removes = plan.contacts.flatMap((contact) => contact.removes);
  if (removes.length > 0) await performRemovals(context, removes, intent, closed);
}

/** The bindings that should be there when the removals begin: those that stay, and those that were to be added. */
function countedOn(plan: Plan, { contacts }: ActualState): CountedOn[] {
  const removed = new Set(unbindsOf(plan).map(({ id }) => id));
  const staying = [...(contacts?.values() ?? [])].flatMap((planned) =>
    [...planned.bindings.values()]
      .filter(({ target }) => !removed.has(`unbind:${planned.id}:${target.id}`))
      .map(({ target }) => ({ contactId: planned.id, target, planned })),
  );
  const added = plan.changes.filter((change): change is BindingChange => change.action === 'bind');
  const toCome = added.map(({ contactId, target }) => ({
    contactId,
    target,
    planned: contacts?.get(contactId),
  }));
  return [...staying, ...toCome];
}

const unbindsOf = ({ changes }: Plan): readonly BindingChange[] =>
  changes.filter((change): change is BindingChange => change.action === 'unbind');
