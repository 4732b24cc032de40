import type { LoggedCall } from '../../../src/emulator/call-log.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import type { Change } from '../../../src/model/plan.ts';
import { isWrite, type Run } from './emulated-job.ts';

/**
 * What a run says and the service's own log does not bear out. That `applied` is so and `failed` is not so is the
 * referee's to judge; here it is what was sent.
 */
export function untruths({ result, calls }: Run): string[] {
  if (result === undefined) return [];
  const writes = calls.filter(isWrite);
  return (result.plan?.changes ?? []).flatMap((change) => {
    const outcome = result.outcomes.get(change.id);
    const carrying = writes.filter((call) => carries(call, change));
    const untruth = untruthOf(outcome, carrying);
    return untruth === undefined ? [] : [`${change.id} is ${outcome?.status ?? 'nothing'}, and ${untruth}`];
  });
}

function untruthOf(outcome: Outcome | undefined, carrying: readonly LoggedCall[]): string | undefined {
  const took = carrying.some(({ applied }) => applied);
  switch (outcome?.status) {
    case 'applied':
      return took || carrying.some(({ fault }) => fault === 'partial') ? undefined : 'no call did it';
    case 'already':
      return took ? 'a call of ours did it' : undefined;
    case 'skipped':
      return carrying.some(mayTakeEffect) ? 'it was sent, and not refused' : undefined;
    case 'failed':
      return undefined;
    case 'not-visible':
      return took ? undefined : 'no call was taken';
    case 'uncertain':
      return carrying.length > 0 ? undefined : 'it was never sent';
    default:
      return 'a run that applies must come to something';
  }
}

const mayTakeEffect = ({ applied, status }: LoggedCall): boolean =>
  applied || status === undefined || status >= 500;

/** Whether a write asks for the change. A group's list asks for every membership that is in it, and not in it. */
function carries({ action, owner, members }: LoggedCall, change: Change): boolean {
  switch (change.action) {
    case 'bind':
    case 'unbind': {
      const asks = change.action === 'bind' ? 'AssociateMembers' : 'DisassociateMembers';
      return action === asks && owner === change.contactId && members.includes(change.wireId);
    }
    case 'add-account':
    case 'remove-account': {
      const isIn = members.includes(change.accountId);
      return (
        owner === change.aggregatorId &&
        action === 'UpdateAggregator' &&
        isIn === (change.action === 'add-account')
      );
    }
  }
}
