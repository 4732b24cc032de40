import type { ReadFile } from '../files/byte-source.ts';
import { type JsonFile, readJsonFile } from '../files/json-file.ts';
import { type SavedPlan, savedPlanSchema } from './saved-plan-schema.ts';

/** Loaded only where a plan has to be kept to, as the library that checks it is. */
export const readSavedPlan = (path: string, readFile: ReadFile): Promise<JsonFile<SavedPlan>> =>
  readJsonFile(path, savedPlanSchema, readFile);
