import { asciiText } from './ascii-text.ts';
import { type DiffOptions, renderDiff } from './diff-text.ts';
import type { Report } from './report-schema.ts';
import { renderSummary, type SummaryOptions } from './summary-text.ts';

export interface TextOptions extends DiffOptions, SummaryOptions {
  /** For a terminal that shows no other letters. */
  readonly ascii?: boolean;
}

/** The whole run for a terminal: what changes in each directory, then the summary. Ends with a line break. */
export function renderText(report: Report, options: TextOptions): string {
  const text = [
    ...report.targets.map((target) => renderDiff(target, options)),
    renderSummary(report, options),
  ].join('\n');
  return options.ascii === true ? asciiText(text) : text;
}
