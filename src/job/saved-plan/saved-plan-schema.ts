import * as z from 'zod';
import { reportSchema } from '../../report/report-schema.ts';

/** A change as the report shows it, before anything has become of it. */
const change = reportSchema.shape.targets.element.shape.changes.element.omit({ outcome: true });
const ids = z.array(z.string());

const policy = z.strictObject({
  ownership: z.enum(['add-only', 'listed', 'exclusive']),
  /** Null for no limit. */
  maxRemovals: z.int().nonnegative().nullable(),
  /** 0 to 1. */
  maxRemovalShare: z.number(),
  onGuard: z.enum(['refuse', 'additions-only']),
  /** Sorted; empty lists confine nothing. */
  only: z.strictObject({ contacts: ids, aggregators: ids, members: ids }),
});

/** The shape of a plan that was saved to be reviewed: public interface. Fields may be added; none is renamed or taken away. */
export const savedPlanSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  /** When the run that made it began. */
  createdAt: z.iso.datetime(),
  directoryId: z.string().min(1),
  manifest: z.strictObject({ files: z.array(z.strictObject({ path: z.string(), sha256: z.string() })) }),
  policy,
  /** What `--expect` takes. */
  digest: z.string(),
  changes: z.array(change),
  /** Hex SHA-256 over everything else, to tell whether it was edited or damaged. */
  checksum: z.string(),
});

export type SavedPlan = z.infer<typeof savedPlanSchema>;
/** What decides, beside the manifest and the cloud, what is in a plan. Permissions for one run are not part of it. */
export type Policy = SavedPlan['policy'];
