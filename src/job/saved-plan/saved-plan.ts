import type { Ownership } from '../../model/manifest.ts';
import type { Report, ReportTarget } from '../../report/report-schema.ts';
import type { TargetSettings } from '../settings.ts';
import { planChecksum } from './plan-checksum.ts';
import type { Policy, SavedPlan } from './saved-plan-schema.ts';

export function policyOf(
  ownership: Ownership,
  { guard, only }: Pick<TargetSettings, 'guard' | 'only'>,
): Policy {
  return {
    ownership,
    maxRemovals: guard.maxRemovals ?? null,
    maxRemovalShare: guard.maxRemovalShare,
    onGuard: guard.onGuard,
    only: {
      contacts: [...only.contacts].sort(),
      aggregators: [...only.aggregators].sort(),
      members: [...only.members].sort(),
    },
  };
}

/** @returns undefined when no plan was made. Removals that the guard withheld are not in it: nobody approves them */
export function savedPlanOf(
  { tool, run }: Pick<Report, 'tool' | 'run'>,
  { directoryId, manifest, plan, changes }: ReportTarget,
  inForce: Policy,
): SavedPlan | undefined {
  if (plan === null || directoryId === null) return undefined;
  const content: Omit<SavedPlan, 'checksum'> = {
    schemaVersion: 1,
    tool,
    createdAt: run.startedAt,
    directoryId,
    manifest: { files: manifest.files },
    policy: inForce,
    digest: plan.digest,
    changes: changes
      .filter(({ outcome }) => outcome.status === 'planned')
      .map(({ outcome: _, owner: { id, name }, ...planned }) => ({ ...planned, owner: { id, name } })),
  };
  return { ...content, checksum: planChecksum(content) };
}
