import * as z from 'zod';

/**
 * The shape of `report.json`: public interface. Fields may be added; nothing is renamed or taken away.
 * Ids are text. Times are ISO 8601 in UTC. What a run did not get to know is null.
 */

const id = z.string().min(1);
const count = z.int().nonnegative();
const place = z.int().positive();
const milliseconds = z.number().nonnegative();

const runResult = z.enum([
  'in-sync',
  'drift',
  'applied',
  'partial',
  'refused',
  'stale',
  'interrupted',
  'failed',
]);

const effort = { attempts: count, elapsedMs: milliseconds, requestId: z.string().optional() };

const outcome = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('planned') }),
  z.strictObject({ status: z.literal('applied'), ...effort }),
  z.strictObject({
    status: z.literal('already'),
    because: z.string(),
    code: z.string().optional(),
    ...effort,
  }),
  z.strictObject({ status: z.literal('failed'), code: z.string(), message: z.string(), ...effort }),
  z.strictObject({ status: z.literal('skipped'), because: z.string() }),
  z.strictObject({ status: z.literal('uncertain'), code: z.string(), message: z.string(), ...effort }),
  z.strictObject({ status: z.literal('not-visible'), message: z.string(), ...effort }),
]);

/** Without one of the two, an empty text. */
const personalData = { emailAddress: z.string().optional(), phoneNumber: z.string().optional() };

const change = z.strictObject({
  id,
  kind: z.enum(['contact', 'aggregator']),
  action: z.enum(['bind', 'unbind', 'add-account', 'remove-account']),
  owner: z.strictObject({
    id,
    name: z.string().nullable(),
    /** Of a contact, where somebody asked to see it. */
    ...personalData,
  }),
  member: z.strictObject({
    id,
    name: z.string().nullable(),
    type: z.enum(['account', 'folder', 'directory']),
    /** Folder names from Root down, then the member's own: `/Production/Payments/pay-prod`. */
    path: z.string().optional(),
  }),
  source: z.strictObject({ file: z.string(), line: place, column: place }).nullable(),
  outcome,
  /** Start of the first run that saw this very drift, in an unbroken series of reports that were kept. */
  since: z.iso.datetime().optional(),
});

const plan = z.strictObject({
  digest: z.string(),
  counts: z.strictObject({
    bind: count,
    unbind: count,
    addAccount: count,
    removeAccount: count,
    unchanged: count,
    unmanaged: count,
  }),
  calls: z.strictObject({ associate: count, disassociate: count, update: count }),
  /** If none is refused: with as many calls at a time as allowed, and with one. Null in reports of versions that did not tell it. */
  estimate: z
    .strictObject({ writes: count, leastMs: milliseconds, mostMs: milliseconds })
    .nullable()
    .default(null),
  guard: z.strictObject({
    verdict: z.enum(['safe', 'refused']),
    reasons: z.array(
      z.strictObject({
        rule: z.string(),
        measured: z.number(),
        allowed: z.number(),
        subject: z.string().optional(),
        message: z.string(),
      }),
    ),
  }),
  /** Ids that the manifest protects: an undo of this report keeps to them. Empty in reports of versions that did not tell it. */
  protected: z.array(id).default([]),
});

const calls = z.strictObject({
  total: count,
  byAction: z.record(z.string(), count),
  /** Failed calls by class of failure. */
  byFailure: z.record(z.string(), count),
  retries: count,
  conflicts: count,
  throttled: count,
  /** Null when no call was made. */
  elapsedMs: z.strictObject({
    p50: milliseconds.nullable(),
    p95: milliseconds.nullable(),
    max: milliseconds.nullable(),
  }),
});

const lane = z.enum(['read', 'contact-write', 'aggregator-write']);

const timeline = z
  .strictObject({
    calls: z.array(
      z.strictObject({
        lane,
        action: z.string(),
        /** The contact, aggregator or folder it is about; null for listings. */
        subject: id.nullable(),
        /** From 1. */
        attempt: place,
        /** When it was sent, from the start of the run. */
        atMs: milliseconds,
        /** From being asked for, or from the attempt before it, to being sent. */
        waitedMs: milliseconds.nullable(),
        elapsedMs: milliseconds,
        /** Calls of its lane that might be in flight then. */
        limit: count.nullable(),
        /** Null when it succeeded. */
        failure: z.strictObject({ class: z.string(), code: z.string() }).nullable(),
      }),
    ),
    /** Calls sent after these, which are not told one by one. */
    leftOut: count,
  })
  .describe('Every request on the wire in the order in which they were sent, the first 5,000 of them.');

const map = z
  .strictObject({
    /** Names are null where folder names were not read; parents are null for folders directly in Root. */
    folders: z.array(z.strictObject({ id, name: z.string().nullable(), parentId: id.nullable() })),
    /** Those that reach an account. */
    contacts: z.array(z.strictObject({ id, name: z.string().nullable() })),
    accounts: z.array(
      z.strictObject({
        id,
        name: z.string(),
        /** Null for accounts directly in Root. */
        folderId: id.nullable(),
        /** Ids of the contacts that reach it. */
        contacts: z.array(id),
      }),
    ),
  })
  .describe('Who reaches which account, at the same time as `coverage`.');

const problem = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string().nullable(),
  line: place.nullable(),
  column: place.nullable(),
  message: z.string(),
});

const target = z.strictObject({
  name: z.string(),
  directoryId: id.nullable(),
  managementAccountId: id.nullable(),
  result: runResult,
  exitCode: count,
  manifest: z.strictObject({
    files: z.array(z.strictObject({ path: z.string(), sha256: z.string() })),
    entries: count,
  }),
  plan: plan.nullable(),
  changes: z.array(change),
  calls,
  /** The course of the pace: what was allowed from each of these moments on. */
  pace: z.array(
    z.strictObject({
      lane,
      at: z.iso.datetime(),
      /** Calls in flight at once. */
      limit: count,
      /** The least distance between two calls; 0 for none. */
      intervalMs: milliseconds,
    }),
  ),
  coverage: z.strictObject({ accounts: count, reached: count, unreached: z.array(id) }).nullable(),
  /** Null in reports of versions that did not tell it. */
  timeline: timeline.nullable().default(null),
  /** Null when accounts were not read, and in reports of versions that did not tell it. */
  map: map.nullable().default(null),
  verification: z.strictObject({
    status: z.enum(['in-sync', 'residual', 'not-run']),
    /** Ids of changes that are still needed. One that is not among `changes` was as written when the plan was made. */
    residual: z.array(z.string()),
  }),
  problems: z.array(problem),
  /** This drift beside that of the newest earlier report of the same target that has a plan; left out where there is none. */
  history: z
    .strictObject({
      previousRunId: id,
      previousStartedAt: z.iso.datetime(),
      /** Changes that were not needed then. */
      appeared: count,
      /** Changes that were needed then and are still. */
      standing: count,
      /** Changes that were left open then and are not needed any more. */
      settled: count,
    })
    .optional(),
});

export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  run: z.strictObject({
    id,
    mode: z.enum(['plan', 'apply']),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    elapsedMs: milliseconds,
    exitCode: count,
    result: runResult,
  }),
  targets: z.array(target),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportTarget = Report['targets'][number];
export type ReportChange = ReportTarget['changes'][number];
export type ReportOutcome = ReportChange['outcome'];
export type ReportProblem = ReportTarget['problems'][number];
export type ReportCalls = ReportTarget['calls'];
export type ReportTimeline = NonNullable<ReportTarget['timeline']>;
export type ReportMap = NonNullable<ReportTarget['map']>;
