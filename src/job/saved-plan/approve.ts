import type { ManifestFile } from '../../model/manifest.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import { counted } from '../../report/words.ts';
import { problem } from '../stop.ts';
import type { Policy, SavedPlan } from './saved-plan-schema.ts';

/** What is about to be carried out. */
export interface Proposal {
  readonly directory: { readonly id: string };
  readonly manifest: { readonly files: readonly ManifestFile[] };
  readonly policy: Policy;
  readonly plan: Pick<Plan, 'digest'>;
  /** The part of the plan that may be sent. */
  readonly allowed: Pick<Plan, 'changes'>;
}

/** What somebody has looked at and agreed to; undefined where nothing has to be kept to. */
export interface Approved {
  readonly digest: string | undefined;
  readonly saved: SavedPlan | undefined;
}

/** Why a plan is not the approved one. */
export interface Objections {
  readonly problems: readonly Problem[];
  /** Ids of the changes that nobody has looked at. */
  readonly unapproved: ReadonlySet<string>;
}

const MOST_NAMED = 20;

/** A plan with less in it than was approved is approved: what is missing has been done meanwhile. */
export function objectionsTo(proposal: Proposal, { digest, saved }: Approved): Objections {
  const byDigest = digest === undefined ? [] : otherDigest(proposal.plan.digest, digest);
  if (saved === undefined) return { problems: byDigest, unapproved: new Set() };
  const elsewhere = otherDirectory(proposal, saved);
  if (elsewhere.length > 0) return { problems: elsewhere, unapproved: new Set() };
  const approved = new Set(
    saved.changes.map(({ action, owner, member }) => `${action}:${owner.id}:${member.id}`),
  );
  const unapproved = proposal.allowed.changes.filter(({ id }) => !approved.has(id));
  return {
    problems: [
      ...byDigest,
      ...otherManifest(proposal.manifest.files, saved.manifest.files),
      ...otherPolicy(proposal.policy, saved.policy),
      ...nameThem(unapproved),
    ],
    unapproved: new Set(unapproved.map(({ id }) => id)),
  };
}

function otherDigest(found: string, expected: string): readonly Problem[] {
  if (found === expected) return [];
  const message = `the plan has digest ${found}, and ${expected} was approved; review the new plan and approve it`;
  return [problem('stale-plan', message)];
}

function otherDirectory({ directory }: Proposal, saved: SavedPlan): readonly Problem[] {
  if (directory.id === saved.directoryId) return [];
  const message = `the approved plan is for resource directory ${saved.directoryId}, and this is ${directory.id}`;
  return [problem('approved-for-other-directory', message)];
}

/** By content: where the files stand, and in which order they are given, changes nothing. */
function otherManifest(now: readonly ManifestFile[], then: readonly ManifestFile[]): readonly Problem[] {
  const known = digestsOf(then);
  const given = digestsOf(now);
  const changed = now.filter(({ sha256 }) => !known.has(sha256)).map(({ path }) => path);
  const missing = then.filter(({ sha256 }) => !given.has(sha256)).map(({ path }) => path);
  const names = [...new Set([...changed, ...missing])];
  if (names.length === 0) return [];
  const message = `the manifest is not the one of the approved plan (differs in ${names.join(', ')}); save a new plan and review it`;
  return [problem('approved-for-other-manifest', message)];
}

const digestsOf = (files: readonly ManifestFile[]): ReadonlySet<string> =>
  new Set(files.map(({ sha256 }) => sha256));

const OPTIONS = [
  ['ownership', '--ownership'],
  ['maxRemovals', '--max-removals'],
  ['maxRemovalShare', '--max-removal-share'],
  ['onGuard', '--on-guard'],
  ['only', '--contact, --aggregator, --member'],
] as const satisfies readonly (readonly [keyof Policy, string])[];

function otherPolicy(now: Policy, then: Policy): readonly Problem[] {
  return OPTIONS.filter(([key]) => JSON.stringify(now[key]) !== JSON.stringify(then[key])).map(
    ([key, option]) => {
      const values = `${JSON.stringify(then[key])} in the approved plan, ${JSON.stringify(now[key])} now`;
      return problem(
        'approved-for-other-policy',
        `${option}: ${values}; use the same options, or save a new plan`,
      );
    },
  );
}

function nameThem(changes: readonly Change[]): readonly Problem[] {
  const named = changes.slice(0, MOST_NAMED).map((change): Problem => {
    const message = `${change.id} is not in the approved plan; save a new plan and review it`;
    return { ...problem('not-in-approved-plan', message), source: change.source };
  });
  const rest = changes.length - named.length;
  if (rest === 0) return named;
  return [
    ...named,
    problem(
      'not-in-approved-plan',
      `${counted(rest, 'more change is', 'more changes are')} not in the approved plan`,
    ),
  ];
}
