import type { CloudReader, NumberedPage, PageRequest } from '../../src/model/ports.ts';

/** A reader in which every method is an error but those that a test gives. */
export function reader(methods: Partial<CloudReader>): CloudReader {
  const unexpected = (name: string) => () => Promise.reject(new Error(`${name} was not to be called`));
  return {
    getDirectory: unexpected('getDirectory'),
    listAccounts: unexpected('listAccounts'),
    listFolders: unexpected('listFolders'),
    getFolder: unexpected('getFolder'),
    listContacts: unexpected('listContacts'),
    getContact: unexpected('getContact'),
    listAggregators: unexpected('listAggregators'),
    getAggregator: unexpected('getAggregator'),
    ...methods,
  };
}

/** One page of the items as a well-behaved service cuts it. */
export function pageOf<T>(
  items: readonly T[],
  { pageNumber, pageSize }: PageRequest,
  most = 100,
): NumberedPage<T> {
  const size = Math.min(pageSize, most);
  const start = (pageNumber - 1) * size;
  return { items: items.slice(start, start + size), totalCount: items.length, pageSize: size };
}
