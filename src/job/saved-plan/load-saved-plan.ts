import { EXIT } from '../../model/exit-code.ts';
import type { ReadFile } from '../files/byte-source.ts';
import { problem, Stop } from '../stop.ts';
import { planChecksum } from './plan-checksum.ts';
import type { SavedPlan } from './saved-plan-schema.ts';

/**
 * @param path  undefined when no plan has to be kept to
 * @throws Stop (usage) when there is no saved plan in the file, or not as it was saved
 */
export async function loadSavedPlan(
  path: string | undefined,
  readFile: ReadFile,
): Promise<SavedPlan | undefined> {
  if (path === undefined) return undefined;
  const { readSavedPlan } = await import('./read-saved-plan.ts');
  const file = await readSavedPlan(path, readFile);
  if (!file.ok) throw unusable(`${path} is not a saved plan that can be used: it ${file.reason}`);
  if (planChecksum(JSON.parse(file.text) as object) !== file.value.checksum)
    throw unusable(
      `${path} is not as it was saved: it does not match its checksum, so it was edited or damaged`,
    );
  return file.value;
}

const unusable = (what: string): Stop =>
  new Stop(EXIT.usage, 'failed', [problem('saved-plan', `${what}; make one with plan --out FILE`)]);
