import type { Outcome } from '../model/outcome.ts';
import { type Entry, effortOf } from './ledger.ts';

/**
 * The outcome of a change, from what was found on the way and what the last reading shows.
 * @param shows  whether its effect is there; undefined when that could not be read
 * @param settled  whether every attempt has had its time to take effect
 */
export function conclude(entry: Entry, shows: boolean | undefined, settled: boolean): Outcome {
  const effort = effortOf(entry);
  const { finding } = entry;
  switch (finding.kind) {
    case 'skipped':
      return { status: 'skipped', because: finding.because };
    case 'already':
      return {
        status: 'already',
        because: finding.because,
        ...(finding.code === undefined ? {} : { code: finding.code }),
        ...effort,
      };
    case 'acknowledged':
    case 'seen':
      return shows === false
        ? {
            status: 'not-visible',
            message: 'acknowledged, but not to be seen when it was read back',
            ...effort,
          }
        : { status: 'applied', ...effort };
    case 'refused':
      return concludeRefused(entry, shows, settled);
    case 'open':
      return concludeOpen(entry, shows, settled);
  }
}

function concludeRefused(entry: Entry, shows: boolean | undefined, settled: boolean): Outcome {
  const effort = effortOf(entry);
  if (entry.finding.kind !== 'refused') return concludeOpen(entry, shows, settled);
  const { code, message } = entry.finding.failure;
  const mayYetLand = entry.unanswered > 0;
  if (shows === true && mayYetLand) return { status: 'applied', ...effort };
  if (shows === true)
    return { status: 'already', because: 'it was so when everything was read back', ...effort };
  if (mayYetLand && !(shows === false && settled)) return { status: 'uncertain', code, message, ...effort };
  return { status: 'failed', code, message, ...effort };
}

function concludeOpen(entry: Entry, shows: boolean | undefined, settled: boolean): Outcome {
  const effort = effortOf(entry);
  const last = entry.lastUnanswered?.failure;
  if (last === undefined) return { status: 'skipped', because: 'the run ended before its turn' };
  if (shows === true) return { status: 'applied', ...effort };
  const { code, message } = last;
  if (shows === false && settled) return { status: 'failed', code, message, ...effort };
  return { status: 'uncertain', code, message, ...effort };
}
