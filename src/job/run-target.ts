import { asWritten } from '../diff/as-written.ts';
import { Inventory } from '../inventory/inventory.ts';
import { manifestNeeds } from '../manifest/manifest-needs.ts';
import type { Plan } from '../model/plan.ts';
import type { TargetResult } from '../model/target-result.ts';
import type { WriteEstimate } from '../model/write-estimate.ts';
import { estimateWrites } from '../pace/estimate-writes.ts';
import { createPacedCall } from '../pace/paced-caller.ts';
import { UPDATE_AGGREGATOR_CALLS_PER_MINUTE } from '../wire/cloud-config.ts';
import { checkPin } from './check-pin.ts';
import { chooseShare } from './choose-share.ts';
import { confine } from './confine.ts';
import { loadWritten } from './load-written.ts';
import { makePlan } from './make-plan.ts';
import type { JobPorts } from './ports.ts';
import { Progress } from './progress.ts';
import { resolveDesired } from './resolve-desired.ts';
import { objectionsTo } from './saved-plan/approve.ts';
import { loadSavedPlan } from './saved-plan/load-saved-plan.ts';
import { policyOf } from './saved-plan/saved-plan.ts';
import type { TargetSettings } from './settings.ts';
import { waitForEarlierWrites } from './wait-for-earlier-writes.ts';
import { whyShut } from './why-shut.ts';

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
  const { emit, clock } = ports;
  const { directory, inventory, call, manifest, saved, actual, desired } = await readStates(
    settings,
    ports,
    progress,
  );
  const plan = progress.keepPlan(makePlan(desired, actual, settings, ports.refusedLeavers(directory.id)));
  const estimate = ({ calls }: Plan): WriteEstimate =>
    estimateWrites(calls, paceOf(settings), progress.calls);
  progress.keepEstimate(estimate(plan));
  const allowed = progress.keepShare(chooseShare(plan, settings));
  const policy = policyOf(desired.ownership, settings);
  const proposal = { directory, manifest, policy, plan, allowed };
  const objections = objectionsTo(proposal, { digest: settings.expect, saved });
  if (objections.problems.length > 0) return progress.endStale(objections);
  if (plan.guard.verdict === 'refused' && settings.guard.onGuard === 'refuse') return progress.endRefused();
  if (settings.mode === 'plan') return progress.endPlan();

  emit({ type: 'stage', stage: 'apply' });
  if (allowed.changes.length === 0) return progress.endApply(undefined);
  if (whyShut(settings, clock) !== undefined) return progress.endShut(allowed);
  emit({ type: 'planned', ...estimate(allowed) });
  const applyPlan = await ports.loadExecutor();
  const inside = confine(desired, actual, settings.only);
  const ground = { whole: plan, actual, asWritten: asWritten(inside.desired, inside.actual) };
  const verified = await applyPlan(allowed, ground, applySettingsOf(settings), {
    ...ports,
    call,
    state: inventory.stateOf(directory),
    writer: ports.openWriter(),
    journal: ports.openJournal(allowed, actual, manifest),
  });
  progress.endApply(verified, ports.halt.reason);
}

/** What is wanted and what is there. The manifest itself is let go of: it is resolved. */
async function readStates(settings: TargetSettings, ports: JobPorts, progress: Progress) {
  const manifest = progress.keepManifest(await loadWritten(settings, ports));
  const saved = await loadSavedPlan(settings.approvedPlan, ports.readFile);

  const shut = whyShut(settings, ports.clock);
  if (shut !== undefined) ports.emit({ type: 'warning', message: shut });
  ports.emit({ type: 'stage', stage: 'read' });
  const call = createPacedCall(paceOf(settings), ports);
  const inventory = new Inventory(ports.reader, call);
  const directory = await inventory.directory();
  checkPin(directory, settings.directoryId, manifest.directory);
  if (settings.mode === 'apply') await ports.lock(directory.id);
  await waitForEarlierWrites(directory.id, settings.settleMs, ports);
  const actual = progress.keepActual(
    await inventory.read(directory, manifestNeeds(manifest, settings.ownership)),
  );

  ports.emit({ type: 'stage', stage: 'plan' });
  const desired = progress.keepDesired(await resolveDesired(manifest, actual, settings, inventory));
  const { files, entries } = manifest;
  return { directory, inventory, call, manifest: { files, entries }, saved, actual, desired };
}

const paceOf = ({ concurrency, pauseMs, window }: TargetSettings) => ({
  concurrency,
  pauseMs,
  window,
  aggregatorIntervalMs: 60_000 / UPDATE_AGGREGATOR_CALLS_PER_MINUTE,
});

const applySettingsOf = ({ settleMs, limits, pauseMs, window }: TargetSettings) => ({
  settleMs,
  pauseMs,
  window,
  accountsPerAggregator: limits.accountsPerAggregator,
});
