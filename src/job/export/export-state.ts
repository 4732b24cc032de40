import type { Inventory } from '../../inventory/inventory.ts';
import { liveManifest } from '../../manifest/live-manifest.ts';
import { writeCsv } from '../../manifest/write-csv.ts';
import { writeYaml } from '../../manifest/write-yaml.ts';
import type { ActualState, Directory } from '../../model/actual-state.ts';
import { EXIT } from '../../model/exit-code.ts';
import type { ExportFormat } from '../../model/file-formats.ts';
import { canonicalMembers } from '../confined-member.ts';
import type { Confinement } from '../settings.ts';
import { problem, Stop } from '../stop.ts';
import { exportProblems } from './export-check.ts';
import { kindsToRead, selectOwners } from './export-selection.ts';

const WRITERS = { yaml: writeYaml, csv: writeCsv } as const;

export interface Exported {
  readonly text: string;
  /** There is nothing in it to plan: the manifest reader would refuse it. */
  readonly isEmpty: boolean;
}

/**
 * The live state as a manifest, read back and planned before it is handed out.
 * @throws Stop when something that was asked for is not there, or the manifest would not plan to no change
 */
export async function exportState(
  inventory: Inventory,
  directory: Directory,
  { format, only }: { readonly format: ExportFormat; readonly only: Confinement },
): Promise<Exported> {
  const actual = await readAll(inventory, directory, kindsToRead(only));
  const { live, unknown } = selectOwners(liveManifest(actual), canonicalMembers(only, actual.directory));
  if (unknown.length > 0)
    throw new Stop(
      EXIT.usage,
      'failed',
      unknown.map((message) => problem('export-unknown', message)),
    );
  const text = WRITERS[format](live);
  const problems = exportProblems(`export.${format}`, text, actual);
  const isEmpty = problems.some(({ code }) => code === 'manifest-empty');
  if (problems.length > 0 && !isEmpty) throw new Stop(EXIT.manifest, 'failed', problems);
  return { text, isEmpty };
}

/** Members only of the groups that can be planned. */
async function readAll(
  inventory: Inventory,
  directory: Directory,
  kinds: ReturnType<typeof kindsToRead>,
): Promise<ActualState> {
  const actual = await inventory.read(directory, {
    contacts: kinds.contacts,
    aggregators: { ids: [], names: [], all: kinds.aggregators },
    folders: 'all',
    tags: false,
  });
  const custom = (actual.aggregatorList ?? []).filter(({ type }) => type === 'CUSTOM');
  const { details } = await inventory.aggregators({ ids: custom.map(({ id }) => id), names: [], all: false });
  return { ...actual, aggregators: new Map(details.map((detail) => [detail.id, detail])) };
}
