import { h } from 'preact';
import { type Cause, groupByCause } from '../causes.ts';
import type { Report, ReportChange } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { grouped, listed } from '../words.ts';
import { ownerInWords } from './change-table.ts';
import { type Html, plainTable } from './plain-table.ts';
import { statusMark } from './status-mark.ts';

/** Why changes are not as planned, over all targets, with what to do; undefined where all are. */
export function causeTable({ targets }: Report): Html | undefined {
  const causes = groupByCause(targets);
  if (causes.length === 0) return undefined;
  const changes = targets.flatMap((target) => target.changes);
  return plainTable(
    'Why changes are not as planned',
    ['Changes', 'Outcome', 'Because', 'What to do', 'Of'],
    causes.map((cause) => causeRow(cause, ownersOf(cause, changes))),
  );
}

function causeRow(cause: Cause, owners: readonly string[]): Html {
  const { status, message, count, remedy } = cause;
  return h('tr', null, [
    h('td', { class: 'number' }, grouped(count)),
    h('td', { class: 'status' }, statusMark(status)),
    h('th', { scope: 'row', class: 'text' }, [
      displayText(cause.cause),
      message === '' ? undefined : h('p', { class: 'reason' }, displayText(message)),
    ]),
    h('td', { class: 'text' }, [
      status === 'already' ? 'nothing: it was as planned before its turn' : (remedy ?? 'as it says'),
    ]),
    h('td', { class: 'text' }, [h('bdi', null, listed(owners)), ' ', showButton(cause)]),
  ]);
}

/** None where the cause stands for several. */
const ownersOf = ({ status, cause }: Cause, changes: readonly ReportChange[]): string[] => {
  const own = changes.filter(
    ({ outcome }) => outcome.status === status && (status === 'not-visible' || keyOf(outcome) === cause),
  );
  return [...new Set(own.map(ownerInWords))];
};

/** As `groupByCause` has it. */
function keyOf(outcome: ReportChange['outcome']): string {
  if ('because' in outcome) return outcome.because;
  return 'code' in outcome ? outcome.code : '';
}

const showButton = ({ status, cause, message }: Cause): Html =>
  h(
    'button',
    {
      type: 'button',
      class: 'needs-script',
      'data-show': 'changes',
      'data-set-outcome': status,
      // A cause without a message of its own may stand for several.
      'data-set-search': message === '' ? '' : displayText(cause),
      'aria-label': `Show the changes: ${status.replace('-', ' ')}, ${displayText(cause)}`,
    },
    'Show the changes',
  );
