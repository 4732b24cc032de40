import { type Logger, destination as openDestination, pino, stdSerializers, stdTimeFunctions } from 'pino';
import { isGone } from './is-gone.ts';
import { type LineFormat, scrubLine } from './log-scrub.ts';
import type { JobEvent } from './model/job-event.ts';
import { jsonText } from './report/json-text.ts';
import { roughRange } from './report/rough-duration.ts';
import { counted } from './report/words.ts';

export type { Logger } from 'pino';
export type { LineFormat } from './log-scrub.ts';

export interface LogOptions {
  readonly level: string;
  /** JSON lines when left out. */
  readonly format?: LineFormat;
  /** stderr when left out. */
  readonly destination?: { write(line: string): unknown };
  /** Read again at every line: a list or set that grows later counts. */
  readonly secrets: Iterable<string>;
}

/**
 * A log that writes each line before the call returns, so that a killed process loses none.
 * Secrets and personal data are taken out at the one place that all lines pass, whoever wrote them:
 * pino's own redaction works on paths and does not look into messages and stacks.
 */
export function createLog({ level, format = jsonLine, destination, secrets }: LogOptions): Logger {
  const output = destination ?? openStderr();
  const sink = { write: (line: string) => void output.write(format(line, secrets)) };
  const serializers = { err: stdSerializers.err, error: stdSerializers.err, cause: stdSerializers.err };
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, serializers }, sink);
}

function jsonLine(line: string, secrets: Iterable<string>): string {
  return `${jsonText(scrubLine(line, secrets, (text) => text))}\n`;
}

function openStderr() {
  const output = openDestination({ fd: 2, sync: true });
  output.on('error', (error: Error) => {
    if (!isGone(error)) throw error;
  });
  return output;
}

/** One line a job event. Calls and pace are for those who look closely; trouble and waits are for everybody. */
export function logJobEvent(log: Logger, event: JobEvent): void {
  switch (event.type) {
    case 'stage':
      return log.info({ stage: event.stage }, `stage ${event.stage}`);
    case 'planned': {
      const { writes, leastMs, mostMs } = event;
      const message = `${counted(writes, 'write')} to make, about ${roughRange(leastMs, mostMs)}`;
      return log.info({ writes, leastMs, mostMs }, message);
    }
    case 'call': {
      const { type: _, failure, ...call } = event;
      const trouble = failure === undefined ? {} : failureFields(failure);
      return log.debug(
        { ...call, ...trouble },
        `${event.action} ${failure === undefined ? 'ok' : failure.code}`,
      );
    }
    case 'retry': {
      const { action, subject, attempt, delayMs, failure } = event;
      const fields = { action, subject, attempt, delayMs, ...failureFields(failure) };
      return log.warn(
        fields,
        `${action} attempt ${attempt}: ${failure.code}; again in ${Math.round(delayMs)} ms`,
      );
    }
    case 'read-back': {
      const { action, subject, failure } = event;
      const fields = { action, subject, ...failureFields(failure) };
      return log.warn(fields, `${action}: ${failure.code}; reading back what became of it`);
    }
    case 'wait':
      return log.info({ ms: event.ms }, `waiting ${Math.round(event.ms)} ms: ${event.reason}`);
    case 'pause':
      return log.debug({ ms: event.ms }, `pause of ${Math.round(event.ms)} ms before the next write`);
    case 'pace': {
      const { lane, limit, intervalMs } = event;
      return log.debug({ lane, limit, intervalMs }, `${lane} pace: ${limit} at a time`);
    }
    case 'warning':
      return log.warn(event.message);
    case 'halt':
      return log.error({ reason: event.reason }, `halted: ${event.reason}`);
  }
}

function failureFields(failure: Extract<JobEvent, { type: 'retry' }>['failure']) {
  const { class: failureClass, code, message, httpStatus, requestId, retryAfterMs } = failure;
  return { class: failureClass, code, detail: message, httpStatus, requestId, retryAfterMs };
}
