import type { ApplyContext } from './context.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4000;

/**
 * Reads until what is read is as it should be, or the settle time is over: an answer may lag behind a write.
 * @param read  gives undefined when it cannot read
 * @returns the last reading that there was
 */
export async function readUntil<T>(
  { clock, settings, halt }: ApplyContext,
  read: () => Promise<T | undefined>,
  isAsItShouldBe: (reading: T) => boolean,
): Promise<T | undefined> {
  const until = clock.monotonic() + settings.settleMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const reading = await read();
    const timeLeftMs = until - clock.monotonic();
    if (reading === undefined || isAsItShouldBe(reading) || timeLeftMs <= 0) return reading;
    if (halt.reason !== undefined) return reading;
    await clock.sleep(Math.min(pauseMs, timeLeftMs), halt.signal);
  }
}
