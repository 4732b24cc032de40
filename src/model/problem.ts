import type { Source } from './manifest.ts';

/** Something in the input that is wrong (error) or was read in spite of its form (warning). */
export interface Problem {
  /** Stable name in kebab case, for example `id-scientific`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly source: Source | undefined;
  /** What was found, what was expected, what to do: one line, no trailing full stop. */
  readonly message: string;
}

/** A value, or every problem that stands in its way. Warnings may come with a value. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function formatProblem({ source, severity, message }: Problem): string {
  const place = source === undefined ? '' : `${source.file}:${source.line}:${source.column}  `;
  return `${place}${severity === 'warning' ? 'warning: ' : ''}${message}`;
}
