import type { JobPorts } from './ports.ts';

/**
 * A write of an earlier run whose answer never came may still take effect. What is read before that moment may
 * not last, so neither a removal nor the words "in sync" are built on it.
 */
export async function waitForEarlierWrites(
  directoryId: string,
  settleMs: number,
  { earlierWritesUntil, clock, halt, emit }: Pick<JobPorts, 'earlierWritesUntil' | 'clock' | 'halt' | 'emit'>,
): Promise<void> {
  const until = earlierWritesUntil(directoryId, settleMs);
  // All of them were sent before now, whatever the clock showed then: it may have been set back.
  const ms = Math.min((until ?? 0) - clock.now(), settleMs);
  if (ms <= 0) return;
  emit({ type: 'wait', reason: 'a write of an earlier run may still take effect', ms });
  await clock.sleep(ms, halt.signal);
}
