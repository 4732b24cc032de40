/** The middle of several measurements, with the least and the greatest. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** One line of a table, by the titles of its columns. */
export type Row = Readonly<Record<string, string | number | Spread>>;

export interface Bench {
  readonly name: string;
  /** What is measured, against what, and how often; stands above the table. */
  readonly what: string;
  run(): Promise<readonly Row[]>;
}

/** @param values  at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { median, min: at(0), max: at(sorted.length - 1) };
}

/** One after the other, so that no measurement disturbs the next. */
export async function repeat<T>(times: number, measure: (run: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 1; run <= times; run += 1) results.push(await measure(run));
  return results;
}
