import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, type Row, spreadOf } from './bench.ts';

const RUNS = 9;
const TOOL = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const QUICKSTART = fileURLToPath(new URL('../../samples/quickstart', import.meta.url));

export const startUpBench: Bench = {
  name: 'start-up',
  what: `A process from its start to its end beside node -e 0, which is run right before it each time; median (least to greatest) of ${RUNS} runs, and of their ratios.`,
  run: async () => [['--version'], ['--help']].map((args) => compared(args, process.cwd(), 0)),
};

export const planBench: Bench = {
  name: 'plan',
  what: `A plan of samples/quickstart with the emulator in the same process, reports included; beside node -e 0, as above.`,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-bench-'));
    try {
      cpSync(QUICKSTART, folder, { recursive: true });
      const args = [
        'plan',
        'manifest.yaml',
        'manifest.csv',
        '--emulate',
        'cloud.yaml',
        '--log-level',
        'error',
      ];
      return [compared(args, folder, 2)];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function compared(args: readonly string[], cwd: string, exitCode: number): Row {
  if (!existsSync(TOOL)) throw new Error('dist/ is missing; run npm run build first');
  // The first run reads files that later ones find in the cache.
  const pairs = Array.from({ length: RUNS + 1 }, () => {
    const bare = processMs(['-e', '0'], cwd, 0);
    return { bare, ours: processMs([TOOL, ...args], cwd, exitCode) };
  }).slice(1);
  return {
    command: ['rd-reconcile', ...args].join(' '),
    ms: spreadOf(pairs.map(({ ours }) => ours)),
    'node -e 0: ms': spreadOf(pairs.map(({ bare }) => bare)),
    'times node -e 0': spreadOf(pairs.map(({ ours, bare }) => ours / bare)),
  };
}

function processMs(args: readonly string[], cwd: string, exitCode: number): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  const elapsedMs = performance.now() - startedAt;
  if (status !== exitCode) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return elapsedMs;
}
