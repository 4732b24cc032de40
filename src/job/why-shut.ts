import type { Clock } from '../model/ports.ts';
import { isOpen, wallTime, windowInWords } from '../model/write-window.ts';
import type { TargetSettings } from './settings.ts';

/** Why a run that is to write may not now; undefined where it may, and for dry runs. */
export function whyShut({ mode, window }: TargetSettings, clock: Pick<Clock, 'now'>): string | undefined {
  const now = clock.now();
  if (mode !== 'apply' || window === undefined || isOpen(window, now)) return undefined;
  return `it is ${wallTime(window, now)}, outside of the window ${windowInWords(window)}: this run reads and plans, and writes nothing`;
}
