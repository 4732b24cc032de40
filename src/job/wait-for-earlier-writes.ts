import type { JobPorts } from './ports.ts';

/**
 * A write of an earlier run whose answer never came may still take effect. What is read before that moment may
 * not last, so neither a removal nor the words "in sync" are built on it.
 */
export async function waitForEarlierWrites(
  directoryId: string,
  settleMs: number,
  { earlierWritesUntil, clock, halt, emit }: JobPorts,
): Promise<void> {
  const until = earlierWritesUntil(directoryId, settleMs);
  const ms = (until ?? 0) - clock.now();
  if (ms <= 0) return;
  emit({ type: 'wait', reason: 'a write of an earlier run may still take effect', ms });
  await clock.sleep(ms, halt.signal);
}
