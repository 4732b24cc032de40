import type { ReportFormat } from '../../model/file-formats.ts';

/** Files in the folder of a run. */
export const RUN_FILES: Readonly<Record<Exclude<ReportFormat, 'metrics'>, string>> = {
  json: 'report.json',
  markdown: 'report.md',
  html: 'report.html',
  csv: 'report.csv',
  junit: 'junit.xml',
};

/** Stands beside the folders of runs: the textfile collector of Prometheus looks into one folder. */
export const METRICS_FILE = 'metrics.prom';
/** A link to the folder of the newest run. */
export const LATEST = 'latest';

/** `2026-11-21T09-30-00.000Z-a1b2c3`, as `newRunId` makes them. */
export const isRunId = (name: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z-[0-9a-f]{6}$/.test(name);
