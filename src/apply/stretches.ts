/** What goes out on the ground of one reading. */
export interface Stretch<Turn> {
  readonly now: readonly Turn[];
  /** What had its turn in this run: a reading that lags may still show what it took away. */
  readonly before: readonly Turn[];
}

/** All at once; but where there are pauses between writes, which may take hours, one by one. */
export function stretchesOf<Turn>(
  turns: readonly Turn[],
  pauseMs: number | undefined = 0,
): readonly Stretch<Turn>[] {
  if (pauseMs === 0) return [{ now: turns, before: [] }];
  return turns.map((turn, index) => ({ now: [turn], before: turns.slice(0, index) }));
}
