import { type DiffOptions, renderDiff } from './diff-text.ts';
import type { Report } from './report-schema.ts';
import { renderSummary, type SummaryOptions } from './summary-text.ts';

/** The whole run for a terminal: what changes in each directory, then the summary. Ends with a line break. */
export function renderText(report: Report, options: DiffOptions & SummaryOptions): string {
  return [
    ...report.targets.map((target) => renderDiff(target, options)),
    renderSummary(report, options),
  ].join('\n');
}
