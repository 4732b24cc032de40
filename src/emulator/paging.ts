import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../wire/resource-directory.ts';
import { ApiError } from './api-error.ts';
import type { Parameters } from './operation.ts';

export interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly totals: { readonly TotalCount: number; readonly PageNumber: number; readonly PageSize: number };
}

/** What a listing does with a page size above 100: refuse it, or answer with pages of the cap (undocumented cases). */
export type Oversize = 'refuse' | 'cap';

/** @param cap  the emulator's largest page, at most 100 unless a state file says otherwise */
export function numberedPage<T>(
  all: readonly T[],
  parameters: Parameters,
  cap: number,
  oversize: Oversize,
): NumberedPage<T> {
  const number = positive(parameters, 'PageNumber') ?? 1;
  const asked = positive(parameters, 'PageSize') ?? DEFAULT_PAGE_SIZE;
  if (oversize === 'refuse' && asked > MAX_PAGE_SIZE) throw new ApiError('InvalidParameter.PageSize');
  const size = Math.min(asked, cap);
  return {
    items: all.slice((number - 1) * size, number * size),
    totals: { TotalCount: all.length, PageNumber: number, PageSize: size },
  };
}

export interface TokenPage<T> {
  readonly items: readonly T[];
  /** Empty on the last page. */
  readonly nextToken: string;
}

/** @param scope  part of the token, so that one listing's token is refused by another */
export function tokenPage<T>(
  all: readonly T[],
  parameters: Parameters,
  cap: number,
  scope: string,
): TokenPage<T> {
  const asked = positive(parameters, 'MaxResults') ?? DEFAULT_PAGE_SIZE;
  if (asked > MAX_PAGE_SIZE) throw new ApiError('InvalidParameter.MaxResults');
  const start = startOf(parameters['NextToken'] ?? '', scope);
  const end = start + Math.min(asked, cap);
  return { items: all.slice(start, end), nextToken: end < all.length ? tokenFor(end, scope) : '' };
}

function positive(
  parameters: Parameters,
  name: 'PageNumber' | 'PageSize' | 'MaxResults',
): number | undefined {
  const text = parameters[name];
  if (text === undefined || text === '') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new ApiError(`InvalidParameter.${name}`);
  return Number(text);
}

const tokenFor = (start: number, scope: string): string =>
  Buffer.from(`${scope}:${start}`).toString('base64url');

function startOf(token: string, scope: string): number {
  if (token === '') return 0;
  const [tokenScope, start] = Buffer.from(token, 'base64url').toString().split(':');
  if (tokenScope !== scope || !/^\d+$/.test(start ?? '')) throw new ApiError('InvalidParameter.NextToken');
  return Number(start);
}
