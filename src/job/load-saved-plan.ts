import { EXIT } from '../model/exit-code.ts';
import type { ReadFile } from './load-manifest.ts';
import type { SavedPlan } from './saved-plan-schema.ts';
import { problem, Stop } from './stop.ts';

/** @param path  undefined when no plan has to be kept to. @throws Stop (usage) when there is no saved plan in the file */
export async function loadSavedPlan(
  path: string | undefined,
  readFile: ReadFile,
): Promise<SavedPlan | undefined> {
  if (path === undefined) return undefined;
  const { readSavedPlan } = await import('./read-saved-plan.ts');
  const file = await readSavedPlan(path, readFile);
  if (file.ok) return file.value;
  const message = `${path} is not a saved plan that can be used: it ${file.reason}; make one with plan --out FILE`;
  throw new Stop(EXIT.usage, 'failed', [problem('saved-plan', message)]);
}
