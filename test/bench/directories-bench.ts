import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '../../src/emulator/server.ts';
import { statesFrom } from '../../src/emulator/several-states.ts';
import type { Report } from '../../src/report/report-schema.ts';
import { layFleet, nameOf } from '../job/support/fleet.ts';
import { type Bench, type Row, repeat, spreadOf } from './bench.ts';

const TOOL = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const SIZES = [30, 300] as const;
const PARALLEL = 8;
const LATENCY_MS = 100;
const RUNS = 5;

export const directoriesBench: Bench = {
  name: 'directories',
  what: `An applying run over many directories, ${PARALLEL} at once, three changes in each, ${LATENCY_MS} ms a call, the emulator in another process. Ideal: the rounds that the bound on targets at once allows, each as long as a run over one such directory takes by itself, measured right before. Peak memory is that of the whole process. Median (least to greatest) of ${RUNS} runs.`,
  run: async () => {
    const rows: Row[] = [];
    for (const size of SIZES) rows.push(await rowOf(size));
    return rows;
  },
};

async function rowOf(size: number): Promise<Row> {
  const alone = spreadOf((await repeat(RUNS, () => runFleet(1, 1))).map(({ elapsedMs }) => elapsedMs));
  const runs = await repeat(RUNS, () => runFleet(size, PARALLEL));
  const idealMs = Math.ceil(size / PARALLEL) * alone.median;
  return {
    directories: size,
    'elapsed ms': spreadOf(runs.map(({ elapsedMs }) => elapsedMs)),
    'one alone: ms': alone,
    'ideal ms': idealMs,
    'times the ideal': spreadOf(runs.map(({ elapsedMs }) => elapsedMs / idealMs)),
    'peak memory: MB': spreadOf(runs.map(({ peakMb }) => peakMb)),
  };
}

async function runFleet(size: number, parallel: number) {
  const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-fleet-'));
  const { state } = layFleet(folder, size, new Map());
  const directories = state.directories.map((one) => ({
    ...one,
    behaviour: { lockScope: 'directory', pendingMs: 0, latencyMs: LATENCY_MS },
  }));
  const emulator = await startEmulator({ state: statesFrom({ directories }) });
  try {
    const peakMb = await reconcile(folder, ['--endpoint', emulator.url, '--parallel', String(parallel)]);
    const report = JSON.parse(readFileSync(join(folder, 'reports/latest/report.json'), 'utf8')) as Report;
    const wrong = report.targets.filter(({ result }) => result !== 'applied').length;
    if (wrong > 0) throw new Error(`${wrong} directories are not in sync, ${nameOf(0)} or others`);
    return { elapsedMs: report.run.elapsedMs, peakMb };
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true });
  }
}

const SAY_PEAK = 'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';

async function reconcile(folder: string, args: readonly string[]): Promise<number> {
  const command = [
    '--import',
    `data:text/javascript,${SAY_PEAK}`,
    TOOL,
    'run',
    'job.yaml',
    '--quiet',
    ...args,
  ];
  const env = {
    PATH: process.env['PATH'],
    HOME: join(folder, 'home'),
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
  };
  const child = spawn(process.execPath, command, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => {
    said += String(part);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const [, kilobytes] = /peak (\d+)$/.exec(said) ?? [];
  if (code !== 0 || kilobytes === undefined) throw new Error(`the run ended with ${code}: ${said}`);
  return Number(kilobytes) / 1024;
}
