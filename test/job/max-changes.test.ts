import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Directory, type Owner, range } from '../apply/support/emulated-directory.ts';
import { EmulatedJobs, isWrite, type Run, type Trouble } from '../apply/support/emulated-job.ts';
import { differences } from '../apply/support/scenario.ts';
import { applySettings } from '../support/apply-settings.ts';

const contact = (n: number, now: readonly number[], wanted: readonly number[]): Owner => ({
  id: `c-${String(n).padStart(16, '0')}`,
  now,
  wanted,
});
const group = (n: number, now: readonly number[], wanted: readonly number[]): Owner => ({
  id: `ca-${String(n).padStart(20, '0')}`,
  now,
  wanted,
});
const directory = (contacts: readonly Owner[], groups: readonly Owner[] = []): Directory => ({
  accounts: 40,
  contacts,
  groups,
});

/** Reaches everybody, so that no removal takes away somebody's last contact. */
const EVERYBODY = [1, 2, 3, 4].map((n) => contact(n, range(n * 10 - 9, n * 10), range(n * 10 - 9, n * 10)));

const GUARD = applySettings().guard;
const outcomesOf = ({ result }: Run) => [...(result?.outcomes.entries() ?? [])];
const idsOf = (run: Run, status: string): string[] =>
  outcomesOf(run).flatMap(([id, outcome]) => (outcome.status === status ? [id] : []));
const reasonsOf = (run: Run): string[] =>
  outcomesOf(run).flatMap(([, outcome]) => (outcome.status === 'skipped' ? [outcome.because] : []));
const writesOf = ({ calls }: Run) => calls.filter(isWrite);
const LATER = (most: number): string => `it is left for the next run (--max-changes ${most})`;

async function runsOf(given: Directory, settings: NonNullable<Trouble['settings']>, most: number) {
  const jobs = new EmulatedJobs(given);
  const runs: Run[] = [];
  do runs.push(await jobs.run({ settings }));
  while (runs.at(-1)?.result?.exitCode === 3 && runs.length < most);
  return { jobs, runs };
}

describe('the first so many changes', () => {
  const eight = [contact(9, range(1, 9), [1])];
  const shrunk = directory([...EVERYBODY, ...eight]);

  it.each<[string, Directory, Partial<typeof GUARD>]>([
    ['max-removals', shrunk, { maxRemovals: 7 }],
    ['max-removal-share', shrunk, { maxRemovalShare: 0.1 }],
    ['last-contact', directory([contact(1, range(1, 4), [1])]), {}],
  ])('are no way around the guard, which judges the whole plan: %s', async (rule, given, guard) => {
    const jobs = new EmulatedJobs(given);
    const run = await jobs.run({ settings: { maxChanges: 2, guard: { ...GUARD, ...guard } } });
    expect(run.result?.exitCode).toBe(4);
    expect(new Set(run.result?.plan?.guard.reasons.map((reason) => reason.rule))).toEqual(new Set([rule]));
    expect(writesOf(run)).toEqual([]);
  });

  it('are made where the number of all removals was allowed, and not where that of these was', async () => {
    const settingsFor = (allowRemovals: number) => ({
      maxChanges: 2,
      guard: { ...GUARD, maxRemovals: 1, allowRemovals },
    });
    const jobs = new EmulatedJobs(shrunk);
    const codes = [];
    for (const allowed of [2, 8])
      codes.push((await jobs.run({ settings: settingsFor(allowed) })).result?.exitCode);
    expect(codes).toEqual([4, 3]);
  });

  it('leave the others skipped, still needed, and open for the next report', async () => {
    const jobs = new EmulatedJobs(directory([contact(9, [1], range(1, 8))]));
    const run = await jobs.run({ settings: { maxChanges: 3 } });
    expect(run.result).toMatchObject({ exitCode: 3, result: 'partial' });
    expect(idsOf(run, 'applied')).toHaveLength(3);
    expect(reasonsOf(run)).toEqual(Array.from({ length: 4 }, () => LATER(3)));
    expect(run.result?.verification).toEqual({ status: 'residual', residual: idsOf(run, 'skipped') });
    expect(run.result?.plan?.changes).toHaveLength(7);
    expect(run.result?.problems.map(({ message }) => message)).toEqual([
      '4 more changes are needed and left for the next run (--max-changes)',
    ]);
  });

  it('are planned in a dry run, and the others are not', async () => {
    const jobs = new EmulatedJobs(directory([contact(9, [1], range(1, 8))]));
    const run = await jobs.run({ settings: { mode: 'plan', maxChanges: 3 } });
    expect(run.result).toMatchObject({ exitCode: 2, result: 'drift' });
    expect(idsOf(run, 'skipped')).toHaveLength(4);
  });

  it('are additions before removals, of contacts and of account groups', async () => {
    const given = directory(
      [...EVERYBODY, contact(8, [1, 2], [1, 2, 3, 4]), contact(9, [1, 2], [1])],
      [group(9, [1, 2], [1, 3])],
    );
    const { jobs, runs } = await runsOf(given, { maxChanges: 1 }, 9);
    expect(runs.map((run) => idsOf(run, 'applied').map((id) => id.split(':', 1)[0]))).toEqual([
      ['bind'],
      ['bind'],
      ['add-account'],
      ['unbind'],
      ['remove-account'],
    ]);
    expect(runs.map(({ result }) => result?.exitCode)).toEqual([3, 3, 3, 3, 0]);
    expect(differences(given, jobs.cloud)).toEqual([]);
  });
});

