import { expect, test } from 'vitest';
import { listByToken, listNumbered, MOST_PAGES, unreadIn } from '../../src/job/doctor/listing.ts';

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
  ['nothing', 0, 100, undefined, { items: 0, cut: undefined, pages: 1 }],
  ['a page', 100, 100, undefined, { items: 100, cut: undefined, pages: 1 }],
  ['pages that are smaller than asked for', 5, 2, undefined, { items: 5, cut: undefined, pages: 3 }],
  ['a page that is lost', 5, 2, 2, { items: 2, cut: 'page-failed', pages: 2 }],
  ['more than the bound', 10_000, 100, undefined, { items: 5000, cut: 'page-limit', pages: MOST_PAGES }],
])('a numbered listing: %s', async (_, count, largest, lost, expected) => {
  const { asked, read } = numbers(count, largest, lost);
  const listing = await listNumbered(read);
  expect(listing).toMatchObject({ totalCount: count, cut: expected.cut });
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
  ['one page', 1, undefined, [1], undefined],
  ['three pages', 3, undefined, [1, 2, 3], undefined],
  ['a page that is lost', 3, 3, [1, 2], 'page-failed'],
])('a listing by token: %s', async (_, pages, lost, items, cut) => {
  expect(await listByToken(tokens(pages, lost))).toEqual({ items, totalCount: undefined, cut });
});

test('a listing by token without an end is read to the bound, one that cannot be read is none', async () => {
  const endless = await listByToken(tokens(Number.POSITIVE_INFINITY));
  expect([endless?.items.length, endless?.cut]).toEqual([MOST_PAGES, 'page-limit']);
  expect(await listByToken(tokens(3, 1))).toBeUndefined();
});

test.each([
  [
    { items: [1, 2], totalCount: 5, cut: 'page-failed' },
    ['the first 2 of 5 contacts were looked at because the next page could not be read; run doctor again'],
  ],
  [
    { items: [1, 2], totalCount: 5, cut: 'page-limit' },
    ['the first 2 of 5 contacts were looked at (50 pages at most)'],
  ],
  [
    { items: [1, 2], totalCount: undefined, cut: 'page-failed' },
    ['the first 2 contacts were looked at because the next page could not be read; run doctor again'],
  ],
  [{ items: [1, 2], totalCount: 2, cut: undefined }, []],
  [undefined, []],
] as const)('what is told of %j', (listing, expected) => {
  expect(unreadIn('contacts', listing)).toEqual(expected);
});
