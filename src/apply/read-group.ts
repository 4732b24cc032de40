import type { Aggregator } from '../model/actual-state.ts';
import { describeHalt, type HaltSwitch } from '../model/halt.ts';
import type { AggregatorId } from '../model/ids.ts';
import type { PacedCall } from '../model/ports.ts';
import type { ApplyContext } from './context.ts';
import { isSoIn } from './merge-accounts.ts';
import { withheld } from './not-sent.ts';
import { readUntil } from './patience.ts';
import { unlessUnreadable } from './read-back.ts';

/**
 * An account group right before it is written to. A list that does not show yet what we wrote before must not be
 * written back: then it is not readable.
 * @throws NotSent when it is gone or cannot be read
 */
export async function readGroup(
  context: ApplyContext,
  aggregatorId: AggregatorId,
  call: PacedCall,
): Promise<Aggregator> {
  const { ledger, state, halt } = context;
  const written = ledger.entries.flatMap(({ change, finding }) =>
    change.kind === 'aggregator' && change.aggregatorId === aggregatorId && finding.kind === 'acknowledged'
      ? [change]
      : [],
  );
  const showsThem = (now: Aggregator | 'missing'): boolean =>
    now === 'missing' || written.every((change) => isSoIn(change, now));
  const read = async (): Promise<Aggregator | 'missing'> =>
    (await state.aggregator(aggregatorId, call)) ?? 'missing';
  const now = await readUntil(context, () => unlessUnreadable(read), showsThem);
  if (now === 'missing') throw withheld('it does not exist any more, or is not ours to see');
  if (now === undefined || !showsThem(now)) throw withheld(whyUnread(halt));
  return now;
}

const whyUnread = ({ reason }: HaltSwitch): string =>
  reason === undefined ? 'it could not be read right before the write' : describeHalt(reason);
