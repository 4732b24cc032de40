import type { ActualState } from '../../model/actual-state.ts';
import { EXIT } from '../../model/exit-code.ts';
import type { DirectoryId } from '../../model/ids.ts';
import { parseAccountId, parseDirectoryId } from '../../model/ids.ts';
import type { CallRecord, Lane } from '../../model/job-event.ts';
import type { Effort, Outcome } from '../../model/outcome.ts';
import type { RunRecord, TargetResult } from '../../model/target-result.ts';
import type { Action } from '../../wire/error-codes.ts';
import type { JournalLine } from './journal-line.ts';

type Head = Extract<JournalLine, { line: 'run' }>;
type Intent = Extract<JournalLine, { line: 'intent' }>;
type Settled = Extract<JournalLine, { line: 'settled' }>;

/** One call of a dead run: sent for certain only if it was settled. */
interface JournaledCall {
  readonly intent: Intent;
  readonly settled: Settled | undefined;
  /** From 1: with the calls before that carried the same. */
  readonly attempt: number;
}

/**
 * What a run that was killed did, from its journal alone: nothing is read back, so what was not acknowledged
 * or refused is uncertain.
 * @returns undefined when the journal has no head: then nothing had been sent
 */
export function recordFromJournal(lines: readonly JournalLine[]): RunRecord | undefined {
  const head = lines.find((line) => line.line === 'run');
  if (head === undefined) return undefined;
  const calls = journaledCalls(lines);
  const last = Math.max(head.startedAt, ...calls.map(({ intent, settled }) => settled?.at ?? intent.at));
  const target = deadTarget(head, calls);
  const { runId: id, startedAt } = head;
  return { id, mode: 'apply', startedAt, finishedAt: last, targets: [target] };
}

function journaledCalls(lines: readonly JournalLine[]): JournaledCall[] {
  const settled = new Map(
    lines.flatMap((line) => (line.line === 'settled' ? [[line.call, line] as const] : [])),
  );
  const sent = new Map<string, number>();
  return lines.flatMap((line) => {
    if (line.line !== 'intent') return [];
    const attempt = 1 + Math.max(0, ...line.changeIds.map((id) => sent.get(id) ?? 0));
    for (const id of line.changeIds) sent.set(id, (sent.get(id) ?? 0) + 1);
    return [{ intent: line, settled: settled.get(line.call), attempt }];
  });
}

function deadTarget(head: Head, calls: readonly JournaledCall[]): TargetResult {
  const { plan, targetName: name } = head;
  return {
    name,
    result: 'interrupted',
    exitCode: EXIT.notAllApplied,
    manifest: head.manifest,
    actual: directoryOnly(head),
    plan,
    outcomes: new Map(plan.changes.map(({ id }) => [id, outcomeOf(callsFor(id, calls))])),
    calls: calls.map(callRecord),
    pace: [],
    coverage: undefined,
    verification: { status: 'not-run', residual: [] },
    problems: [
      {
        code: 'killed',
        severity: 'error',
        source: undefined,
        message: 'the run was killed; this report was made from its journal, and nothing was read back',
      },
    ],
  };
}

const callsFor = (changeId: string, calls: readonly JournaledCall[]): JournaledCall[] =>
  calls.filter(({ intent }) => intent.changeIds.includes(changeId));

function outcomeOf(calls: readonly JournaledCall[]): Outcome {
  const last = calls.at(-1);
  if (last === undefined) return { status: 'skipped', because: 'the run was killed before its turn' };
  const { settled } = last;
  const effort = effortOf(calls);
  if (settled?.result === 'acknowledged')
    return { status: 'applied', ...effort, requestId: settled.requestId };
  const open = calls.some((call) => call.settled === undefined || call.settled.result === 'unknown');
  const code = settled?.code ?? 'NoAnswer';
  return open
    ? { status: 'uncertain', code, message: 'the run was killed before the answer', ...effort }
    : {
        status: 'failed',
        code,
        message: 'refused, and not tried again before the run was killed',
        ...effort,
      };
}

function effortOf(calls: readonly JournaledCall[]): Effort {
  const first = calls[0]?.intent.at ?? 0;
  const last = Math.max(first, ...calls.map(({ intent, settled }) => settled?.at ?? intent.at));
  return { attempts: calls.length, elapsedMs: last - first, requestId: undefined };
}

function callRecord({ intent, settled, attempt }: JournaledCall): CallRecord {
  const lane: Lane = intent.action === 'UpdateAggregator' ? 'aggregator-write' : 'contact-write';
  const elapsedMs = Math.max(0, (settled?.at ?? intent.at) - intent.at);
  const { action, owner, at } = intent;
  return {
    lane,
    action,
    subject: owner,
    attempt,
    startedAt: at,
    elapsedMs,
    failure: failureOf(action, settled),
  };
}

function failureOf(action: Action, settled: Settled | undefined): CallRecord['failure'] {
  if (settled?.result === 'acknowledged') return undefined;
  return {
    class: settled?.result === 'refused' ? 'owner-refused' : 'unknown-effect',
    code: settled?.code ?? 'NoAnswer',
    message: `${action} as the journal has it`,
    httpStatus: undefined,
    requestId: undefined,
    retryAfterMs: undefined,
  };
}

/** Names were not journaled. */
function directoryOnly({ directoryId, rootFolderId, managementAccountId }: Head): ActualState | undefined {
  const id: DirectoryId | undefined = parseDirectoryId(directoryId);
  const account = parseAccountId(managementAccountId);
  if (id === undefined || account === undefined) return undefined;
  return {
    directory: { id, rootFolderId, managementAccountId: account, managementAccountName: '' },
    accounts: undefined,
    folders: undefined,
    contacts: undefined,
    aggregators: new Map(),
    aggregatorList: undefined,
  };
}
