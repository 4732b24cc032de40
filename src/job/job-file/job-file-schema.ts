import { z } from 'zod';
import { REPORT_FORMATS } from '../../model/file-formats.ts';
import { parseWindow, WINDOW_FORM } from '../../model/write-window.ts';

/** The form of a job file, as the README describes it. Paths in it are relative to it. */

const text = z.string().min(1);
const paths = z.array(text).min(1);
const whole = z.int().nonnegative();
const positive = z.int().positive();
const duration = z
  .union([z.string().regex(/^(?:0|\d+(?:\.\d+)?(?:ms|s|m|h))$/), z.literal(0)])
  .describe('250ms, 30s, 5m or 1h');
const fromEnvironment = z
  .string()
  .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/)
  .describe('env:NAME takes the value from the environment: secrets do not belong in files');

const policy = z.strictObject({
  ownership: z.enum(['add-only', 'listed', 'exclusive']).optional(),
  maxRemovals: whole.optional(),
  maxRemovalShare: z.number().min(0).max(1).optional(),
  onGuard: z.enum(['refuse', 'additions-only']).optional(),
});

const limits = z.strictObject({
  targetsPerContact: positive.optional(),
  accountsPerAggregator: positive.optional(),
});

const pace = z.strictObject({
  concurrency: positive.optional(),
  deadline: duration.optional(),
  settle: duration.optional(),
  pause: duration
    .describe('The least time between the answer to one write and the next: 250ms, 30s, 5m or 1h')
    .optional(),
  window: z
    .string()
    .regex(WINDOW_FORM, { abort: true })
    .refine((text) => parseWindow(text) !== undefined)
    .describe('When writes may start, by the clock of a time zone or UTC: 22:00-05:00 Asia/Shanghai')
    .optional(),
  parallel: positive.describe('Targets at once').optional(),
});

const report = z.strictObject({
  dir: text.optional(),
  formats: z.array(z.enum(REPORT_FORMATS)).min(1).optional(),
  keep: positive.describe('Folders of runs that are kept; older ones are removed').optional(),
});

const when = z
  .array(z.enum(['changed', 'failed']))
  .min(1)
  .describe('changed: something was applied, or the drift is another than last time; failed: neither 0 nor 2')
  .optional();

const SIGNED = ['dingtalk', 'feishu', 'webhook'] as const;
const UNSIGNED = ['wecom', 'slack'] as const;
export const NOTIFICATION_TYPES: readonly string[] = [...SIGNED, ...UNSIGNED];

const notification = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(SIGNED),
    url: fromEnvironment,
    secret: fromEnvironment.describe('Signs the message; env:NAME').optional(),
    when,
  }),
  z.strictObject({ type: z.enum(UNSIGNED), url: fromEnvironment, when }),
]);

const target = z.strictObject({
  name: text,
  directory: z
    .string()
    .regex(/^rd-[A-Za-z0-9]+$/)
    .optional(),
  profile: text.optional(),
  roleArn: z
    .string()
    .regex(/^acs:ram::\d+:role\/.+$/)
    .describe('A role to assume with the ambient credentials, in place of a profile')
    .optional(),
  site: z.enum(['china', 'international']).optional(),
  manifest: paths.describe("In place of the job's").optional(),
  policy: policy.describe("What stands here wins over the job's").optional(),
});

export const jobFileSchema = z
  .strictObject({
    version: z.literal(1),
    mode: z.enum(['plan', 'apply']),
    manifest: paths.describe('Manifest files; they are merged').optional(),
    policy: policy.optional(),
    limits: limits.optional(),
    pace: pace.optional(),
    report: report.optional(),
    notify: z.array(notification).optional(),
    targets: z.array(target).min(1).describe('Left out: one target from the ambient credentials').optional(),
  })
  .describe('A job of rd-reconcile: one or many resource directories, mode plan or apply');

export type JobFile = z.infer<typeof jobFileSchema>;
export type JobFileTarget = NonNullable<JobFile['targets']>[number];
