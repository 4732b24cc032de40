import { jsonSchema } from '../job/schemas/schemas.ts';
import { EXIT } from '../model/exit-code.ts';
import type { SchemaName } from '../model/file-formats.ts';

/** Prints a JSON Schema. */
export async function schema(name: SchemaName): Promise<number> {
  process.stdout.write(`${JSON.stringify(jsonSchema(name), null, 2)}\n`);
  return EXIT.inSync;
}
