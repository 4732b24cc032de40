import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../samples/support/built.ts';

export const JOBS = join(ROOT, 'jobs');

/** The folders with a job of their own. */
export const JOB_NAMES = ['dry-run', 'migration', 'nightly'] as const;
export type JobName = (typeof JOB_NAMES)[number];

export const readJobsFile = (...path: readonly string[]): string => readFileSync(join(JOBS, ...path), 'utf8');

/** Every file below jobs/, with its text. */
export function allJobsFiles(): { readonly path: string; readonly text: string }[] {
  return readdirSync(JOBS, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path: path.slice(JOBS.length + 1), text: readFileSync(path, 'utf8') }));
}
