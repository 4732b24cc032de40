import { StateFileError } from './state-file.ts';

const MOST_PROBLEMS = 10;

/**
 * Why a state file cannot be used, a line for each problem, with the file's name.
 * @param error  what reading the file or its text threw
 * @returns undefined when the error is about something else
 */
export function stateTrouble(file: string, error: unknown): readonly string[] | undefined {
  if (error instanceof StateFileError) return linesOf(file, error.problems);
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  if (error.syscall === 'listen') return undefined;
  const code = String(error.code);
  const reason = REASONS.get(code) ?? 'the system refuses it';
  return [`the state file ${file} cannot be read: ${reason} (${code}); check the path`];
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'it may not be read by this user'],
  ['EISDIR', 'it is a folder'],
]);

function linesOf(file: string, problems: readonly string[]): string[] {
  const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => `${file}  ${problem}`);
  const left = problems.length - shown.length;
  return left === 0 ? shown : [...shown, `${file}  and ${left} more ${left === 1 ? 'problem' : 'problems'}`];
}
