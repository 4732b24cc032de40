import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumberedPages, readTokenPages } from '../../src/inventory/read-pages.ts';
import { CloudCallError } from '../../src/model/cloud-failure.ts';
import type { NumberedPage, PageRequest, TokenPage } from '../../src/model/ports.ts';
import { pageOf } from './fake-reader.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const read = (readPage: (page: PageRequest) => Promise<NumberedPage<number>>): Promise<number[]> =>
  readNumberedPages('the list of things', String, readPage);

/** Serves one list after the other, a new one with each reading, and the last for ever. */
function readings(...lists: readonly ((page: PageRequest) => NumberedPage<number>)[]) {
  const asked: PageRequest[] = [];
  let reading = -1;
  const readPage = (page: PageRequest): Promise<NumberedPage<number>> => {
    asked.push(page);
    if (page.pageNumber === 1) reading += 1;
    const list = lists[Math.min(reading, lists.length - 1)];
    if (list === undefined) throw new Error('a test without a list');
    return Promise.resolve(list(page));
  };
  return { asked, readPage };
}

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CloudCallError)) throw new Error(`expected a failed call, got ${String(error)}`);
  return error.failure;
};

describe('a listing in numbered pages', () => {
  test.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
    [1000, 10],
  ])('of %i items takes %i calls and keeps their order', async (count, calls) => {
    const { asked, readPage } = readings((page) => pageOf(numbers(count), page));
    expect(await read(readPage)).toEqual(numbers(count));
    expect(asked).toEqual(numbers(calls).map((index) => ({ pageNumber: index + 1, pageSize: 100 })));
  });

  test('asks for the pages after the first side by side', async () => {
    const open: (() => void)[] = [];
    const items = read(async (page) => {
      if (page.pageNumber > 1) await new Promise<void>((resolve) => open.push(resolve));
      return pageOf(numbers(500), page);
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(open.length).toBe(4);
    for (const answer of open.reverse()) answer();
    expect(await items).toEqual(numbers(500));
  });

  test('goes by the page size that the service used, where that is smaller', async () => {
    const { asked, readPage } = readings((page) => pageOf(numbers(95), page, 20));
    expect(await read(readPage)).toEqual(numbers(95));
    expect(asked.map(({ pageNumber, pageSize }) => [pageNumber, pageSize])).toEqual([
      [1, 100],
      [2, 20],
      [3, 20],
      [4, 20],
      [5, 20],
    ]);
  });

  test('goes by the items of the first page, where the service cuts pages smaller than it says', async () => {
    const { readPage } = readings((page) => ({ ...pageOf(numbers(95), page, 50), pageSize: page.pageSize }));
    expect(await read(readPage)).toEqual(numbers(95));
  });

  test('is read again when it grew while it was read', async () => {
    const { asked, readPage } = readings(
      (page) => pageOf(numbers(page.pageNumber === 1 ? 150 : 151), page),
      (page) => pageOf(numbers(151), page),
    );
    expect(await read(readPage)).toEqual(numbers(151));
    expect(asked.length).toBe(4);
  });

  const short = (page: PageRequest) => ({ ...pageOf(numbers(149), page), totalCount: 150 });
  const long = (page: PageRequest) => ({ ...pageOf(numbers(151), page), totalCount: 150 });
  const twice = (page: PageRequest) => pageOf([...numbers(149), 0], page);
  const shifted = (page: PageRequest) =>
    pageOf(page.pageNumber === 1 ? numbers(150) : [...numbers(50), ...numbers(100)], page);
  const growing = (page: PageRequest) => pageOf(numbers(149 + page.pageNumber), page);
  const empty = (): NumberedPage<number> => ({ items: [], totalCount: 3, pageSize: 100 });

  test.each([
    ['an item less than the total', short, '149 of 150'],
    ['an item more than the total', long, '151 of 150'],
    ['an item twice', twice, '149 of 150'],
    ['an item twice across pages, and so another never', shifted, '100 of 150'],
    ['a total that differs from page to page', growing, '151 of 150 or 151'],
    ['no items though it names a total', empty, '0 of 3'],
  ] as const)('that never adds up, with %s, is an error after three readings', async (_, list, found) => {
    const { asked, readPage } = readings(list);
    expect(await failureOf(read(readPage))).toEqual({
      class: 'unknown-effect',
      code: 'Incomplete',
      message: `the list of things could not be read completely: ${found} after 3 readings`,
      httpStatus: undefined,
      requestId: undefined,
      retryAfterMs: undefined,
    });
    expect(asked.filter(({ pageNumber }) => pageNumber === 1).length).toBe(3);
  });

  test('passes on what a page throws', async () => {
    const broken = read((page) =>
      page.pageNumber === 2 ? Promise.reject(new Error('gone')) : Promise.resolve(pageOf(numbers(150), page)),
    );
    await expect(broken).rejects.toThrow('gone');
  });

  test('comes back whole or not at all, whatever the service does with single items', async () => {
    const anyService = fc.record({
      count: fc.nat({ max: 60 }),
      most: fc.integer({ min: 1, max: 30 }),
      /** Items left out of, or doubled in, the pages. */
      dropped: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
      doubled: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(anyService, async ({ count, most, dropped, doubled }) => {
        const served = numbers(count).flatMap((one) =>
          one === dropped ? [] : one === doubled ? [one, one] : [one],
        );
        const list = (page: PageRequest) => ({ ...pageOf(served, page, most), totalCount: count });
        const items = await read(readings(list).readPage).catch(() => undefined);
        const whole = served.length === count && new Set(served).size === count;
        // A last item that is served once more, on a page of its own, is never asked for.
        expect([whole ? numbers(count) : undefined, numbers(count)]).toContainEqual(items);
      }),
    );
  });
});

describe('a listing continued by tokens', () => {
  const tokens = (pages: Record<string, TokenPage<string>>) => {
    const asked: (string | undefined)[] = [];
    const items = readTokenPages('the list of things', String, (token) => {
      asked.push(token);
      return Promise.resolve(pages[token ?? 'start'] ?? { items: [], nextToken: undefined });
    });
    return { asked, items };
  };

  test('is read to its end, page after page', async () => {
    const { asked, items } = tokens({
      start: { items: ['a', 'b'], nextToken: 't1' },
      t1: { items: [], nextToken: 't2' },
      t2: { items: ['c'], nextToken: undefined },
    });
    expect(await items).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([undefined, 't1', 't2']);
  });

  test.each<[string, Record<string, TokenPage<string>>, number]>([
    ['names itself', { start: { items: ['a'], nextToken: 't1' }, t1: { items: ['b'], nextToken: 't1' } }, 2],
    [
      'leads back to an earlier one',
      {
        start: { items: ['a'], nextToken: 't1' },
        t1: { items: ['b'], nextToken: 't2' },
        t2: { items: ['c'], nextToken: 't1' },
      },
      3,
    ],
  ])('is an error when a token %s', async (_, pages, calls) => {
    const { asked, items } = tokens(pages);
    expect(await failureOf(items)).toMatchObject({
      code: 'Incomplete',
      message: 'the list of things could not be read completely: the listing does not end',
    });
    expect(asked.length).toBe(calls);
  });

  test('is an error when an item comes twice: the list changed while it was read', async () => {
    const { items } = tokens({
      start: { items: ['a', 'b'], nextToken: 't1' },
      t1: { items: ['b', 'c'], nextToken: undefined },
    });
    expect(await failureOf(items)).toMatchObject({
      code: 'Incomplete',
      message: 'the list of things could not be read completely: 3 different ones of 4',
    });
  });
});
