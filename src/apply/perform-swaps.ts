import type { BindingChange, ContactSchedule } from '../model/plan.ts';
import type { ApplyContext } from './context.ts';
import { groundForRemovals } from './ground-for-removals.ts';
import type { ClosedContacts } from './perform-chain.ts';
import { performTurn } from './perform-turn.ts';
import type { CountedOn } from './removal-safety.ts';
import { changesOf, chooseTurns } from './swap-turns.ts';

/**
 * Contacts at their cap: removals and additions in turn. Before each round all contacts are read, and those go that
 * leave no account without what another contact is still to bring. Where there are pauses between writes, a round
 * is one contact, since it may take hours.
 */
export async function performSwaps(
  context: ApplyContext,
  schedules: readonly ContactSchedule[],
  countedOn: readonly CountedOn[],
  closed: ClosedContacts,
): Promise<void> {
  const { accounts, settings } = context;
  const most = (settings.pauseMs ?? 0) > 0 ? 1 : schedules.length;
  const done: ContactSchedule[] = [];
  let waiting = schedules.filter(({ swaps }) => swaps.length > 0);
  while (waiting.length > 0) {
    const ground = await groundForRemovals(context);
    if (ground.contacts === undefined) return skip(context, waiting.flatMap(changesOf), ground.because);
    const { territory } = accounts;
    const { ready, held } = chooseTurns(waiting, done, { fresh: ground.contacts, countedOn, territory });
    if (ready.length === 0) {
      for (const [schedule, because] of held) skip(context, changesOf(schedule), because);
      return;
    }
    const now = ready.slice(0, most);
    await Promise.all(now.map(({ swaps }) => performTurn(context, swaps, closed)));
    done.push(...now);
    waiting = waiting.filter((schedule) => !now.includes(schedule));
  }
}

function skip({ ledger }: ApplyContext, changes: readonly BindingChange[], because: string): void {
  ledger.find(changes, { kind: 'skipped', because });
}
