import { applyPlan } from '../apply/apply-plan.ts';
import { Inventory } from '../inventory/inventory.ts';
import { manifestNeeds } from '../manifest/manifest-needs.ts';
import type { Directory } from '../model/actual-state.ts';
import type { Manifest } from '../model/manifest.ts';
import type { PacedCall } from '../model/ports.ts';
import type { TargetResult } from '../model/target-result.ts';
import { createPacedCall } from '../pace/paced-caller.ts';
import { UPDATE_AGGREGATOR_CALLS_PER_MINUTE } from '../wire/cloud-config.ts';
import { checkPin } from './check-pin.ts';
import { loadManifest } from './load-manifest.ts';
import { makePlan } from './make-plan.ts';
import type { JobPorts } from './ports.ts';
import { Progress } from './progress.ts';
import { resolveDesired } from './resolve-desired.ts';
import type { TargetSettings } from './settings.ts';
import { waitForEarlierWrites } from './wait-for-earlier-writes.ts';
import { withholdRemovals } from './withhold-removals.ts';

/**
 * One directory, from its manifest to what became of every binding: the line that everything else hangs on.
 * It always returns a result; how far it got stands in it.
 */
export async function runTarget(settings: TargetSettings, ports: JobPorts): Promise<TargetResult> {
  const progress = new Progress(settings);
  const emit: JobPorts['emit'] = (event) => {
    progress.note(event);
    ports.emit(event);
  };
  try {
    await runStages(settings, { ...ports, emit }, progress);
  } catch (error) {
    progress.endWith(error);
    ports.halt.halt({ kind: 'ended' });
  }
  return progress.result();
}

async function runStages(settings: TargetSettings, ports: JobPorts, progress: Progress): Promise<void> {
  const { emit } = ports;
  const manifest = progress.keepManifest(
    await loadManifest(settings.manifest, settings.limits, ports.readFile),
  );

  emit({ type: 'stage', stage: 'read' });
  const call = createPacedCall(paceOf(settings), ports);
  const inventory = new Inventory(ports.reader, call);
  const directory = await inventory.directory();
  checkPin(directory, settings.directoryId, manifest.directory);
  const lock = settings.mode === 'apply' ? await ports.lock(directory.id) : undefined;
  try {
    await runLocked(settings, ports, progress, { manifest, directory, inventory, call });
  } finally {
    await lock?.release();
  }
}

interface Read {
  readonly manifest: Manifest;
  readonly directory: Directory;
  readonly inventory: Inventory;
  readonly call: PacedCall;
}

async function runLocked(
  settings: TargetSettings,
  ports: JobPorts,
  progress: Progress,
  { manifest, directory, inventory, call }: Read,
): Promise<void> {
  const { emit } = ports;
  await waitForEarlierWrites(directory.id, settings.settleMs, ports);
  const actual = progress.keepActual(
    await inventory.read(directory, manifestNeeds(manifest, settings.ownership)),
  );

  emit({ type: 'stage', stage: 'plan' });
  const desired = progress.keepDesired(await resolveDesired(manifest, actual, settings, inventory));
  const plan = progress.keepPlan(makePlan(desired, actual, settings, ports.refusedLeavers(directory.id)));
  if (settings.expect !== undefined && settings.expect !== plan.digest)
    return progress.endStale(settings.expect);
  const guardTripped = plan.guard.verdict === 'refused';
  if (guardTripped && settings.guard.onGuard === 'refuse') return progress.endRefused();
  const allowed = guardTripped ? progress.keepWithheld(withholdRemovals(plan)) : plan;
  if (settings.mode === 'plan') return progress.endPlan();

  emit({ type: 'stage', stage: 'apply' });
  if (allowed.changes.length === 0) return progress.endApply(undefined);
  const verified = await applyPlan(allowed, actual, applySettingsOf(settings), {
    ...ports,
    call,
    state: inventory.stateOf(directory),
    writer: ports.openWriter(),
    journal: ports.openJournal(allowed, actual, manifest),
  });
  progress.endApply(verified, ports.halt.reason);
}

const paceOf = ({ concurrency }: TargetSettings) => ({
  concurrency,
  aggregatorIntervalMs: 60_000 / UPDATE_AGGREGATOR_CALLS_PER_MINUTE,
});

const applySettingsOf = ({ settleMs, limits }: TargetSettings) => ({
  settleMs,
  accountsPerAggregator: limits.accountsPerAggregator,
});
