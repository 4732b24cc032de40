import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ReadFile } from './byte-source.ts';

/** A file of JSON that has the shape it should have, or the reason in one line why it has not. */
export type JsonFile<T> =
  | { readonly ok: true; readonly value: T; readonly text: string; readonly sha256: string }
  | { readonly ok: false; readonly reason: string };

const VERSION = 1;

/** Reads a file that this program wrote. What stands in it is never part of the reason. */
export async function readJsonFile<T>(
  path: string,
  schema: z.ZodType<T>,
  readFile: ReadFile,
): Promise<JsonFile<T>> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    return { ok: false, reason: `cannot be read (${code}); check the path and its permissions` };
  }
  const text = new TextDecoder().decode(bytes);
  const json = parseJson(text);
  if (json === undefined) return { ok: false, reason: 'is not JSON, or was cut off' };
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { ok: false, reason: misfit(json, parsed.error) };
  return { ok: true, value: parsed.data, text, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function misfit(json: unknown, { issues }: z.ZodError): string {
  const versioned = z.object({ schemaVersion: z.number() }).safeParse(json);
  if (versioned.success && versioned.data.schemaVersion !== VERSION)
    return `has schemaVersion ${versioned.data.schemaVersion}, and this version of the program reads ${VERSION}`;
  const places = issues.map(({ path }) => path.join('.') || 'the top level');
  return `does not have the expected form (at ${places[0] ?? 'the top level'})`;
}
