import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, type Row, spreadOf } from './bench.ts';
import { threeCallsInTurn } from './client-floor.ts';
import { checkBuilt, emulateFile, TOOL } from './emulator-process.ts';

const RUNS = 9;
const QUICKSTART = fileURLToPath(new URL('../../samples/quickstart', import.meta.url));
const PLAN = [TOOL, 'plan', 'manifest.yaml', 'manifest.csv', '--log-level', 'error'];

export const startUpBench: Bench = {
  name: 'start-up',
  what: `A process from its start to its end beside node -e 0, which is run right before it each time; median (least to greatest) of ${RUNS} runs, and of their ratios. The manifest is that of samples/quickstart.`,
  run: () =>
    inQuickstart(async (cwd) =>
      [['--version'], ['--help'], ['validate', 'manifest.yaml']].map((args) =>
        compared(args.join(' '), { args: [TOOL, ...args], cwd, exitCode: 0 }),
      ),
    ),
};

export const planBench: Bench = {
  name: 'plan',
  what: `A plan of samples/quickstart, report included: against an emulator that runs in another process (11 signed calls, of 20 ms each), without and with the report of an earlier run to compare with, and with the emulator in the same process; beside node -e 0, as above. Before them the least that a program with the official client takes: a script that loads it and makes three calls in turn.`,
  run: () =>
    inQuickstart(async (cwd) => {
      const emulator = await emulateFile(join(cwd, 'cloud.yaml'));
      try {
        const env = { ...process.env, ...keyIn(join(cwd, 'cloud.yaml')) };
        const args = [...PLAN, '--endpoint', emulator.url.origin];
        const afterwards = (): void => rmSync(join(cwd, 'reports'), { recursive: true });
        return [
          compared('official client alone, three calls', {
            args: threeCallsInTurn(emulator.url),
            cwd,
            env,
            exitCode: 0,
          }),
          compared('plan, running emulator', { args, cwd, env, exitCode: 2, afterwards }),
          compared('plan, running emulator, earlier report', { args, cwd, env, exitCode: 2 }),
          compared('plan --emulate', { args: [...PLAN, '--emulate', 'cloud.yaml'], cwd, exitCode: 2 }),
        ];
      } finally {
        await emulator.stop();
      }
    }),
};

async function inQuickstart(work: (folder: string) => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-bench-'));
  try {
    cpSync(QUICKSTART, folder, { recursive: true });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The first key in a state file. It opens nothing but the emulator. */
function keyIn(path: string): NodeJS.ProcessEnv {
  const state = readFileSync(path, 'utf8');
  const [, id = '', secret = ''] = /accessKeyId: (\S+)\s+accessKeySecret: (\S+)/.exec(state) ?? [];
  return { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret };
}

interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly exitCode: number;
  /** Puts things back between two runs. */
  readonly afterwards?: () => void;
}

function compared(name: string, { args, afterwards, ...rest }: Command): Row {
  checkBuilt();
  // The first run reads files that later ones find in the cache.
  const pairs = Array.from({ length: RUNS + 1 }, () => {
    const bare = processMs({ ...rest, args: ['-e', '0'], exitCode: 0 });
    const ours = processMs({ ...rest, args });
    afterwards?.();
    return { bare, ours };
  }).slice(1);
  return {
    command: name,
    ms: spreadOf(pairs.map(({ ours }) => ours)),
    'node -e 0: ms': spreadOf(pairs.map(({ bare }) => bare)),
    'times node -e 0': spreadOf(pairs.map(({ ours, bare }) => ours / bare)),
  };
}

function processMs({ args, cwd, env, exitCode }: Command): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  const elapsedMs = performance.now() - startedAt;
  if (status !== exitCode) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return elapsedMs;
}
