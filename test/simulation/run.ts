/**
 * `npm run simulate -- --seeds 1000000` runs that many seeds on every processor; `--seed N` plays one and says
 * all that happens in it.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';
import { addUp, NOTHING_YET, sayTotals, type Totals } from './totals.ts';

interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly untilFailure: boolean;
}

if (process.send === undefined) await main();
else process.once('message', (share: Share) => void play(share).then((totals) => process.send?.(totals)));

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      from: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '1000' },
      'until-failure': { type: 'boolean', default: false },
    },
  });
  if (values.seed !== undefined) return playOne(Number(values.seed));
  const from = Number(values.from);
  const share = { from, to: from + Number(values.seeds), untilFailure: values['until-failure'] };
  const startedAt = performance.now();
  const totals = share.untilFailure ? await play({ ...share, step: 1 }) : await playEverywhere(share);
  process.stdout.write(sayTotals(totals, performance.now() - startedAt));
  process.exitCode = totals.failures.length === 0 ? 0 : 1;
}

async function playOne(seed: number): Promise<void> {
  const { violations } = await simulate(seed, (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(violations.length === 0 ? 'no violation\n' : `${violations.join('\n')}\n`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}

async function playEverywhere(share: Omit<Share, 'step'>): Promise<Totals> {
  const step = availableParallelism();
  const parts = Array.from({ length: step }, (_, offset) =>
    inChild({ ...share, from: share.from + offset, step }),
  );
  return (await Promise.all(parts)).reduce(addUp, NOTHING_YET);
}

function inChild(share: Share): Promise<Totals> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url));
    child.once('message', (totals) => {
      child.disconnect();
      resolve(totals as Totals);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`a share of the seeds ended with exit code ${code}`)));
    child.send(share);
  });
}

async function play({ from, to, step, untilFailure }: Share): Promise<Totals> {
  let totals = NOTHING_YET;
  for (let seed = from; seed < to; seed += step) {
    const { violations, calls, faults, crashes, lostInTheWindow, runs } = await simulate(seed);
    const failures = violations.length === 0 ? [] : [{ seed, violations }];
    totals = addUp(totals, {
      seeds: 1,
      calls,
      faults,
      crashes,
      lostInTheWindow,
      runs: runs.length,
      failures,
    });
    if (untilFailure && failures.length > 0) return totals;
  }
  return totals;
}
