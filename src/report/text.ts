export { renderDiff } from './diff-text.ts';
export { renderSummary } from './summary-text.ts';
