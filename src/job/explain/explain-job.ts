import type { Inventory } from '../../inventory/inventory.ts';
import type { ActualState } from '../../model/actual-state.ts';
import { CloudCallError } from '../../model/cloud-failure.ts';
import { parseContactId, parseFolderId } from '../../model/ids.ts';
import type { Explanation } from '../../report/explanation.ts';
import type { OpenFile } from '../files/byte-source.ts';
import { loadManifestOrStop, type OutlookSettings, readOutlook, type Warn } from '../outlook.ts';
import { type ReadOnlyEffects, readOnly } from '../read-only.ts';
import { explain } from './explain.ts';
import { findSubject } from './find-subject.ts';

/**
 * Explains what has the id or the name.
 * @throws what {@link readOnly} throws, and Stop for problems of the manifest, or where nothing is called so
 */
export async function runExplain(
  wanted: string,
  settings: OutlookSettings,
  effects: ReadOnlyEffects & { readonly openFile: OpenFile; readonly warn: Warn },
): Promise<Explanation> {
  const { openFile, warn } = effects;
  const manifest = await loadManifestOrStop(settings, openFile, warn);
  return readOnly(settings, effects, async (inventory, directory) => {
    const { actual, foreseen } = await readOutlook(inventory, directory, manifest, settings, warn);
    const { state, unread } = needsGroups(wanted)
      ? await withAllGroups(actual, inventory)
      : { state: actual, unread: null };
    return explain(findSubject(wanted, state), { actual: state, foreseen }, unread);
  });
}

/** Contacts and folders are in no account group. */
const needsGroups = (wanted: string): boolean =>
  parseContactId(wanted.trim()) === undefined && parseFolderId(wanted.trim()) === undefined;

/**
 * Every account group with its members, beside those that the manifest needs. Credentials may be made for contacts
 * alone: without the permission to list groups the rest is still explained.
 */
async function withAllGroups(
  actual: ActualState,
  inventory: Inventory,
): Promise<{ readonly state: ActualState; readonly unread: string | null }> {
  try {
    const { list = [] } = await inventory.aggregators({ ids: [], names: [], all: true });
    const others = list.filter(({ id }) => !actual.aggregators.has(id)).map(({ id }) => id);
    const { details } = await inventory.aggregators({ ids: others, names: [], all: false });
    const aggregators = new Map([...actual.aggregators.values(), ...details].map((one) => [one.id, one]));
    return { state: { ...actual, aggregators, aggregatorList: list }, unread: null };
  } catch (error) {
    if (!(error instanceof CloudCallError) || error.failure.class !== 'permission') throw error;
    return { state: actual, unread: error.failure.code };
  }
}
