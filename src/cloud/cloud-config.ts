import { LosslessNumber, stringify } from 'lossless-json';
import type { Aggregator, AggregatorMember, AggregatorSummary } from '../model/actual-state.ts';
import { type AggregatorId, parseAccountId, parseAggregatorId } from '../model/ids.ts';
import type { AggregatorAccount, TokenPage } from '../model/ports.ts';
import { ACCOUNT_TYPE } from '../wire/cloud-config.ts';
import { asFields, countIn, type Fields, idIn, listIn, objectIn, optionalTextIn, textIn } from './fields.ts';
import { sameAs } from './resource-directory.ts';

/** Answers of Cloud Config as model values, and account lists as it takes them. */

/** The token stands inside the result here, not at the top. */
export function readAggregatorPage(body: Fields): TokenPage<AggregatorSummary> {
  const result = objectIn(body, 'AggregatorsResult');
  return {
    items: listIn(result, 'Aggregators', (item, path) => readSummary(asFields(item, path))),
    nextToken: optionalTextIn(result, 'NextToken'),
  };
}

function readSummary(aggregator: Fields): AggregatorSummary {
  return {
    id: idIn(aggregator, 'AggregatorId', parseAggregatorId),
    name: textIn(aggregator, 'AggregatorName'),
    type: textIn(aggregator, 'AggregatorType'),
    status: countIn(aggregator, 'AggregatorStatus'),
    accountCount: countIn(aggregator, 'AggregatorAccountCount'),
  };
}

export function readAggregator(body: Fields, asked: AggregatorId): Aggregator {
  const aggregator = objectIn(body, 'Aggregator');
  idIn(aggregator, 'AggregatorId', sameAs(asked));
  const members = listIn(aggregator, 'AggregatorAccounts', (item, path) => readMember(asFields(item, path)));
  return { ...readSummary(aggregator), accounts: new Map(members.map((member) => [member.id, member])) };
}

const readMember = (account: Fields): AggregatorMember => ({
  id: idIn(account, 'AccountId', parseAccountId),
  name: optionalTextIn(account, 'AccountName') ?? '',
});

export function checkUpdated(body: Fields, asked: AggregatorId): void {
  idIn(body, 'AggregatorId', sameAs(asked));
}

/** The whole member list as JSON text, account ids as bare numbers, digit for digit. */
export function aggregatorAccountsText(accounts: readonly AggregatorAccount[]): string {
  const items = accounts.map(({ id, name }) => ({
    AccountId: jsonInteger(id),
    ...(name === undefined ? {} : { AccountName: name }),
    AccountType: ACCOUNT_TYPE,
  }));
  return stringify(items) ?? '[]';
}

/** JSON has no numbers with leading zeros; the service takes text as well (inferred). */
const jsonInteger = (digits: string): LosslessNumber | string =>
  digits.startsWith('0') ? digits : new LosslessNumber(digits);
