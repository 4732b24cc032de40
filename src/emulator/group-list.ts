import { isLosslessNumber, parse } from 'lossless-json';
import { ACCOUNT_TYPE } from '../wire/cloud-config.ts';
import { ApiError } from './api-error.ts';
import type { DirectoryTree } from './directory-tree.ts';
import { hasForm } from './id-forms.ts';
import type { AggregatorMember, Behaviour } from './state.ts';

const INVALID = 'Invalid.AggregatorAccounts.Value';

interface GroupListRules extends Pick<Behaviour, 'emptyGroupList' | 'smallLetterKeys'> {
  /** Accounts per group. */
  readonly limit: number;
}

/**
 * The AggregatorAccounts parameter: JSON text, AccountId as number or text, keys in either camel case
 * (the reference's example has lower, the official client upper).
 * @throws ApiError  for what UpdateAggregator refuses
 */
export function readGroupList(text: string, tree: DirectoryTree, rules: GroupListRules): AggregatorMember[] {
  const items = parseList(text);
  if (items.length === 0 && rules.emptyGroupList === 'refused') {
    throw new ApiError('Invalid.AggregatorAccounts.Empty');
  }
  if (items.length > rules.limit) throw new ApiError('AggregatorAccountExceedMaxCount');
  const accounts = items.map((item) => readItem(rules.smallLetterKeys ? capitalised(item) : item, tree));
  if (new Set(accounts.map(({ id }) => id)).size < accounts.length) {
    throw new ApiError('AggregatorAccountListItemDuplicated');
  }
  // Inferred: AccountNotExisted reads as the caller's own account.
  if (!accounts.every(({ id }) => tree.isGroupable(id))) throw new ApiError(INVALID);
  return accounts;
}

/** The ids that the text carries, also when it is not well-formed; for the call log. */
export function idsInGroupList(text: string): string[] {
  return [...text.matchAll(/"[Aa]ccountId"\s*:\s*"?(\d+)/g)].map((match) => match[1] ?? '');
}

function parseList(text: string): unknown[] {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    throw new ApiError(INVALID);
  }
  if (!Array.isArray(value)) throw new ApiError(INVALID);
  return value;
}

const capitalised = (item: unknown): unknown =>
  typeof item === 'object' && item !== null
    ? Object.fromEntries(Object.entries(item).map(([key, value]) => [key.replace(/^a/, 'A'), value]))
    : item;

function readItem(item: unknown, tree: DirectoryTree): AggregatorMember {
  const id = field(item, 'AccountId');
  if (id === undefined || !hasForm('account', id)) throw new ApiError(INVALID);
  if (field(item, 'AccountType') !== ACCOUNT_TYPE) throw new ApiError('Invalid.AccountType.Value');
  return { id, name: field(item, 'AccountName') ?? tree.nameOf(id) };
}

function field(item: unknown, name: 'AccountId' | 'AccountName' | 'AccountType'): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const value: unknown = Reflect.get(item, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  // A number that keeps its digits is an object to the language, and nothing else that is one has its place here.
  if (typeof value === 'number' || isLosslessNumber(value)) return value.toString();
  throw new ApiError(INVALID);
}
