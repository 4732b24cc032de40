import type { ActualState } from '../model/actual-state.ts';
import type { Outcome } from '../model/outcome.ts';
import type { BindingChange, Change, Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';

/** Changes, without those that an earlier run found impossible. */
export interface Possible {
  readonly changes: readonly Change[];
  readonly impossible: readonly BindingChange[];
}

/**
 * An account that left the directory may stay listed at a contact, and the service may refuse to unbind it. Once
 * it has, it is left alone and counted as unmanaged, until the account is back in the directory.
 * @param refused  ids of the changes that earlier runs saw refused
 */
export function withoutLeavers(
  changes: readonly Change[],
  refused: ReadonlySet<string>,
  { accounts }: Pick<ActualState, 'accounts'>,
): Possible {
  const isImpossible = (change: Change): change is BindingChange =>
    change.action === 'unbind' &&
    refused.has(change.id) &&
    change.target.type === 'account' &&
    accounts?.has(change.target.id) === false;
  return {
    changes: changes.filter((change) => !isImpossible(change)),
    impossible: changes.filter(isImpossible),
  };
}

/** The changes that a run saw refused because the member left the directory. */
export function refusedLeavers(outcomes: ReadonlyMap<string, Outcome>): string[] {
  return [...outcomes].flatMap(([id, outcome]) =>
    outcome.status === 'already' && outcome.code === 'InvalidMember' ? [id] : [],
  );
}

/** For the run that sees the refusal; runs after it give the warning with their plan. */
export function leaverWarnings(
  plan: Pick<Plan, 'changes'> | undefined,
  outcomes: ReadonlyMap<string, Outcome>,
): readonly Problem[] {
  const refused = new Set(refusedLeavers(outcomes));
  return (plan?.changes ?? []).flatMap((change) =>
    change.kind === 'contact' && refused.has(change.id) ? [leaverWarning(change)] : [],
  );
}

export function leaverWarning({ contactId, target, source }: BindingChange): Problem {
  return {
    code: 'left-and-bound',
    severity: 'warning',
    source,
    message:
      `${target.id} left the directory, and the service refuses to unbind it from ${contactId} (InvalidMember); ` +
      'it counts as unmanaged, so the line can be taken out',
  };
}
