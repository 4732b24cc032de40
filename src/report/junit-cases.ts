import { exitMeaning } from './exit-meaning.ts';
import { guardFindings } from './guard-findings.ts';
import { remedyFor, remedyForProblem } from './remedy.ts';
import type { ReportChange, ReportProblem, ReportTarget } from './report-schema.ts';
import { memberInWords, reasonInWords, requestInWords, sourceInWords } from './words.ts';
import { xmlText } from './xml-text.ts';

/** One line of a test report. All texts are made safe for display. */
export interface JunitCase {
  /** What it is about; the end of the class name. */
  readonly of: string;
  readonly name: string;
  readonly elapsedMs: number;
  readonly verdict: JunitVerdict;
}

export type JunitVerdict =
  | { readonly status: 'passed' }
  /** Passed, with something to say. */
  | { readonly status: 'noted'; readonly text: string }
  | { readonly status: 'skipped'; readonly text: string }
  | { readonly status: 'failure' | 'error'; readonly type: string; readonly text: string };

/** A case for every change, every finding of the guard and every problem; at least one a target. */
export function junitCases(target: ReportTarget): readonly JunitCase[] {
  const cases = [
    ...guardFindings(target).map(({ rule, found, remedy }) => {
      const text = xmlText(remedy === '' ? found : `${found}; ${remedy}`);
      return caseOf('guard', xmlText(rule), { status: 'failure', type: xmlText(rule), text });
    }),
    ...target.problems.map(problemCase),
    ...target.changes.map(changeCase),
  ];
  return cases.length === 0 ? [resultCase(target)] : cases;
}

/** Most CI servers take a suite without cases for a mistake. */
function resultCase({ result, exitCode }: ReportTarget): JunitCase {
  const text = `exit ${exitCode}: ${exitMeaning(exitCode)}`;
  return caseOf(
    'run',
    result,
    exitCode === 0 ? { status: 'passed' } : { status: 'error', type: result, text },
  );
}

function problemCase(problem: ReportProblem): JunitCase {
  const { code, severity, file, line, column, message } = problem;
  const remedy = remedyForProblem(problem);
  const text = xmlText(remedy === undefined ? message : `${message}; ${remedy}`);
  const name = file === null ? code : `${file}:${line}:${column} ${code}`;
  const verdict: JunitVerdict =
    severity === 'error' ? { status: 'error', type: xmlText(code), text } : { status: 'noted', text };
  return caseOf('problems', xmlText(name), verdict);
}

function changeCase(change: ReportChange): JunitCase {
  const { kind, owner, action, member, outcome } = change;
  const called = owner.name === null ? '' : `${xmlText(owner.name)} `;
  const words = [action, xmlText(member.id), memberInWords(member), placeOf(change)];
  const name = xmlText(words.filter((word) => word !== '').join(' '));
  const elapsedMs = 'elapsedMs' in outcome ? outcome.elapsedMs : 0;
  const of = `${kind} ${called}(${xmlText(owner.id)})`;
  return { of, name, elapsedMs, verdict: verdictOf(change) };
}

function placeOf(change: ReportChange): string {
  const place = sourceInWords(change);
  return place === '' ? '' : `(${place})`;
}

function verdictOf({ outcome }: ReportChange): JunitVerdict {
  const text = xmlText(`${reasonInWords(outcome)}${requestInWords(outcome)}`);
  switch (outcome.status) {
    case 'applied':
      return { status: 'passed' };
    case 'already':
      return { status: 'noted', text };
    case 'planned':
      return { status: 'skipped', text: 'planned: nothing is applied in a dry run' };
    case 'skipped':
      return { status: 'skipped', text };
    case 'not-visible':
      return { status: 'failure', type: outcome.status, text };
    case 'failed':
    case 'uncertain':
      return { status: 'failure', type: outcome.status, text: `${text}; ${remedyFor(outcome.code)}` };
  }
}

const caseOf = (of: string, name: string, verdict: JunitVerdict): JunitCase => ({
  of,
  name,
  elapsedMs: 0,
  verdict,
});
