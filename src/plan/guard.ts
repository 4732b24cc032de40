import type { AccountId } from '../model/ids.ts';
import type { Change, GuardReason, GuardVerdict } from '../model/plan.ts';
import type { TargetId } from '../model/target.ts';

export interface GuardLimits {
  readonly maxRemovals: number | undefined;
  /** 0 to 1. */
  readonly maxRemovalShare: number;
  /** Lifts the count and share rules for a plan with exactly so many removals. */
  readonly allowRemovals: number | undefined;
  /** Lifts the last-contact rule when exactly so many accounts are concerned. */
  readonly allowUncovered: number | undefined;
}

/** A contact or aggregator that the plan takes something from. */
export interface OwnerOutlook {
  readonly id: string;
  readonly kind: 'contact' | 'aggregator';
  readonly before: number;
  readonly after: number;
  readonly allowEmpty: boolean;
  /** In a manifest; in the mode `exclusive` others lose their bindings, too. */
  readonly isNamed: boolean;
}

/** What the rules look at. */
export interface GuardFacts {
  readonly removals: readonly Change[];
  /** Bindings and memberships that exist now under the owners that the manifest manages. */
  readonly managedNow: number;
  readonly owners: readonly OwnerOutlook[];
  /** Accounts that have a contact for these message types now and would have none. */
  readonly losses: ReadonlyMap<AccountId, readonly string[]>;
  readonly protected: ReadonlySet<TargetId>;
}

type Rule = (facts: GuardFacts, limits: GuardLimits) => readonly GuardReason[];

/** Below this many removals a share of the whole says little. */
const SHARE_APPLIES_ABOVE = 5;

export const DEFAULT_MAX_REMOVAL_SHARE = 0.25;

/** Every rule speaks, so that all reasons are seen at once. */
export function judge(facts: GuardFacts, limits: GuardLimits): GuardVerdict {
  const reasons = RULES.flatMap((rule) => rule(facts, limits));
  return { verdict: reasons.length === 0 ? 'safe' : 'refused', reasons };
}

const tooManyRemovals: Rule = ({ removals }, { maxRemovals, allowRemovals }) => {
  const measured = removals.length;
  if (maxRemovals === undefined || measured <= maxRemovals || allowRemovals === measured) return [];
  const what = measured === 1 ? 'binding or membership' : 'bindings and memberships';
  const message = `${measured} ${what} would be removed (limit ${maxRemovals}); ${lift(measured)}`;
  return [{ rule: 'max-removals', measured, allowed: maxRemovals, message }];
};

const tooLargeAShare: Rule = ({ removals, managedNow }, { maxRemovalShare, allowRemovals }) => {
  const count = removals.length;
  const measured = count / Math.max(1, managedNow);
  if (count <= SHARE_APPLIES_ABOVE || measured <= maxRemovalShare || allowRemovals === count) return [];
  const digits = percent(measured) === percent(maxRemovalShare) ? 2 : 0;
  const shares = `${percent(measured, digits)}, limit ${percent(maxRemovalShare)}`;
  const message = `${count} of ${managedNow} managed bindings would be removed (${shares}); ${lift(count)}`;
  return [{ rule: 'max-removal-share', measured, allowed: maxRemovalShare, message }];
};

const howToEmpty = (id: string): string =>
  `check the manifest, or write allowEmpty: true beside it (for an undo: --allow-empty ${id})`;

const NAME_IT =
  'it is in no manifest: name it there without bind to leave it as it is, or with bind: [] and allowEmpty: true if this is meant';

const emptiedOwner: Rule = ({ owners }) =>
  owners
    .filter(({ before, after, allowEmpty }) => before > 0 && after === 0 && !allowEmpty)
    .map(({ id, kind, before, isNamed }) => ({
      rule: 'emptied',
      measured: 0,
      allowed: 1,
      subject: id,
      message:
        kind === 'contact'
          ? `contact ${id} would lose ${allOf(before, 'binding')}; ${isNamed ? howToEmpty(id) : NAME_IT}`
          : `aggregator ${id} would lose ${allOf(before, 'account')}, which the service refuses; keep one in it`,
    }));

const lastContact: Rule = ({ losses }, { allowUncovered }) => {
  if (losses.size === 0 || losses.size === allowUncovered) return [];
  return [...losses].map(([accountId, types]) => ({
    rule: 'last-contact',
    measured: losses.size,
    allowed: allowUncovered ?? 0,
    subject: accountId,
    message:
      `account ${accountId} would lose its last contact for ${types.join(', ')}; ` +
      `bind another contact first, or pass --allow-uncovered ${losses.size} if this is meant`,
  }));
};

const protectedMember: Rule = ({ removals, protected: untouchable }) =>
  removals.flatMap((removal) => {
    const memberId = removal.kind === 'contact' ? removal.target.id : removal.accountId;
    if (!untouchable.has(memberId)) return [];
    const owner = removal.kind === 'contact' ? removal.contactId : removal.aggregatorId;
    const message = `${memberId} is protected and would be removed from ${owner}; add it there, or take it off the protected list`;
    return [{ rule: 'protected', measured: 1, allowed: 0, subject: memberId, message }];
  });

const RULES: readonly Rule[] = [tooManyRemovals, tooLargeAShare, emptiedOwner, lastContact, protectedMember];

const allOf = (count: number, noun: string): string =>
  count === 1 ? `its only ${noun}` : `all of its ${count} ${noun}s`;

const lift = (count: number): string =>
  `check that the manifest is complete, or pass --allow-removals ${count}`;

const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)} %`;
