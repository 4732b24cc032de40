import type { Row, Spread } from './bench.ts';

/** One bench as it was measured. */
export interface Result {
  readonly name: string;
  readonly what: string;
  readonly seconds: number;
  readonly rows: readonly Row[];
}

/** Benches that were not run this time keep their last result, each with the machine that it was measured on. */
export type Results = Readonly<
  Record<string, Result & { readonly machine: Readonly<Record<string, string>> }>
>;

export function asMarkdown({ name, what, rows }: Result): string {
  const titles = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const isText = (title: string): boolean => typeof rows[0]?.[title] === 'string';
  return [
    `### ${name}`,
    '',
    what,
    '',
    line(titles),
    line(titles.map((title) => (isText(title) ? '---' : '---:'))),
    ...rows.map((row) => line(titles.map((title) => show(row[title] ?? '')))),
    '',
  ].join('\n');
}

export const machineAsMarkdown = (machine: Readonly<Record<string, string>>): string =>
  Object.entries(machine)
    .map(([what, value]) => `${what} ${value}`)
    .join('; ');

function show(cell: string | number | Spread): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return figure(cell);
  const [median, min, max] = [cell.median, cell.min, cell.max].map(figure);
  return min === max ? `${median}` : `${median} (${min} to ${max})`;
}

function figure(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
