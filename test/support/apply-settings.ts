import type { TargetSettings } from '../../src/job/settings.ts';

/** An apply with the service's own limits, which no share of removals stops. */
export const applySettings = (rest: Partial<TargetSettings> = {}): TargetSettings => ({
  name: 'emulated',
  mode: 'apply',
  manifest: ['manifest.yaml'],
  directoryId: undefined,
  ownership: undefined,
  limits: { targetsPerContact: 10, accountsPerAggregator: 200 },
  guard: {
    maxRemovals: undefined,
    maxRemovalShare: 1,
    allowRemovals: undefined,
    allowUncovered: undefined,
    onGuard: 'refuse',
  },
  expect: undefined,
  only: { contacts: [], aggregators: [], members: [] },
  maxChanges: undefined,
  concurrency: 5,
  settleMs: 30_000,
  ...rest,
});
