import { expect, test } from 'vitest';
import { listByToken, listNumbered, MOST_PAGES } from '../../src/job/listing.ts';

/** A listing of numbers from 1, on pages that are no larger than the service likes. */
const numbers = (count: number, largest: number, lost?: number) => {
  const asked: number[] = [];
  const read = async ({ pageNumber, pageSize }: { pageNumber: number; pageSize: number }) => {
    asked.push(pageNumber);
    if (pageNumber === lost) return undefined;
    const size = Math.min(pageSize, largest);
    const items = Array.from({ length: size }, (_, index) => (pageNumber - 1) * size + index + 1);
    return { items: items.filter((item) => item <= count), totalCount: count, pageSize: size };
  };
  return { asked, read };
};

test.each([
  ['nothing', 0, 100, undefined, { items: 0, complete: true, pages: 1 }],
  ['a page', 100, 100, undefined, { items: 100, complete: true, pages: 1 }],
  ['pages that are smaller than asked for', 5, 2, undefined, { items: 5, complete: true, pages: 3 }],
  ['a page that is lost', 5, 2, 2, { items: 2, complete: false, pages: 2 }],
  ['more than the bound', 10_000, 100, undefined, { items: 5000, complete: false, pages: MOST_PAGES }],
])('a numbered listing: %s', async (_, count, largest, lost, expected) => {
  const { asked, read } = numbers(count, largest, lost);
  const listing = await listNumbered(read);
  expect(listing).toMatchObject({ totalCount: count, complete: expected.complete });
  expect([new Set(listing?.items).size, asked.length]).toEqual([expected.items, expected.pages]);
});

test('a numbered listing whose first page cannot be read is none', async () => {
  expect(await listNumbered(numbers(5, 2, 1).read)).toBeUndefined();
});

const tokens = (pages: number, lost?: number) => {
  let read = 0;
  return async (token: string | undefined) => {
    read += 1;
    if (read === lost) return undefined;
    const number = Number(token ?? 1);
    return { items: [number], nextToken: number < pages ? String(number + 1) : undefined };
  };
};

test.each([
  ['one page', 1, undefined, [1], true],
  ['three pages', 3, undefined, [1, 2, 3], true],
  ['a page that is lost', 3, 3, [1, 2], false],
])('a listing by token: %s', async (_, pages, lost, items, complete) => {
  expect(await listByToken(tokens(pages, lost))).toEqual({ items, totalCount: undefined, complete });
});

test('a listing by token without an end is read to the bound, one that cannot be read is none', async () => {
  const endless = await listByToken(tokens(Number.POSITIVE_INFINITY));
  expect([endless?.items.length, endless?.complete]).toEqual([MOST_PAGES, false]);
  expect(await listByToken(tokens(3, 1))).toBeUndefined();
});
