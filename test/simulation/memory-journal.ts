import { unansweredAt } from '../../src/job/records/earlier-writes.ts';
import type { JournalLine } from '../../src/job/records/journal-line.ts';
import type { Clock, IntendedCall, SettledCall, WriteJournal } from '../../src/model/ports.ts';

/** The journals of all runs of a scenario: they outlive the process that wrote them. */
export class MemoryJournals {
  readonly #lines: JournalLine[][] = [];

  open(clock: Clock): WriteJournal & { readonly intents: number } {
    const lines: JournalLine[] = [];
    this.#lines.push(lines);
    let calls = 0;
    return {
      get intents() {
        return calls;
      },
      intend(call: IntendedCall): number {
        calls += 1;
        lines.push({ line: 'intent', call: calls, at: clock.now(), ...call });
        return calls;
      },
      settle(call: number, result: SettledCall): void {
        lines.push({ line: 'settled', call, at: clock.now(), ...result });
      },
    };
  }

  until(settleMs: number): number | undefined {
    const unanswered = this.#lines.flatMap((lines) => unansweredAt(lines));
    return unanswered.length === 0 ? undefined : Math.max(...unanswered) + settleMs;
  }
}
