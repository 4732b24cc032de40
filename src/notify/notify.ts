import type { Agent } from 'node:http';
import type { Report } from '../report/report-schema.ts';
import { messageFor } from './message.ts';
import { noticeOf } from './notice.ts';
import type { Notification, NotificationType } from './notification.ts';
import { isDue } from './occasion.ts';
import { post } from './post.ts';
import { refusalIn } from './verdict.ts';

/** What became of one notification. */
export interface Delivery {
  readonly type: NotificationType;
  /** `not-due`: nothing happened that it was asked to tell of. */
  readonly status: 'sent' | 'failed' | 'not-due';
  /** Why it failed, in a few words without address, token or the other side's text. */
  readonly reason?: string;
}

export interface NotifyOptions {
  /** Milliseconds since 1970; it is signed, and the other side compares it with its own clock. */
  readonly now: () => number;
  /** Where the report is, in words for the reader. */
  readonly reportPlace?: string | undefined;
  /** For one message, from its start to the end of its answer. */
  readonly timeoutMs?: number;
  /** The way through a proxy, where there is one. */
  readonly agentFor?: (url: string) => Promise<Agent | undefined>;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** Tells everybody of a run who asked for it, one message each, all at once. It never throws. */
export function notify(
  report: Report,
  notifications: readonly Notification[],
  options: NotifyOptions,
): Promise<readonly Delivery[]> {
  return Promise.all(notifications.map((notification) => deliver(report, notification, options)));
}

async function deliver(
  report: Report,
  notification: Notification,
  { now, reportPlace, timeoutMs = DEFAULT_TIMEOUT_MS, agentFor }: NotifyOptions,
): Promise<Delivery> {
  const { type, url } = notification;
  if (!isDue(report, notification)) return { type, status: 'not-due' };
  try {
    const notice = noticeOf(report, reportPlace);
    const message = messageFor({ report, notice, notification, now: now() });
    const refusal = refusalIn(type, await post(message, timeoutMs, await agentFor?.(url)));
    return refusal === undefined
      ? { type, status: 'sent' }
      : { type, status: 'failed', reason: `it was refused with ${refusal}` };
  } catch (error) {
    return { type, status: 'failed', reason: troubleOf(error, timeoutMs) };
  }
}

/** Of a failure only its code is told: messages of sockets and addresses hold more than that. */
function troubleOf(error: unknown, timeoutMs: number): string {
  const { name, code } = error as { name?: string; code?: unknown };
  const cause = (error as { cause?: { name?: string } }).cause;
  if (name === 'TimeoutError' || cause?.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  return typeof code === 'string' ? `it could not be sent (${code})` : 'it could not be sent';
}

/** The line for a log: `the notification to dingtalk failed: it was refused with code 310000; check ...`. */
export const failureInWords = ({ type, reason }: Delivery): string =>
  `the notification to ${type} failed: ${reason ?? 'for an unknown reason'}; check its address, its secret and the network`;
