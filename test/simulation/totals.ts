export interface Totals {
  readonly seeds: number;
  readonly runs: number;
  readonly calls: number;
  readonly faults: number;
  readonly crashes: number;
  readonly lostInTheWindow: number;
  readonly failures: readonly { readonly seed: number; readonly violations: readonly string[] }[];
}

export const NOTHING_YET: Totals = {
  seeds: 0,
  runs: 0,
  calls: 0,
  faults: 0,
  crashes: 0,
  lostInTheWindow: 0,
  failures: [],
};

export const addUp = (a: Totals, b: Totals): Totals => ({
  seeds: a.seeds + b.seeds,
  runs: a.runs + b.runs,
  calls: a.calls + b.calls,
  faults: a.faults + b.faults,
  crashes: a.crashes + b.crashes,
  lostInTheWindow: a.lostInTheWindow + b.lostInTheWindow,
  failures: [...a.failures, ...b.failures],
});

const SHOWN = 20;

/** Failing seeds first, each with the command that replays it. */
export function sayTotals(totals: Totals, elapsedMs: number): string {
  const { seeds, runs, calls, faults, crashes, lostInTheWindow, failures } = totals;
  const shown = failures.slice(0, SHOWN).map(({ seed, violations }) => {
    return `seed ${seed}: ${violations.slice(0, 3).join('; ')}\n  npm run simulate -- --seed ${seed}\n`;
  });
  const rate = Math.round(seeds / (elapsedMs / 1000));
  const facts = `${runs} runs, ${calls} calls, ${faults} faults, ${crashes} crashes, ${lostInTheWindow} foreign additions lost in the unavoidable window`;
  return `${shown.join('')}${failures.length} of ${seeds} seeds failed (${facts}); ${rate} seeds a second\n`;
}
