import type { Inventory } from '../inventory/inventory.ts';
import { manifestNeeds } from '../manifest/manifest-needs.ts';
import type { ActualState, Directory } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import { EXIT } from '../model/exit-code.ts';
import type { Manifest, Ownership } from '../model/manifest.ts';
import type { Needs } from '../model/needs.ts';
import type { Plan } from '../model/plan.ts';
import type { Checked, Problem } from '../model/problem.ts';
import { checkPin } from './check-pin.ts';
import type { OpenFile } from './files/byte-source.ts';
import { loadManifest } from './load-manifest.ts';
import { makePlan } from './make-plan.ts';
import type { ReadOnlySettings } from './read-only.ts';
import { StateFolder } from './records/state-folder.ts';
import { resolveDesired } from './resolve-desired.ts';
import type { TargetSettings } from './settings.ts';
import { Stop } from './stop.ts';

/** What a command needs to look at a directory, and with manifests at what a plan would make of it. */
export interface OutlookSettings
  extends ReadOnlySettings,
    Pick<TargetSettings, 'ownership' | 'limits' | 'only'> {
  /** Paths as given; none to look at what is there now. */
  readonly manifest: readonly string[];
  /** Remembers what earlier runs found impossible, so that the plan is the one that `plan` makes. */
  readonly stateDir: string;
}

export interface Outlook {
  readonly actual: ActualState;
  /** Undefined without a manifest. */
  readonly foreseen: Foreseen | undefined;
}

export interface Foreseen {
  readonly manifest: Manifest;
  readonly desired: DesiredState;
  readonly plan: Plan;
}

/** @throws Stop with every problem; before anything is read from the cloud */
export async function loadManifestOrStop(
  { manifest, limits }: Pick<OutlookSettings, 'manifest' | 'limits'>,
  openFile: OpenFile,
  warn: Warn,
): Promise<Manifest | undefined> {
  if (manifest.length === 0) return undefined;
  return take(await loadManifest(manifest, limits, openFile), warn);
}

export type Warn = (warnings: readonly Problem[]) => void;

/** Reads all contacts, all folders, and what the manifest needs beside them; then plans. Writes nothing. */
export async function readOutlook(
  inventory: Inventory,
  directory: Directory,
  manifest: Manifest | undefined,
  settings: OutlookSettings,
  warn: Warn,
): Promise<Outlook> {
  checkPin(directory, settings.directoryId, manifest?.directory);
  const actual = await inventory.read(directory, needsOf(manifest, settings.ownership));
  if (manifest === undefined) return { actual, foreseen: undefined };
  const desired = take(await resolveDesired(manifest, actual, settings, inventory), warn);
  const refused = new StateFolder(settings.stateDir, directory.id).refusedLeavers();
  const { plan, warnings } = makePlan(desired, actual, { ...settings, ...UNLIMITED }, refused);
  warn(warnings);
  return { actual, foreseen: { manifest, desired, plan } };
}

/** How many removals are too many is an option of plan and apply; the guard's other rules need none. */
const UNLIMITED = {
  guard: {
    maxRemovals: undefined,
    maxRemovalShare: 1,
    allowRemovals: undefined,
    allowUncovered: undefined,
    onGuard: 'refuse',
  },
} as const;

const NOTHING_WRITTEN: Needs = {
  contacts: true,
  aggregators: { ids: [], names: [], all: false },
  folders: 'all',
  tags: false,
};

function needsOf(manifest: Manifest | undefined, ownership: Ownership | undefined): Needs {
  if (manifest === undefined) return NOTHING_WRITTEN;
  return { ...manifestNeeds(manifest, ownership), contacts: true, folders: 'all' };
}

function take<T>(checked: Checked<T>, warn: Warn): T {
  if (!checked.ok) throw new Stop(EXIT.manifest, 'failed', checked.problems);
  warn(checked.warnings);
  return checked.value;
}