describe('a contact at its cap', () => {
  const full = contact(9, range(1, 10), [...range(4, 10), 11, 12, 13]);
  const given = directory([...EVERYBODY, full]);

  it('has its removals and additions made together, as soon as there is room for all of them', async () => {
    const { jobs, runs } = await runsOf(given, { maxChanges: 6 }, 2);
    expect(runs.map(({ result }) => result?.exitCode)).toEqual([0]);
    expect(jobs.violations).toEqual([]);
  });

  it.each([1, 5])('has none of them made where --max-changes %i has no room, and says so', async (most) => {
    const { runs } = await runsOf(given, { maxChanges: most }, 1);
    expect(runs.flatMap(writesOf)).toEqual([]);
    expect(new Set(runs.flatMap(reasonsOf))).toEqual(
      new Set([
        `the contact is at its cap, its 6 removals and additions go together, and --max-changes ${most} has no room for them`,
      ]),
    );
  });

  it('is passed over for what there is room for', async () => {
    const { jobs, runs } = await runsOf(
      directory([...EVERYBODY, contact(8, [1], [1, 2, 3]), full]),
      { maxChanges: 6 },
      3,
    );
    expect(runs.map((run) => idsOf(run, 'applied').length)).toEqual([2, 6]);
    expect(jobs.violations).toEqual([]);
  });

  it('whose additions were left out keeps others from losing who counts on them', async () => {
    const counts = directory([
      contact(7, [21], [21]),
      contact(8, [1, 2], [2]),
      contact(9, range(21, 30), [...range(22, 30), 1]),
    ]);
    const { runs } = await runsOf(counts, { maxChanges: 1 }, 1);
    expect(runs.flatMap(writesOf)).toEqual([]);
    expect(runs.flatMap(reasonsOf)).toContainEqual(
      expect.stringMatching(/^account \d+ would be left without what the plan keeps for it/),
    );
  });
});

describe('additions only', () => {
  const REMOVED = contact(9, range(1, 8), [1, 11]);
  const settings = { guard: { ...GUARD, maxRemovals: 1, onGuard: 'additions-only' as const } };

  it('leave what was withheld skipped and still needed, beside additions that were made', async () => {
    const run = await new EmulatedJobs(directory([...EVERYBODY, REMOVED])).run({ settings });
    expect(idsOf(run, 'applied')).toEqual(['bind:c-0000000000000009:1738084522670011']);
    expect(run.result?.verification).toEqual({ status: 'residual', residual: idsOf(run, 'skipped') });
    expect(idsOf(run, 'skipped')).toHaveLength(7);
  });

  it('are what the coverage of a dry run counts on', async () => {
    const jobs = new EmulatedJobs(directory([REMOVED]));
    const run = await jobs.run({ settings: { ...settings, mode: 'plan' } });
    const reached = [...(run.result?.coverage ?? [])].filter(([, reaches]) => reaches.length > 0);
    expect(reached).toHaveLength(9);
  });
});

describe('run after run', () => {
  const ownedUpTo = (maxLength: number) =>
    fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength });
  const worldsOf = (most: number) =>
    fc
      .tuple(
        fc.array(fc.tuple(ownedUpTo(most), ownedUpTo(most)), { minLength: 1, maxLength: 5 }),
        ownedUpTo(10),
        ownedUpTo(10),
      )
      .map(([owners, now, wanted]) => {
        const contacts = owners.map((one, index) => contact(index + 1, ...one));
        return directory([...contacts, ...keepersOf(contacts)], [group(1, now, wanted)]);
      });

  async function endsInSync(given: Directory, maxChanges: number): Promise<EmulatedJobs> {
    const { jobs, runs } = await runsOf(given, { maxChanges }, 60);
    expect(runs.at(-1)?.result?.exitCode).toBe(0);
    for (const run of runs) expect(idsOf(run, 'applied').length).toBeLessThanOrEqual(maxChanges);
    expect(differences(given, jobs.cloud)).toEqual([]);
    return jobs;
  }

  it('any directory ends in sync, with no more at a time, and nobody without a contact on the way', async () => {
    const property = fc.asyncProperty(worldsOf(5), fc.integer({ min: 1, max: 9 }), async (given, most) => {
      expect((await endsInSync(given, most)).violations).toEqual([]);
    });
    await fc.assert(property, { numRuns: 40, seed: 7 });
  }, 60_000);

  it('so do contacts at their cap, where there is room for what goes together', async () => {
    const property = fc.asyncProperty(worldsOf(10), fc.integer({ min: 20, max: 25 }), async (given, most) => {
      await endsInSync(given, most);
    });
    await fc.assert(property, { numRuns: 40, seed: 7 });
  }, 60_000);
});

/** They reach whoever all others let go, so that the guard has nothing to say. */
function keepersOf(contacts: readonly Owner[]): readonly Owner[] {
  const wanted = new Set(contacts.flatMap((owner) => owner.wanted));
  const lost = [...new Set(contacts.flatMap(({ now }) => now))].filter((n) => !wanted.has(n));
  return [lost.slice(0, 10), lost.slice(10)]
    .filter(({ length }) => length > 0)
    .map((kept, index) => contact(100 + index, kept, kept));
}
