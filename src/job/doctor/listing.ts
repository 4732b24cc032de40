import type { NumberedPage, PageRequest, TokenPage } from '../../model/ports.ts';
import { MAX_PAGE_SIZE } from '../../wire/resource-directory.ts';

/** As much of a listing as was looked at. */
export interface Listing<T> {
  readonly items: readonly T[];
  /** Undefined where the service does not say how many there are. */
  readonly totalCount: number | undefined;
  /** Why there may be more: there are more pages than are looked at, or one could not be read. */
  readonly cut: 'page-limit' | 'page-failed' | undefined;
}

/** Documented caps are far below: 20 contacts and 5 account groups. */
export const MOST_PAGES = 50;

/** @param readPage  gives undefined for a page that could not be read */
export async function listNumbered<T>(
  readPage: (page: PageRequest) => Promise<NumberedPage<T> | undefined>,
): Promise<Listing<T> | undefined> {
  const first = await readPage({ pageNumber: 1, pageSize: MAX_PAGE_SIZE });
  if (first === undefined) return undefined;
  const { totalCount } = first;
  // What the page holds counts, not what it says: the largest page of contacts is not documented.
  const pageSize = Math.min(first.pageSize, first.items.length);
  const items = [...first.items];
  for (let pageNumber = 2; items.length < totalCount && pageNumber <= MOST_PAGES; pageNumber += 1) {
    const page = await readPage({ pageNumber, pageSize });
    if (page === undefined || page.items.length === 0) return { items, totalCount, cut: 'page-failed' };
    items.push(...page.items);
  }
  return { items, totalCount, cut: items.length >= totalCount ? undefined : 'page-limit' };
}

/** @param readPage  gives undefined for a page that could not be read */
export async function listByToken<T>(
  readPage: (nextToken: string | undefined) => Promise<TokenPage<T> | undefined>,
): Promise<Listing<T> | undefined> {
  const items: T[] = [];
  let token: string | undefined;
  for (let pages = 1; pages <= MOST_PAGES; pages += 1) {
    const page = await readPage(token);
    if (page === undefined)
      return pages === 1 ? undefined : { items, totalCount: undefined, cut: 'page-failed' };
    items.push(...page.items);
    token = page.nextToken;
    if (token === undefined) return { items, totalCount: undefined, cut: undefined };
  }
  return { items, totalCount: undefined, cut: 'page-limit' };
}

/** @returns what was looked at and why not all, if so: an own text for each reason, since one calls for another try */
export function unreadIn(what: string, listing: Listing<unknown> | undefined): readonly string[] {
  if (listing?.cut === undefined) return [];
  const { items, totalCount, cut } = listing;
  const all = totalCount === undefined ? '' : ` of ${totalCount}`;
  const why =
    cut === 'page-limit'
      ? `(${MOST_PAGES} pages at most)`
      : 'because the next page could not be read; run doctor again';
  return [`the first ${items.length}${all} ${what} were looked at ${why}`];
}
