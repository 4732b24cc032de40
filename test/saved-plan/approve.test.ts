import { describe, expect, it } from 'vitest';
import { objectionsTo, type Proposal } from '../../src/job/saved-plan/approve.ts';
import { policyOf, savedPlanOf } from '../../src/job/saved-plan/saved-plan.ts';
import { type SavedPlan, savedPlanSchema } from '../../src/job/saved-plan/saved-plan-schema.ts';
import type { Change } from '../../src/model/plan.ts';
import { onlyTarget, planOf, planRecord, reportOf } from '../report/sample-run.ts';
import { actual, addAccount, bind, source, unbind } from '../support/world.ts';

const CHANGES: readonly Change[] = [bind('c-1', 1, source(7)), unbind('c-1', 2), addAccount('ca-1', 3)];
const FILES = [
  { path: 'manifest.yaml', sha256: 'aa' },
  { path: 'more.csv', sha256: 'bb' },
];
const GUARD = {
  maxRemovals: undefined,
  maxRemovalShare: 0.25,
  allowRemovals: undefined,
  allowUncovered: undefined,
  onGuard: 'refuse',
} as const;
const ONLY = { contacts: [], aggregators: [], members: [] };
const POLICY = policyOf('listed', { guard: GUARD, only: ONLY });

const PROPOSAL: Proposal = {
  directory: { id: 'rd-3mNq8W' },
  manifest: { files: FILES },
  policy: POLICY,
  plan: { digest: 'd1' },
  allowed: { changes: CHANGES },
};

function saved(): SavedPlan {
  const report = reportOf(
    planRecord({ actual: actual(), plan: planOf(CHANGES), manifest: { files: FILES, entries: 3 } }),
  );
  const plan = savedPlanOf(report, onlyTarget(report), POLICY);
  if (plan === undefined) throw new Error('no plan was made');
  return plan;
}

const SAVED = saved();
const withChanges = (changes: readonly Change[]): Proposal => ({ ...PROPOSAL, allowed: { changes } });
const withPolicy = (policy: Partial<Proposal['policy']>): Proposal => ({
  ...PROPOSAL,
  policy: { ...POLICY, ...policy },
});

describe('a fresh plan is the approved one', () => {
  it.each<[string, Proposal]>([
    ['when it is the same', PROPOSAL],
    ['when something is satisfied meanwhile', withChanges(CHANGES.slice(1))],
    ['when all is satisfied meanwhile', withChanges([])],
    [
      'when the manifest is given in another order',
      { ...PROPOSAL, manifest: { files: [...FILES].reverse() } },
    ],
    [
      'when the manifest has moved',
      {
        ...PROPOSAL,
        manifest: { files: FILES.map((file) => ({ ...file, path: `elsewhere/${file.path}` })) },
      },
    ],
    [
      'when it may do for this run what the guard would refuse',
      {
        ...PROPOSAL,
        policy: policyOf('listed', { guard: { ...GUARD, allowRemovals: 1, allowUncovered: 2 }, only: ONLY }),
      },
    ],
  ])('%s', (_, proposal) => {
    expect(objectionsTo(proposal, { digest: undefined, saved: SAVED })).toEqual({
      problems: [],
      unapproved: new Set(),
    });
  });

  it('when nothing has to be kept to', () => {
    expect(objectionsTo(PROPOSAL, { digest: undefined, saved: undefined }).problems).toEqual([]);
  });
});

