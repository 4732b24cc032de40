import type { Row, Spread } from './bench.ts';
import type { Results } from './results.ts';

/** One curve: what was measured at each size. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [size: number, value: number])[];
}

/** Curves that share their axes; both are logarithmic. */
export interface Panel {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  readonly curves: readonly Curve[];
}

/** What of the results grows with the input: rows against time and memory, directories and calls against time. */
export function scalingPanels(results: Results): readonly Panel[] {
  const rowsOf = (bench: string): readonly Row[] => results[bench]?.rows ?? [];
  const large = rowsOf('large');
  const curve = (name: string, rows: readonly Row[], size: string, value: (row: Row) => number): Curve => ({
    name,
    points: rows.map((row) => [figure(row[size]), value(row)] as const).filter(isDrawable),
  });
  const alone = (row: Row): number => figure(row['csv-parse alone, ms']) / 1000;
  const times = (title: string) => (row: Row) => alone(row) * figure(row[title]);
  const column =
    (title: string, unit = 1) =>
    (row: Row) =>
      figure(row[title]) / unit;
  const panels: readonly Panel[] = [
    {
      title: 'Rows of a CSV manifest: time',
      across: 'rows',
      up: 'seconds',
      curves: [
        curve('planned', large, 'rows', times('planned: times that')),
        curve('read and checked', large, 'rows', times('read and checked: times that')),
        curve('csv-parse alone', large, 'rows', alone),
      ],
    },
    {
      title: 'Rows of a CSV manifest: memory',
      across: 'rows',
      up: 'peak MB',
      curves: [
        curve('planned', large, 'rows', column('peak memory planning, MB')),
        curve('read and checked', large, 'rows', column('peak memory reading, MB')),
      ],
    },
    {
      title: 'Directories of a run: time',
      across: 'directories',
      up: 'seconds',
      curves: [
        curve('run', rowsOf('directories'), 'directories', column('elapsed ms', 1000)),
        curve('ideal', rowsOf('directories'), 'directories', column('ideal ms', 1000)),
      ],
    },
    {
      title: 'Calls of the client: memory',
      across: 'calls',
      up: 'MB',
      curves: [
        curve('resident', atOnce(rowsOf('long-run')), 'calls', column('resident, MB')),
        curve('heap', atOnce(rowsOf('long-run')), 'calls', column('heap, MB')),
      ],
    },
  ];
  return panels.filter(({ curves }) => curves.some(({ points }) => points.length > 1));
}

const atOnce = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row['measured'] === 'at once');

function figure(cell: Row[string] | undefined): number {
  if (cell === undefined || typeof cell === 'string') return Number.NaN;
  return typeof cell === 'number' ? cell : (cell satisfies Spread).median;
}

/** A logarithm wants something above zero. */
const isDrawable = ([size, value]: readonly [number, number]): boolean => size > 0 && value > 0;
