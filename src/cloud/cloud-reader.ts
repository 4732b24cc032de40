import { parseRootFolderId } from '../model/ids.ts';
import type { CloudReader } from '../model/ports.ts';
import { MAX_AGGREGATORS_PER_PAGE } from '../wire/cloud-config.ts';
import type { Action } from '../wire/error-codes.ts';
import { ask, unlessRefused } from './answer.ts';
import { readAggregator, readAggregatorPage } from './cloud-config.ts';
import { idIn, objectIn } from './fields.ts';
import {
  type ContactParts,
  pageQuery,
  readAccounts,
  readContact,
  readContacts,
  readDirectory,
  readFolder,
  readFolders,
  readPage,
  sameAs,
} from './resource-directory.ts';
import type { RpcCall, RpcRequest } from './rpc-call.ts';

/** The reads, over any way to make a call. */
export function createCloudReader(call: RpcCall, parts: ContactParts = { personalData: false }): CloudReader {
  return {
    getDirectory: () => ask(call, directory('GetResourceDirectory'), readDirectory),

    listAccounts: (page, { includeTags }) => {
      const query = { ...pageQuery(page), IncludeTags: String(includeTags) };
      return ask(call, directory('ListAccounts', query), (body) =>
        readPage(body, readAccounts(body, includeTags)),
      );
    },

    listFolders: (parentId, page) => {
      // Left out, the parameter means Root; that it takes Root's own id is not documented.
      const parent = parseRootFolderId(parentId) === undefined ? { ParentFolderId: parentId } : {};
      const request = directory('ListFoldersForParent', { ...parent, ...pageQuery(page) });
      return ask(call, request, (body) => readPage(body, readFolders(body, parentId)));
    },

    getFolder: (id) => {
      const folder = ask(call, directory('GetFolder', { FolderId: id }), (body) => readFolder(body, id));
      return unlessRefused(folder, 'EntityNotExists.Folder');
    },

    listContacts: (page, names) =>
      ask(call, directory('ListMessageContacts', pageQuery(page)), (body) =>
        readPage(body, readContacts(body, names, parts)),
      ),

    getContact: (id, names) => {
      const contact = ask(call, directory('GetMessageContact', { ContactId: id }), (body) => {
        const fields = objectIn(body, 'Contact');
        idIn(fields, 'ContactId', sameAs(id));
        return readContact(fields, names, parts);
      });
      return unlessRefused(contact, 'EntityNotExists.Contact');
    },

    listAggregators: (nextToken) => {
      const token = nextToken === undefined ? {} : { NextToken: nextToken };
      const query = { MaxResults: String(MAX_AGGREGATORS_PER_PAGE), ...token };
      return ask(call, config('ListAggregators', query), readAggregatorPage);
    },

    getAggregator: (id) => {
      const request = config('GetAggregator', { AggregatorId: id });
      const aggregator = ask(call, request, (body) => readAggregator(body, id));
      return unlessRefused(aggregator, 'Invalid.AggregatorId.Value');
    },
  };
}

const directory = (action: Action, query: Record<string, string> = {}): RpcRequest => ({
  service: 'directory',
  action,
  query,
});

const config = (action: Action, query: Record<string, string>): RpcRequest => ({
  service: 'config',
  action,
  query,
});
