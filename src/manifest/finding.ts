import type { Source } from '../model/manifest.ts';
import type { Checked, Problem } from '../model/problem.ts';

/** A problem that does not know its place yet. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

/** One written value, read; `note` says that it was read in spite of its form. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly note: Fault | undefined }
  | { readonly ok: false; readonly fault: Fault };

export const parsed = <T>(value: T, note?: Fault): Parsed<T> => ({ ok: true, value, note });
export const faulty = (code: string, message: string): { readonly ok: false; readonly fault: Fault } => ({
  ok: false,
  fault: { code, message },
});

export const error = (code: string, source: Source | undefined, message: string): Problem => ({
  code,
  severity: 'error',
  source,
  message,
});

export const warning = (code: string, source: Source | undefined, message: string): Problem => ({
  code,
  severity: 'warning',
  source,
  message,
});

/** The value with its warnings, or, when one finding is an error, all findings. */
export function checked<T>(value: T, findings: readonly Problem[]): Checked<T> {
  return findings.some(({ severity }) => severity === 'error')
    ? { ok: false, problems: findings }
    : { ok: true, value, warnings: findings };
}

/** Puts a parsed value's note or fault into the findings. @returns undefined when there is no value */
export function take<T>(result: Parsed<T>, source: Source, findings: Problem[]): T | undefined {
  if (!result.ok) {
    findings.push(error(result.fault.code, source, result.fault.message));
    return undefined;
  }
  if (result.note !== undefined) findings.push(warning(result.note.code, source, result.note.message));
  return result.value;
}

/** `manifest.csv:14:9`, for messages that name a second place. */
export const placeText = ({ file, line, column }: Source): string => `${file}:${line}:${column}`;
