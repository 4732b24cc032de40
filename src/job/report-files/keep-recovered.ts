import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFormat } from '../../model/file-formats.ts';
import type { Clock } from '../../model/ports.ts';
import type { RunRecord } from '../../model/target-result.ts';
import { assembleReport } from '../../report/assemble-report.ts';
import { buildReport } from '../../report/build-report.ts';
import type { Report, ReportTarget } from '../../report/report-schema.ts';
import { DEFECT_EXIT_CODE } from '../crashed-target.ts';
import { thisProcess } from '../records/lock-owner.ts';
import { takeLock } from '../records/run-lock.ts';
import { newRunId } from '../run-id.ts';
import { addHistory } from './add-history.ts';
import { ReportUnwritable, writeReportFiles } from './report-files.ts';

export interface RecoveryPlace {
  readonly reportDir: string;
  readonly formats: readonly ReportFormat[];
  readonly tool: { readonly name: string; readonly version: string };
  readonly clock: Clock;
}

export interface Recovered {
  readonly report: Report;
  /** Where it stands. */
  readonly path: string | undefined;
}

/** Others put targets of the same dead run into its report, too; each takes a moment. */
const WAIT_MS = 60_000;

/**
 * Puts what a dead run did in one directory into the report of that run. Its journals stand in one folder for each
 * directory and are found one by one, by other runs, perhaps at the same time: so the report grows by a target
 * each time, under a lock. A target that the run itself reported stays as it is: the run knew more than its journal.
 * @returns undefined when the report held the target already
 */
export async function keepRecovered(
  record: RunRecord,
  { reportDir, formats, tool, clock }: RecoveryPlace,
): Promise<Recovered | undefined> {
  const folder = join(reportDir, record.id);
  const added = buildReport(record, tool);
  const me = thisProcess(newRunId(clock.now()));
  const lock = await takeLock(folder, me, WAIT_MS, clock).catch(async (error: unknown) => {
    throw new ReportUnwritable(await addHistory(added, reportDir), reportDir, error);
  });
  try {
    const earlier = await earlierReport(join(folder, 'report.json'));
    const whole = earlier === undefined ? added : merged(earlier, added);
    if (whole === undefined) return undefined;
    const report = await addHistory(whole, reportDir);
    // The next target of the run is added to this very file.
    const path = await writeReportFiles(report, reportDir, [...new Set<ReportFormat>(['json', ...formats])]);
    return { report, path };
  } finally {
    await lock.release();
  }
}

async function earlierReport(path: string): Promise<Report | undefined> {
  const { readReport } = await import('./read-report.ts');
  const file = await readReport(path, readFile);
  return file.ok ? file.value : undefined;
}

/** @returns undefined when there is nothing to add */
function merged(earlier: Report, added: Report): Report | undefined {
  const [target] = added.targets;
  const known = earlier.targets.find(({ name }) => name === target?.name);
  if (target === undefined || (known !== undefined && !wasCutShort(known))) return undefined;
  const others = earlier.targets.filter(({ name }) => name !== target.name);
  const { id, mode, startedAt, finishedAt } = earlier.run;
  const end = Math.max(Date.parse(finishedAt), Date.parse(added.run.finishedAt));
  return assembleReport(
    { id, mode, startedAt: Date.parse(startedAt), finishedAt: end },
    [...others, target],
    earlier.tool,
  );
}

/** By a defect of the program: its journal knows what had been sent. */
const wasCutShort = ({ exitCode }: ReportTarget): boolean => exitCode === DEFECT_EXIT_CODE;
