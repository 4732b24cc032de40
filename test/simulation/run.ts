import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1000' },
  },
});

if (values.seed !== undefined) {
  const { violations } = await simulate(Number(values.seed), (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(violations.length === 0 ? 'no violation\n' : `${violations.join('\n')}\n`);
  process.exitCode = violations.length === 0 ? 0 : 1;
} else {
  const from = Number(values.from);
  const startedAt = performance.now();
  let failed = 0;
  const codes = new Map<number, number>();
  let calls = 0,
    faults = 0,
    crashes = 0,
    lost = 0;
  for (let seed = from; seed < from + Number(values.seeds); seed += 1) {
    const result = await simulate(seed);
    calls += result.calls;
    faults += result.faults;
    crashes += result.crashes;
    lost += result.lostInTheWindow;
    for (const code of result.runs) codes.set(code, (codes.get(code) ?? 0) + 1);
    if (result.violations.length === 0) continue;
    failed += 1;
    if (failed <= 20) process.stdout.write(`seed ${seed}: ${result.violations.slice(0, 3).join('; ')}\n`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  process.stdout.write(
    `${failed} of ${values.seeds} failed; ${(Number(values.seeds) / seconds).toFixed(0)} seeds/s; ${JSON.stringify({ calls, faults, crashes, lost, codes: [...codes] })}\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}
