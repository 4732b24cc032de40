import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { type AccessKey, type Answer, type ContractTarget, openTarget, type Parameters } from './target.ts';

/** Looks before something counts as never happening; at a real account each waits for seconds. */
const MAX_LOOKS = 100;

export interface Contract {
  readonly call: (action: string, parameters?: Parameters, key?: AccessKey) => Promise<Answer>;
  /** The code with which the call is refused; `200` when it is not. */
  readonly outcome: (action: string, parameters?: Parameters) => Promise<string>;
  /** The code of the first refusal, or `200`, that is not one of those that say "not now". */
  readonly settled: (action: string, parameters: Parameters) => Promise<string>;
  /** Calls until the answer is as wanted. */
  readonly until: (
    action: string,
    parameters: Parameters,
    isThere: (answer: Answer) => boolean,
  ) => Promise<Answer>;
  readonly target: ContractTarget;
}

const NOT_NOW = new Set(['AggregatorAlreadyPending', 'ConcurrentCallNotSupported', 'Throttling.User']);

/** Opens the target for one test file, and closes it after. */
export async function contract(): Promise<Contract> {
  const target = await openTarget();
  afterAll(() => target.close());

  const call: Contract['call'] = (action, parameters = {}, key) => target.send(action, parameters, key);
  const outcome: Contract['outcome'] = (action, parameters) =>
    call(action, parameters).then(() => '200', codeOf);

  return {
    target,
    call,
    outcome,
    settled: async (action, parameters) => {
      for (let look = 0; look < MAX_LOOKS; look++) {
        const code = await outcome(action, parameters);
        if (!NOT_NOW.has(code)) return code;
        await sleep(target.pauseMs);
      }
      return 'never';
    },
    until: async (action, parameters, isThere) => {
      for (let look = 0; look < MAX_LOOKS; look++) {
        const answer = await call(action, parameters);
        if (isThere(answer)) return answer;
        await sleep(target.pauseMs);
      }
      throw new Error(`${action} never answered as wanted`);
    },
  };
}

const codeOf = (error: unknown): string => (error as { readonly code?: string }).code ?? 'no code';

export const members = (contactId: string, ids: readonly string[]): Parameters => ({
  ContactId: contactId,
  ...Object.fromEntries(ids.map((id, index) => [`Members.${index + 1}`, id])),
});

export const accountsText = (ids: readonly string[]): string =>
  JSON.stringify(ids.map((AccountId) => ({ AccountId, AccountType: 'ResourceDirectory' })));
