import { type Cause, groupByCause } from './causes.ts';
import { guardFindings } from './guard-findings.ts';
import type { Report } from './report-schema.ts';
import { displayText } from './scrub.ts';
import { counted, grouped } from './words.ts';

/** A line of the summary. */
export type Row = readonly [label: string, text: string];

/** What needs a person, gravest first. */
export function attentionRows({ targets }: Report): Row[] {
  const problems = targets.flatMap((target) => target.problems);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const residual = targets.reduce((total, { verification }) => total + verification.residual.length, 0);
  return [
    ...(errors > 0 ? [['problems', counted(errors, 'error')] satisfies Row] : []),
    ...guardRows(targets),
    ...groupByCause(targets).map(causeRow),
    ...(residual > 0
      ? [['residual', `${counted(residual, 'change')} still needed, as last read`] satisfies Row]
      : []),
    ...(warnings > 0 ? [['warnings', counted(warnings, 'warning')] satisfies Row] : []),
  ];
}

/** The rules only: what each found, and what to do, stands above with the plan. */
function guardRows(targets: Report['targets']): Row[] {
  const counts = new Map<string, number>();
  for (const { rule, count } of targets.flatMap(guardFindings))
    counts.set(rule, (counts.get(rule) ?? 0) + count);
  const rules = [...counts].map(
    ([rule, count]) => `${displayText(rule)}${count > 1 ? ` (${grouped(count)})` : ''}`,
  );
  return rules.length === 0 ? [] : [['guard', `tripped by ${rules.join(', ')}`]];
}

function causeRow({ status, cause, message, count, remedy }: Cause): Row {
  const label = status === 'not-visible' ? 'unseen' : status;
  const said = message === '' ? '' : `: ${displayText(message)}`;
  const advice = remedy === undefined ? '' : `${said === '' ? ':' : ';'} ${remedy}`;
  return [label, `${grouped(count)} × ${displayText(cause)}${said}${advice}`];
}
