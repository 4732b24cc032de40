import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateStates } from '../../src/emulator/generate.ts';
import { readGeneratedSize } from '../../src/emulator/generated-size.ts';
import { type Bench, repeat, spreadOf } from './bench.ts';
import { type EmulatorProcess, emulateState } from './emulator-process.ts';
import { CALL_TIMEOUT_MS, CONCURRENCY, MARKS, type Mark } from './long-run-marks.ts';

const CLIENT = fileURLToPath(new URL('long-run-client.ts', import.meta.url));
const RUNS = 5;
const SIZE = 'accounts=100,folders=5,contacts=5,aggregators=1';
/** Counts the connections that a server takes, and says so when its process ends. */
const COUNT_CONNECTIONS = `data:text/javascript,${encodeURIComponent(`
  import channel from 'node:diagnostics_channel';
  let all = 0, open = 0, most = 0;
  channel.subscribe('net.server.socket', ({ socket }) => {
    all += 1; open += 1; most = Math.max(most, open);
    socket.on('close', () => { open -= 1; });
  });
  process.on('exit', () => process.stderr.write('connections ' + all + ' at once ' + most));
`)}`;

export const longRunBench: Bench = {
  name: 'long-run',
  what:
    `${MARKS.at(-1)} calls of the official client, signed, ${CONCURRENCY} at a time, to an emulator in another process: memory of the calling ` +
    `process after so many calls and a garbage collection, TypeScript loader included. The client keeps the timer of a call until it fires, ${CALL_TIMEOUT_MS / 1000} s after it was sent; ` +
    'the last row is taken when all have fired. Connections are counted by the server. ' +
    `Median (least to greatest) of ${RUNS} runs, each in new processes.`,
  run: async () => {
    const runs = await repeat(RUNS, oneRun);
    return (runs[0]?.marks ?? []).map(({ calls, waiting }, index) => ({
      calls,
      measured: waiting ? 'when all timers had fired' : 'at once',
      'after s': spreadOf(runs.map(({ marks }) => Math.round(marks[index]?.seconds ?? Number.NaN))),
      'heap, MB': spreadOf(runs.map(({ marks }) => marks[index]?.heapMb ?? Number.NaN)),
      'resident, MB': spreadOf(runs.map(({ marks }) => marks[index]?.rssMb ?? Number.NaN)),
      'connections opened in all': spreadOf(runs.map(({ opened }) => opened)),
      'open at once': spreadOf(runs.map(({ openAtOnce }) => openAtOnce)),
    }));
  },
};

interface LongRun {
  readonly marks: readonly Mark[];
  readonly opened: number;
  readonly openAtOnce: number;
}

async function oneRun(): Promise<LongRun> {
  const [state] = generateStates(readGeneratedSize(SIZE));
  if (state === undefined) throw new Error('nothing was generated');
  const fast = { ...state, behaviour: { ...state.behaviour, latencyMs: 0 } };
  const emulator = await emulateState(fast, ['--import', COUNT_CONNECTIONS]);
  let said = '';
  const marks = await marksOf(emulator).finally(async () => {
    said = await emulator.stop();
  });
  const [, opened, openAtOnce] = /connections (\d+) at once (\d+)/.exec(said) ?? [];
  return { marks, opened: Number(opened), openAtOnce: Number(openAtOnce) };
}

async function marksOf({ url }: EmulatorProcess): Promise<readonly Mark[]> {
  const args = ['--expose-gc', '--import', 'tsx', CLIENT, url.origin];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (part) => {
    said += String(part);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the calling process ended with ${code}`);
  return JSON.parse(said) as readonly Mark[];
}
