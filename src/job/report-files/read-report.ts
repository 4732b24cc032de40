import { type Report, reportSchema } from '../../report/report-schema.ts';
import type { ReadFile } from '../files/byte-source.ts';
import { type JsonFile, readJsonFile } from '../files/json-file.ts';

/** The report of another run. Loaded only where there is one: the library that checks it takes longer to load than most runs to plan. */
export const readReport = (path: string, readFile: ReadFile): Promise<JsonFile<Report>> =>
  readJsonFile(path, reportSchema, readFile);
