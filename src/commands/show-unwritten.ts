import type { ReportUnwritable } from '../job/report-files/report-files.ts';
import { EXIT } from '../model/exit-code.ts';
import { jsonText } from '../report/json-text.ts';
import type { Output } from './output.ts';

/** Node's own code for a crash: the report could not be left where it was asked for. */
const REPORT_LOST = 1;

/**
 * Prints a whole report that could not be stored, so that what was done is not lost with it.
 * @returns the run's own exit code; where that says that all is well, 1
 */
export function showUnwritten({ message, report }: ReportUnwritable, { log, print }: Output): number {
  log.error(`${message}; it stands on stdout instead`);
  print(jsonText(report, 2));
  const { exitCode } = report.run;
  return exitCode === EXIT.inSync || exitCode === EXIT.changesPending ? REPORT_LOST : exitCode;
}
