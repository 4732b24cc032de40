import { compareText } from '../model/compare.ts';
import { reaches } from '../model/coverage.ts';
import { contactsAfter } from '../plan/contacts-after.ts';
import { coverageView } from '../report/coverage-json.ts';
import type { CoverageText } from '../report/coverage-text.ts';
import { contactOwner } from '../report/member-names.ts';
import type { OpenFile } from './files/byte-source.ts';
import { folderPaths } from './folder-paths.ts';
import { loadManifestOrStop, type Outlook, type OutlookSettings, readOutlook, type Warn } from './outlook.ts';
import { type ReadOnlyEffects, readOnly } from './read-only.ts';

/**
 * Who is reached by which contacts: now, and with a manifest also once its plan is applied.
 * @throws what {@link readOnly} throws, and Stop for problems of the manifest
 */
export async function runCoverage(
  settings: OutlookSettings,
  effects: ReadOnlyEffects & { readonly openFile: OpenFile; readonly warn: Warn },
): Promise<CoverageText> {
  const { openFile, warn } = effects;
  const manifest = await loadManifestOrStop(settings, openFile, warn);
  return readOnly(settings, effects, async (inventory, directory) =>
    coverageOf(await readOutlook(inventory, directory, manifest, settings, warn)),
  );
}

function coverageOf({ actual, foreseen }: Outlook): CoverageText {
  const plan = foreseen?.plan;
  const contacts = [...(actual.contacts?.values() ?? [])];
  return {
    before: coverageView(actual, contactsAfter(actual, [])),
    after: plan && coverageView(actual, contactsAfter(actual, plan.changes)),
    folderPaths: folderPaths(actual),
    inactive: contacts
      .filter((contact) => !reaches(contact))
      .map(({ id, status }) => ({ name: contactOwner(id, actual).name ?? id, status }))
      .sort((a, b) => compareText(a.name, b.name)),
    people: contacts
      .filter(({ personalData }) => personalData !== undefined)
      .map(({ id }) => contactOwner(id, actual))
      .sort((a, b) => compareText(a.name ?? '', b.name ?? '')),
    refusedBy: [...new Set(plan?.guard.reasons.map(({ rule }) => rule))],
  };
}
