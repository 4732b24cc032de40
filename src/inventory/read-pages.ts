import { CloudCallError } from '../model/cloud-failure.ts';
import type { NumberedPage, PageRequest, TokenPage } from '../model/ports.ts';
import { MAX_PAGE_SIZE } from '../wire/resource-directory.ts';

/** A listing that changes while its pages are read does not add up; so often it is read anew. */
const READINGS = 3;

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
  const pageSize = Math.max(1, first.pageSize);
  const pageCount = Math.ceil(first.totalCount / pageSize);
  const others = Array.from({ length: Math.max(0, pageCount - 1) }, (_, index) =>
    readPage({ pageNumber: index + 2, pageSize }),
  );
  return [first, ...(await Promise.all(others))];
}

/** Every item of a listing that is continued by a token. Such a listing names no total to check against. */
export async function readTokenPages<T>(
  what: string,
  readPage: (nextToken: string | undefined) => Promise<TokenPage<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  for (let page = 1; page <= MAX_TOKEN_PAGES; page += 1) {
    const { items: more, nextToken } = await readPage(token);
    items.push(...more);
    if (nextToken === undefined) return items;
    if (nextToken === token) break;
    token = nextToken;
  }
  throw incomplete(`${what} could not be read completely: the listing does not end`);
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
