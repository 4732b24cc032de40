export { type DiffOptions, renderDiff } from './diff-text.ts';
export { renderSummary, type SummaryOptions } from './summary-text.ts';
