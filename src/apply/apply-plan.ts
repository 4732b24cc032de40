import type { ActualState } from '../model/actual-state.ts';
import type { BindingChange, Change, Plan } from '../model/plan.ts';
import { Territory } from '../model/territory.ts';
import type { ApplyContext, ApplyPorts, ApplySettings } from './context.ts';
import { Ledger } from './ledger.ts';
import { type ClosedContacts, performChain } from './perform-chain.ts';
import { performRemovals } from './perform-removals.ts';
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
  const context: ApplyContext = { ...ports, settings, ledger, territory };
  await Promise.all([
    applyContacts(context, plan, countedOn(whole, actual)),
    ...plan.aggregators.map((schedule) => performUpdate(context, schedule)),
  ]);
  return verify(context, asWritten);
}

async function applyContacts(context: ApplyContext, plan: Plan, relied: readonly CountedOn[]): Promise<void> {
  const closed: ClosedContacts = new Map();
  await Promise.all(plan.contacts.map(({ adds }) => performChain(context, adds, closed)));
  await performSwaps(context, plan.contacts, relied, closed);
  const removes = plan.contacts.flatMap((contact) => contact.removes);
  if (removes.length > 0) await performRemovals(context, removes, relied, closed);
}

/** The bindings that should be there when the removals begin: those that stay, and those that were to be added. */
function countedOn(plan: Plan, actual: ActualState): CountedOn[] {
  const removed = new Set(plan.changes.filter(({ action }) => action === 'unbind').map(({ id }) => id));
  const staying = [...(actual.contacts?.values() ?? [])].flatMap(({ id: contactId, bindings }) =>
    [...bindings.values()]
      .filter(({ target }) => !removed.has(`unbind:${contactId}:${target.id}`))
      .map(({ target }) => ({ contactId, target })),
  );
  const added = plan.changes.filter((change): change is BindingChange => change.action === 'bind');
  return [...staying, ...added];
}
