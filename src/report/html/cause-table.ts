import { h } from 'preact';
import { type Cause, groupByCause } from '../causes.ts';
import type { Report } from '../report-schema.ts';
import { displayText } from '../scrub.ts';
import { grouped } from '../words.ts';
import { type Html, plainTable } from './plain-table.ts';
import { statusMark } from './status-mark.ts';

/** Why changes are not as planned, over all targets, with what to do; undefined where all are. */
export function causeTable({ targets }: Report): Html | undefined {
  const causes = groupByCause(targets);
  if (causes.length === 0) return undefined;
  return plainTable(
    'Why changes are not as planned',
    ['Changes', 'Outcome', 'Because', 'What to do'],
    causes.map(causeRow),
  );
}

function causeRow(cause: Cause): Html {
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
      ' ',
      showButton(cause),
    ]),
  ]);
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
