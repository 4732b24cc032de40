import { z } from 'zod';
import type { SchemaName } from '../../model/file-formats.ts';
import { reportSchema } from '../../report/report-schema.ts';
import { jobFileSchema } from '../job-file/job-file-schema.ts';
import { savedPlanSchema } from '../saved-plan/saved-plan-schema.ts';
import { MANIFEST_JSON_SCHEMA } from './manifest-schema.ts';

/** The JSON Schema of a file that the tool reads or writes. Draft 7: the newest that common editors read. */
export function jsonSchema(name: SchemaName): object {
  switch (name) {
    case 'manifest':
      return MANIFEST_JSON_SCHEMA;
    case 'job':
      return fromZod('rd-reconcile job', jobFileSchema);
    case 'plan':
      return fromZod('rd-reconcile saved plan', savedPlanSchema);
    case 'report':
      return fromZod('rd-reconcile report', reportSchema);
  }
}

function fromZod(title: string, schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return { $schema, title, ...rest };
}
