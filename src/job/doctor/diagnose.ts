import { EXIT, gravest } from '../../model/exit-code.ts';
import type { DiagnosedQuota, Diagnosis } from '../../report/diagnosis.ts';
import { remedyFor } from '../../report/remedy.ts';
import type { Probed } from './probe.ts';
import { isNear } from './quotas.ts';

type Found = Diagnosis['problems'][number] & { readonly exitCode: number };

/** Documented: calls whose date is off by more are refused (InvalidTimeStamp.Expired). */
const MOST_SKEW_MS = 15 * 60_000;
/** A clock that drifts gets there sooner or later. */
const NOTABLE_SKEW_MS = 60_000;

/** What was found beside the calls that were tried. */
export interface Circumstances {
  readonly directoryId?: string | undefined;
  readonly expectedId?: string | undefined;
  /** The file that the key comes from, where others may read it. */
  readonly openFile?: string | undefined;
  readonly quotas?: readonly DiagnosedQuota[];
  readonly unread?: readonly string[];
}

/** What stands in the way of a run, and what may soon. */
export function diagnose(
  tried: readonly Probed[],
  { directoryId, expectedId, openFile, quotas = [], unread = [] }: Circumstances = {},
): Pick<Diagnosis, 'problems' | 'exitCode'> {
  const found = [
    ...failures(tried),
    ...skew(tried),
    ...wrongDirectory(directoryId, expectedId),
    ...(openFile === undefined ? [] : [readableByOthers(openFile)]),
    ...quotas.filter(isNear).map(nearCap),
    ...unread.map(notAllRead),
  ];
  const problems = found.map(({ exitCode: _, ...problem }) => problem);
  return { problems, exitCode: gravest(found.map(({ exitCode }) => exitCode)) };
}

/** One for each cause: a service that refuses the key refuses every call with the same words. */
function failures(tried: readonly Probed[]): readonly Found[] {
  const byCause = new Map<string, Found>();
  for (const { service, action, failure } of tried) {
    if (failure === undefined) continue;
    const { class: failureClass, code, message } = failure;
    const denied = failureClass === 'permission' || failureClass === 'credentials';
    const cause = failureClass === 'permission' ? action : `${service} ${code}`;
    // Only doctor asks who it is; a run does without.
    const needed = service !== 'sts';
    byCause.set(cause, {
      severity: needed ? 'error' : 'warning',
      code: denied ? 'denied' : 'unreachable',
      message: `${action}: ${code}: ${message}; ${remedyFor(code)}`,
      exitCode: needed ? (denied ? EXIT.denied : EXIT.unreadable) : EXIT.inSync,
    });
  }
  return [...byCause.values()];
}

/** Judged by the answer that shows the least: others may have waited on their way. */
function skew(tried: readonly Probed[]): readonly Found[] {
  const dated = tried.flatMap(({ skewMs }) => (skewMs === undefined ? [] : [skewMs]));
  const [least = 0] = dated.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  if (Math.abs(least) < NOTABLE_SKEW_MS) return [];
  const tooMuch = Math.abs(least) > MOST_SKEW_MS;
  const message =
    `this machine's clock is ${inWords(Math.abs(least))} ${least > 0 ? 'behind' : 'ahead of'} that of the service, and ` +
    `calls are refused from ${MOST_SKEW_MS / 60_000} minutes on; set it by NTP`;
  return [
    {
      severity: tooMuch ? 'error' : 'warning',
      code: 'clock-skew',
      message,
      exitCode: tooMuch ? EXIT.unreadable : EXIT.inSync,
    },
  ];
}

const inWords = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

function wrongDirectory(found: string | undefined, expected: string | undefined): readonly Found[] {
  if (found === undefined || expected === undefined || found === expected) return [];
  const message = `the credentials belong to resource directory ${found}, and ${expected} was expected`;
  return [{ severity: 'error', code: 'wrong-directory', message, exitCode: EXIT.denied }];
}

const readableByOthers = (path: string): Found => ({
  severity: 'warning',
  code: 'credentials-readable',
  message: `others on this machine can read the keys in ${path}; chmod 600 it`,
  exitCode: EXIT.inSync,
});

const notAllRead = (seen: string): Found => ({
  severity: 'warning',
  code: 'not-all-read',
  message: `${seen}; what is near a cap among the others is not told`,
  exitCode: EXIT.inSync,
});

const nearCap = ({ what, used, cap }: DiagnosedQuota): Found => ({
  severity: 'warning',
  code: 'near-cap',
  message: `${what}: ${used} of ${cap}; bind folders in place of accounts, or ask for a higher quota`,
  exitCode: EXIT.inSync,
});
