import { simulate } from '../simulation/simulate.ts';
import { type Bench, repeat, spreadOf } from './bench.ts';

const RUNS = 5;
const SEEDS = 40;

export const simulationBench: Bench = {
  name: 'simulation',
  what: `Simulated histories (faults, crashes, other writers; until nothing is left to do) a second in one process; median (least to greatest) of ${RUNS} runs of ${SEEDS} seeds.`,
  run: async () => {
    const runs = await repeat(RUNS, measure);
    const calls = runs.reduce((sum, run) => sum + run.calls, 0);
    const hours = runs.reduce((sum, run) => sum + run.virtualMs, 0) / 3_600_000;
    return [
      {
        'seeds a second': spreadOf(runs.map(({ elapsedMs }) => (1000 * SEEDS) / elapsedMs)),
        'calls in all': calls,
        'simulated hours in all': hours,
      },
    ];
  },
};

async function measure(run: number) {
  const startedAt = performance.now();
  let [calls, virtualMs] = [0, 0];
  for (let seed = run * SEEDS; seed < (run + 1) * SEEDS; seed += 1) {
    const played = await simulate(seed);
    if (played.violations.length > 0) throw new Error(`seed ${seed}: ${played.violations.join('; ')}`);
    calls += played.calls;
    virtualMs += played.virtualMs;
  }
  return { calls, virtualMs, elapsedMs: performance.now() - startedAt };
}
