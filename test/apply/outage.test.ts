import { describe, expect, it } from 'vitest';
import { toCloudFailure } from '../../src/cloud/failures.ts';
import { emptyObservation } from '../../src/cloud/observe-response.ts';
import { CloudCallError } from '../../src/model/cloud-failure.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { renderSummary } from '../../src/report/summary-text.ts';
import { CALL_MS, EmulatedJobs, isWrite, type Run, type Trouble } from './support/emulated-job.ts';
import { untruths } from './support/truth.ts';
import { TWENTY_CALLS } from './support/twenty-calls.ts';

const calm = await new EmulatedJobs(TWENTY_CALLS).run();
const PLANNED = 20;
const MOST_CALLS = 1.1 * PLANNED + 100;
const READS_BEFORE_THE_PLAN = calm.calls.findIndex(isWrite);
const EVERY_CALL = Array.from({ length: calm.sent }, (_, index) => index + 1);
const MINUTE = 60_000;

type BeforeCall = NonNullable<Trouble['beforeCall']>;

interface Outage {
  readonly name: string;
  readonly code: string;
  /** From this call on, nothing gets through. */
  readonly from: (first: number) => BeforeCall;
}

const fault =
  (kind: string) =>
  (first: number): BeforeCall =>
  (call, _, cloud) => {
    if (call === first) cloud.addFaults({ kind, times: 'always' });
  };

const connectionRefused =
  (first: number): BeforeCall =>
  (call) => {
    if (call < first) return;
    const thrown = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    throw new CloudCallError(toCloudFailure(thrown, emptyObservation()));
  };

const OUTAGES: readonly Outage[] = [
  { name: '503 to everything', code: 'ServiceUnavailable', from: fault('unavailable') },
  { name: 'no answer to anything', code: 'NoAnswer', from: fault('silent') },
  { name: 'connection refused', code: 'ConnectionRefused', from: connectionRefused },
  { name: '429 to everything', code: 'ConcurrentCallNotSupported', from: fault('conflict') },
  { name: 'throttling without end', code: 'Throttling.User', from: fault('throttling') },
];

describe.each(OUTAGES)('an outage ($name) from any call on', ({ from, code }) => {
  it(
    'costs few calls and little time, and the report stays true',
    async () => {
      const wrong: string[] = [];
      for (const first of EVERY_CALL) {
        const jobs = new EmulatedJobs(TWENTY_CALLS);
        const run = await jobs.run({ beforeCall: from(first) });
        const violations = [...jobs.violations, ...untruths(run)];
        if (run.sent > MOST_CALLS) violations.push(`${run.sent} calls`);
        if (run.elapsedMs > 30 * MINUTE) violations.push(`${Math.round(run.elapsedMs / MINUTE)} minutes`);
        wrong.push(...violations.map((text) => `from call ${first}: ${text}`));
      }
      expect(wrong).toEqual([]);
    },
    4 * MINUTE,
  );

  it(
    'ends inside the deadline: nothing is sent after it, and what is under way is waited for',
    async () => {
      const deadlineMs = 15_000;
      const wrong: string[] = [];
      for (const first of EVERY_CALL) {
        const jobs = new EmulatedJobs(TWENTY_CALLS);
        const run = await jobs.run({ beforeCall: from(first), deadlineMs });
        const violations = [...jobs.violations, ...untruths(run)];
        if (run.lastSentMs > deadlineMs) violations.push(`a call at ${run.lastSentMs} ms`);
        if (run.elapsedMs > deadlineMs + CALL_MS) violations.push(`over at ${run.elapsedMs} ms`);
        wrong.push(...violations.map((text) => `from call ${first}: ${text}`));
      }
      expect(wrong).toEqual([]);
    },
    4 * MINUTE,
  );

  it(
    'is unreadable (69) before the plan, not all applied (3) after it, and the text names the code',
    async () => {
      const seen = new Map<number, Set<number | undefined>>([
        [69, new Set()],
        [3, new Set()],
      ]);
      for (const first of EVERY_CALL) {
        const run = await new EmulatedJobs(TWENTY_CALLS).run({ beforeCall: from(first) });
        seen.get(first <= READS_BEFORE_THE_PLAN ? 69 : 3)?.add(run.result?.exitCode);
        if (first <= READS_BEFORE_THE_PLAN) expect(run.result?.problems[0]?.message).toContain(code);
      }
      expect([...seen].map(([expected, found]) => [expected, ...found])).toEqual([
        [69, 69],
        [3, 3],
      ]);
    },
    4 * MINUTE,
  );

  it('at the first write: what was not sent is skipped, and the text says why, once', async () => {
    const run = await new EmulatedJobs(TWENTY_CALLS).run({ beforeCall: from(READS_BEFORE_THE_PLAN + 1) });
    const text = summaryOf(run);
    const reason = `the run stopped after 5 calls in a row failed with ${code}`;
    expect(text.split(reason)).toHaveLength(2);
    expect(text).toContain('exit      3: some changes failed, were skipped');
    const outcomes = [...(run.result?.outcomes.values() ?? [])];
    expect(outcomes.filter(({ status }) => status === 'applied' || status === 'already')).toEqual([]);
    expect(outcomes.some((one) => one.status === 'skipped' && one.because === reason)).toBe(true);
  });
});

describe('account groups that stay pending', () => {
  it('are all given up after the same ten minutes, while the contacts are done', async () => {
    const jobs = new EmulatedJobs(TWENTY_CALLS);
    const beforeCall: BeforeCall = (call, _, cloud) => {
      if (call === 1) cloud.addFaults({ kind: 'pending', action: 'UpdateAggregator', times: 'always' });
    };
    const run = await jobs.run({ beforeCall });
    expect(run.elapsedMs).toBeLessThan(12 * MINUTE);
    expect(run.result?.exitCode).toBe(3);
    const pending = [...(run.result?.outcomes ?? [])].filter(([, { status }]) => status !== 'applied');
    expect(pending).toHaveLength(11);
    for (const [id, outcome] of pending) {
      expect(id).toContain(':ca-');
      expect(outcome).toMatchObject({ status: 'failed', code: 'AggregatorAlreadyPending' });
    }
    expect(jobs.violations).toEqual([]);
  });
});

function summaryOf({ result, elapsedMs }: Run): string {
  if (result === undefined) throw new Error('the process died');
  const times = { startedAt: 0, finishedAt: elapsedMs };
  const record = { id: 'run', mode: 'apply', ...times, targets: [result] } as const;
  return renderSummary(buildReport(record, { name: 'rd-reconcile', version: '0' }), { color: false });
}
