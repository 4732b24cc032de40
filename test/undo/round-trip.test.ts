import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { Inventory } from '../../src/inventory/inventory.ts';
import { resolveDesired } from '../../src/job/resolve-desired.ts';
import { loadUndo } from '../../src/job/undo/load-undo.ts';
import type { ActualState } from '../../src/model/actual-state.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { FolderId } from '../../src/model/ids.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Change } from '../../src/model/plan.ts';
import { reader } from '../inventory/fake-reader.ts';
import { anyActual, anyDesired } from '../support/arbitrary-world.ts';
import { changed, DIRECTORY, MANAGEMENT } from '../support/world.ts';
import { reportText } from './support/report-text.ts';

const EFFORT = { attempts: 1, elapsedMs: 10, requestId: undefined };
const OUTCOMES: readonly Outcome[] = [
  { status: 'applied', ...EFFORT },
  { status: 'already', because: 'somebody else did it', ...EFFORT },
  { status: 'failed', code: 'InvalidMember', message: 'refused', ...EFFORT },
  { status: 'skipped', because: 'the run ended before its turn' },
  { status: 'uncertain', code: 'NoAnswer', message: 'no answer', ...EFFORT },
  { status: 'not-visible', message: 'not seen', ...EFFORT },
];
const APPLIED = OUTCOMES[0] as Outcome;

/** Where it came to one of these, the change is in the state afterwards. */
const TOOK: readonly string[] = ['applied', 'already', 'not-visible'];

const anyRun = anyActual.map(usable).chain((before) =>
  fc.record({
    before: fc.constant(before),
    desired: anyDesired(before),
    fates: fc.array(fc.constantFrom(...OUTCOMES, APPLIED, APPLIED, APPLIED), { minLength: 1, maxLength: 30 }),
  }),
);

describe('an undo', () => {
  it('takes back what was applied, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ before, desired, fates }) => {
        const changes = changesOf(desired, before);
        const outcomes = fatesOf(changes, fates);
        const after = changed(
          before,
          changes.filter(({ id }) => TOOK.includes(statusOf(outcomes, id))),
        );
        const undone = changed(after, await undoChanges(after, changes, outcomes));
        const others = changes.filter(
          ({ id }) => TOOK.includes(statusOf(outcomes, id)) && statusOf(outcomes, id) !== 'applied',
        );
        const lost = changes.filter(
          (change) => statusOf(outcomes, change.id) === 'applied' && isGone(change, before),
        );
        expect(holdings(undone)).toEqual(holdings(changed(before, [...others, ...lost])));
      }),
      { numRuns: 100 },
    );
  });

  it('of an undo gives what the first run made', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ before, desired }) => {
        const changes = changesOf(desired, before).filter((change) => !isGone(change, before));
        const after = changed(before, changes);
        const back = await undoChanges(after, changes, fatesOf(changes, [APPLIED]));
        const undone = changed(after, back);
        const again = await undoChanges(undone, back, fatesOf(back, [APPLIED]));
        expect(holdings(changed(undone, again))).toEqual(holdings(after));
      }),
      { numRuns: 100 },
    );
  });

  it('that was made already finds nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ before, desired }) => {
        const changes = changesOf(desired, before);
        const outcomes = fatesOf(changes, [APPLIED]);
        const after = changed(before, changes);
        const undone = changed(after, await undoChanges(after, changes, outcomes));
        expect(await undoChanges(undone, changes, outcomes)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

/** As the service has it: no account group is empty, and only Active contacts change. */
function usable(state: ActualState): ActualState {
  const contacts = new Map(
    [...(state.contacts ?? [])].map(([id, contact]) => [id, { ...contact, status: 'Active' }]),
  );
  const aggregators = new Map(
    [...state.aggregators].map(([id, group]) => [
      id,
      { ...group, accounts: new Map([...group.accounts, [MANAGEMENT, { id: MANAGEMENT, name: '' }]]) },
    ]),
  );
  return { ...state, contacts, aggregators };
}

/** The guard lets no group become empty. */
const changesOf = (desired: DesiredState, before: ActualState): readonly Change[] =>
  diff(desired, before).changes.filter(
    (change) => change.action !== 'remove-account' || change.accountId !== MANAGEMENT,
  );

const fatesOf = (changes: readonly Change[], fates: readonly Outcome[]): ReadonlyMap<string, Outcome> =>
  new Map(changes.map(({ id }, index) => [id, fates[index % fates.length] ?? APPLIED]));

const statusOf = (outcomes: ReadonlyMap<string, Outcome>, id: string): string =>
  outcomes.get(id)?.status ?? '';

/** What has left the directory cannot be bound or added again. */
function isGone(change: Change, { accounts, folders }: ActualState): boolean {
  if (change.action === 'remove-account')
    return change.accountId !== MANAGEMENT && accounts?.has(change.accountId) === false;
  if (change.action !== 'unbind') return false;
  const { target } = change;
  if (target.type === 'account') return accounts?.has(target.id) === false;
  return target.type === 'folder' && target.id === 'fd-gone' && !folders?.has(target.id);
}

async function undoChanges(
  live: ActualState,
  changes: readonly Change[],
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<readonly Change[]> {
  const bytes = new TextEncoder().encode(reportText(live, changes, outcomes));
  const undo = { report: 'report.json', allowEmpty: [] };
  const written = await loadUndo(undo, undefined, async () => bytes);
  if (!written.ok) throw new Error(JSON.stringify(written.problems));
  const limits = { targetsPerContact: 100, accountsPerAggregator: 200 };
  const settings = { ownership: undefined, limits, undo };
  const desired = await resolveDesired(written.value, live, settings, onlyFolders());
  if (!desired.ok) throw new Error(JSON.stringify(desired.problems));
  return diff(desired.value, live).changes;
}

/** Every folder of the tree exists, but the one that left. */
function onlyFolders(): Inventory {
  const getFolder = async (id: FolderId) =>
    id === 'fd-gone' ? undefined : { id, name: id, parentId: DIRECTORY.rootFolderId };
  return new Inventory(reader({ getFolder }), (_, send) => send());
}

/** By owner, without order and spelling. */
function holdings(state: ActualState): Record<string, readonly string[]> {
  return Object.fromEntries([
    ...[...(state.contacts ?? [])].map(([id, { bindings }]) => [id, [...bindings.keys()].sort()]),
    ...[...state.aggregators].map(([id, { accounts }]) => [id, [...accounts.keys()].sort()]),
  ]);
}
