import { CloudCallError } from '../model/cloud-failure.ts';
import type { NumberedPage, PageRequest, TokenPage } from '../model/ports.ts';
import { MAX_PAGE_SIZE } from '../wire/resource-directory.ts';

/** A listing that changes while its pages are read does not add up; so often it is read anew. */
export const READINGS = 3;

/** Far more pages than any listing has: a token that never ends is a fault, not a state. */
const MAX_TOKEN_PAGES = 10_000;

/**
 * Every item of a listing that is numbered: the first page says how many there are, the others are fetched
 * side by side.
 * @param what  names the listing in the error
 * @throws CloudCallError Incomplete when the pages never add up to the total, each key once
 */
export async function readNumberedPages<T>(
  what: string,
  keyOf: (item: T) => string,
  readPage: (page: PageRequest) => Promise<NumberedPage<T>>,
): Promise<T[]> {
  let found = '';
  for (let reading = 1; reading <= READINGS; reading += 1) {
    const pages = await readOnce(readPage);
    const items = pages.flatMap((page) => page.items);
    const distinct = new Set(items.map(keyOf)).size;
    const totals = new Set(pages.map((page) => page.totalCount));
    const [total] = totals;
    if (totals.size === 1 && distinct === total && items.length === total) return items;
    found = `${distinct} of ${[...totals].join(' or ')}`;
  }
  throw incomplete(`${what} could not be read completely: ${found} after ${READINGS} readings`);
}

async function readOnce<T>(
  readPage: (page: PageRequest) => Promise<NumberedPage<T>>,
): Promise<NumberedPage<T>[]> {
  const first = await readPage({ pageNumber: 1, pageSize: MAX_PAGE_SIZE });
  // What the page holds counts, not what it says: the largest page of contacts is not documented.
  const pageSize = Math.min(first.pageSize, first.items.length);
  const pageCount = pageSize > 0 ? Math.ceil(first.totalCount / pageSize) : 1;
  const others = Array.from({ length: Math.max(0, pageCount - 1) }, (_, index) =>
    readPage({ pageNumber: index + 2, pageSize }),
  );
  return [first, ...(await Promise.all(others))];
}

/**
 * Every item of a listing that is continued by a token. Such a listing names no total to check against.
 * @throws CloudCallError Incomplete when it does not end, or names a key twice: then it changed meanwhile
 */
export async function readTokenPages<T>(
  what: string,
  keyOf: (item: T) => string,
  readPage: (nextToken: string | undefined) => Promise<TokenPage<T>>,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let page = await readPage(undefined);
  items.push(...page.items);
  while (page.nextToken !== undefined) {
    if (seen.has(page.nextToken) || seen.size >= MAX_TOKEN_PAGES) {
      throw incomplete(`${what} could not be read completely: the listing does not end`);
    }
    seen.add(page.nextToken);
    page = await readPage(page.nextToken);
    items.push(...page.items);
  }
  const distinct = new Set(items.map(keyOf)).size;
  if (distinct < items.length) {
    throw incomplete(`${what} could not be read completely: ${distinct} different ones of ${items.length}`);
  }
  return items;
}

export function incomplete(message: string): CloudCallError {
  return new CloudCallError({
    class: 'unknown-effect',
    code: 'Incomplete',
    message,
    httpStatus: undefined,
    requestId: undefined,
    retryAfterMs: undefined,
  });
}