describe('a fresh plan is not the approved one', () => {
  it.each<[string, Proposal, string, string]>([
    [
      'when it belongs to another directory',
      { ...PROPOSAL, directory: { id: 'rd-other' } },
      'approved-for-other-directory',
      'the approved plan is for resource directory rd-3mNq8W, and this is rd-other',
    ],
    [
      'when a manifest file was edited',
      {
        ...PROPOSAL,
        manifest: { files: [{ path: 'manifest.yaml', sha256: 'cc' }, FILES[1] as (typeof FILES)[0]] },
      },
      'approved-for-other-manifest',
      'the manifest is not the one of the approved plan (differs in manifest.yaml); save a new plan and review it',
    ],
    [
      'when a manifest file is left out',
      { ...PROPOSAL, manifest: { files: FILES.slice(0, 1) } },
      'approved-for-other-manifest',
      'the manifest is not the one of the approved plan (differs in more.csv); save a new plan and review it',
    ],
    [
      'when more may be removed',
      withPolicy({ ownership: 'exclusive' }),
      'approved-for-other-policy',
      '--ownership: "listed" in the approved plan, "exclusive" now; use the same options, or save a new plan',
    ],
    [
      'when the guard lets more through',
      withPolicy({ maxRemovalShare: 1 }),
      'approved-for-other-policy',
      '--max-removal-share: 0.25 in the approved plan, 1 now; use the same options, or save a new plan',
    ],
    [
      'when the guard has another limit',
      withPolicy({ maxRemovals: 3 }),
      'approved-for-other-policy',
      '--max-removals: null in the approved plan, 3 now; use the same options, or save a new plan',
    ],
    [
      'when a tripped guard does something else',
      withPolicy({ onGuard: 'additions-only' }),
      'approved-for-other-policy',
      '--on-guard: "refuse" in the approved plan, "additions-only" now; use the same options, or save a new plan',
    ],
  ])('%s', (_, proposal, code, message) => {
    const { problems } = objectionsTo(proposal, { digest: undefined, saved: SAVED });
    expect(problems.map((problem) => [problem.code, problem.message])).toEqual([[code, message]]);
  });

  it('when it is confined to something else', () => {
    const proposal = withPolicy({ only: { contacts: ['c-1'], aggregators: [], members: [] } });
    const { problems } = objectionsTo(proposal, { digest: undefined, saved: SAVED });
    expect(problems.map(({ code }) => code)).toEqual(['approved-for-other-policy']);
  });

  it('when there is more in it, and names that with its place', () => {
    const more = bind('c-2', 9, source(41));
    const { problems, unapproved } = objectionsTo(withChanges([...CHANGES, more]), {
      digest: undefined,
      saved: SAVED,
    });
    expect(problems).toEqual([
      {
        code: 'not-in-approved-plan',
        severity: 'error',
        source: source(41),
        message: 'bind:c-2:1738084522670009 is not in the approved plan; save a new plan and review it',
      },
    ]);
    expect(unapproved).toEqual(new Set([more.id]));
  });

  it('when it does the opposite of what was approved', () => {
    const { unapproved } = objectionsTo(withChanges([unbind('c-1', 1)]), { digest: undefined, saved: SAVED });
    expect([...unapproved]).toEqual(['unbind:c-1:1738084522670001']);
  });

  it('when only the id of a saved change, which nobody reads, says what is done', () => {
    const [first, ...others] = SAVED.changes;
    if (first === undefined) throw new Error('no change was saved');
    const forged = { ...SAVED, changes: [{ ...first, id: 'bind:c-2:1738084522670009' }, ...others] };
    const { unapproved } = objectionsTo(withChanges([bind('c-2', 9)]), { digest: undefined, saved: forged });
    expect([...unapproved]).toEqual(['bind:c-2:1738084522670009']);
  });

  it('names the first twenty changes, and says how many there are beside them', () => {
    const many = Array.from({ length: 23 }, (_, index) => bind('c-3', index + 1));
    const { problems, unapproved } = objectionsTo(withChanges(many), { digest: undefined, saved: SAVED });
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.message).toBe('3 more changes are not in the approved plan');
    expect(unapproved.size).toBe(23);
  });

  it('when its digest is another one', () => {
    const { problems } = objectionsTo(PROPOSAL, { digest: 'd2', saved: SAVED });
    expect(problems.map(({ message }) => message)).toEqual([
      'the plan has digest d1, and d2 was approved; review the new plan and approve it',
    ]);
  });
});

describe('a saved plan', () => {
  it('holds what the report says of every change, and is what its schema says', () => {
    expect(savedPlanSchema.parse(JSON.parse(JSON.stringify(SAVED)))).toEqual(SAVED);
    expect(SAVED.changes[0]).toEqual({
      id: 'bind:c-1:1738084522670001',
      kind: 'contact',
      action: 'bind',
      owner: { id: 'c-1', name: null },
      member: { id: '1738084522670001', name: null, type: 'account' },
      source: source(7),
    });
  });

  it('leaves out what the guard withheld', () => {
    const withheld = new Map([[CHANGES[1]?.id ?? '', { status: 'skipped', because: 'withheld' } as const]]);
    const report = reportOf(planRecord({ actual: actual(), plan: planOf(CHANGES), outcomes: withheld }));
    const plan = savedPlanOf(report, onlyTarget(report), POLICY);
    expect(plan?.changes.map(({ id }) => id)).toEqual([CHANGES[0]?.id, CHANGES[2]?.id]);
  });

  it('does not come of a run that made no plan', () => {
    const report = reportOf(planRecord({ plan: undefined }));
    expect(savedPlanOf(report, onlyTarget(report), POLICY)).toBeUndefined();
  });

  it('lists what it is confined to in one order', () => {
    const only = { contacts: ['c-2', 'c-1'], aggregators: [], members: [] };
    expect(policyOf('listed', { guard: GUARD, only }).only.contacts).toEqual(['c-1', 'c-2']);
  });
});
