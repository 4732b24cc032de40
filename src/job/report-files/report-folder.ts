import { lstatSync, mkdtempSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../model/exit-code.ts';
import type { ReportFormat } from '../../model/file-formats.ts';
import { makeFolder } from '../files/make-folder.ts';
import { CLOSE_IT, isOpenToAll } from '../files/open-to-all.ts';
import { problem, Stop } from '../stop.ts';
import { LATEST } from './report-names.ts';

/**
 * Makes the folder for reports and tries that it takes new ones, so that a run which writes to the cloud does not find
 * out afterwards that it has no place to report to. @throws Stop (usage)
 */
export function reportFolderOrStop(reportDir: string, formats: readonly ReportFormat[]): void {
  try {
    makeFolder(reportDir);
    rmdirSync(mkdtempSync(join(reportDir, '.probe-')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw stop(
      `the report folder ${reportDir} cannot be used (${code}); check that it is a folder and may be written to, or pass --report-dir DIR`,
    );
  }
  if (isOpenToAll(reportDir))
    throw stop(`the report folder ${reportDir} ${CLOSE_IT} it, or pass --report-dir DIR`);
  if (formats.some((format) => format !== 'metrics')) checkLatest(join(reportDir, LATEST));
}

/** What is not our link is somebody's: it can neither be led to the new report nor be taken away. */
function checkLatest(link: string): void {
  const found = lstatSync(link, { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return;
  const what = found.isDirectory() ? 'folder' : 'file';
  throw stop(
    `${link} is a ${what}, expected the link that leads to the newest report; move it away, or pass --report-dir DIR`,
  );
}

const stop = (message: string): Stop => new Stop(EXIT.usage, 'failed', [problem('report-folder', message)]);
