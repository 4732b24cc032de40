import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, type Row, repeat, spreadOf } from './bench.ts';
import { largeTable } from './large-world.ts';

const CHILD = fileURLToPath(new URL('large-input.ts', import.meta.url));
const SIZES = [10_000, 100_000, 1_000_000];
const RUNS = 5;

interface Measured {
  readonly ms: number;
  /** What was read or planned. */
  readonly found: number;
  /** The most memory that the process held. */
  readonly peakMb: number;
}

/** 1 % of the rows is written and not bound, 1 % is bound and not written. */
export const largeBench: Bench = {
  name: 'large',
  what:
    'A CSV manifest of so many rows, beside csv-parse as a stream of arrays on the same file, each in a process of its own: ' +
    'read and checked with places; and planned against as many live bindings (read through the port, resolved, diffed, guarded, ' +
    `put into calls). 1 % differs each way. Median (least to greatest) of ${RUNS} runs in turns; peak memory of the process, TypeScript loader included.`,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-bench-'));
    try {
      return await repeat(SIZES.length, async (index) => rowOf(SIZES[index - 1] ?? 0, folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function rowOf(rows: number, folder: string): Promise<Row> {
  const path = join(folder, `manifest-${rows}.csv`);
  writeFileSync(path, [...largeTable(rows)].join(''));
  const runs = await repeat(RUNS, async () => {
    const alone = measure('csv-parse', path, rows);
    const read = measure('read', path, rows);
    const plan = measure('plan', path, rows);
    return { alone, read, plan };
  });
  const spread = (of: (run: (typeof runs)[number]) => number) => spreadOf(runs.map(of));
  return {
    rows,
    'csv-parse alone, ms': spread(({ alone }) => alone.ms),
    'read and checked: times that': spread(({ alone, read }) => read.ms / alone.ms),
    'planned: times that': spread(({ alone, plan }) => plan.ms / alone.ms),
    'planned, us a row': spread(({ plan }) => (plan.ms * 1000) / rows),
    'peak memory reading, MB': spread(({ read }) => read.peakMb),
    'peak memory planning, MB': spread(({ plan }) => plan.peakMb),
  };
}

function measure(what: string, path: string, rows: number): Measured {
  const args = ['--import', 'tsx', CHILD, what, path, String(rows)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${what} of ${rows} rows ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}
