import { ApiError } from './api-error.ts';
import { applied, found, type OperationCall, type OperationResult } from './operation.ts';
import { tokenPage } from './paging.ts';
import { listParameter, tagParameter } from './parameters.ts';
import type { EmulatedAccount, EmulatedFolder } from './state.ts';

/** ListTagResources page. */
const MAX_TAGS = 20;

type ResourceType = 'Account' | 'Folder';
type Tagged = { readonly type: ResourceType; readonly item: EmulatedAccount | EmulatedFolder };
type Tags = Readonly<Record<string, string>>;

export function tagResources(call: OperationCall): OperationResult {
  const tags = tagParameter(call.parameters);
  const resources = requiredResources(call);
  if (tags.length === 0) throw new ApiError('MissingParameter.Tag');
  const isFine = tags.length <= MAX_TAGS && tags.every(({ key }) => key !== '');
  if (!isFine) throw new ApiError('InvalidParameter.Tag');
  const added = Object.fromEntries(tags.map(({ key, value }) => [key, value ?? '']));
  for (const resource of resources) retag(resource, { ...tagsOf(resource), ...added }, call);
  return applied({});
}

/** `All=true` takes every tag away when no key is given (documented). */
export function untagResources(call: OperationCall): OperationResult {
  const keys = new Set(listParameter(call.parameters, 'TagKey'));
  const takesAll = keys.size === 0 && call.parameters['All'] === 'true';
  for (const resource of requiredResources(call)) {
    const kept = Object.entries(tagsOf(resource)).filter(([key]) => !takesAll && !keys.has(key));
    retag(resource, Object.fromEntries(kept), call);
  }
  return applied({});
}

export function listTagResources(call: OperationCall): OperationResult {
  const { parameters, store } = call;
  const filters = tagParameter(parameters);
  const rows = chosenResources(call).flatMap((resource) =>
    Object.entries(tagsOf(resource))
      .filter(([key, value]) => matches(filters, key, value))
      .map(([TagKey, TagValue]) => ({
        ResourceId: resource.item.id,
        ResourceType: resource.type,
        TagKey,
        TagValue,
      })),
  );
  const page = tokenPage(rows, parameters, store.state.behaviour.maxPageSize, 'tags');
  return found({ NextToken: page.nextToken, TagResources: page.items });
}

const matches = (filters: ReturnType<typeof tagParameter>, key: string, value: string): boolean =>
  filters.length === 0 || filters.some((tag) => tag.key === key && (tag.value ?? value) === value);

const tagsOf = ({ item }: Tagged): Tags => item.tags ?? {};

function retag(resource: Tagged, tags: Tags, { store }: OperationCall): void {
  const { id } = resource.item;
  const account = resource.type === 'Account' ? store.tree.account(id) : undefined;
  const folder = resource.type === 'Folder' ? store.tree.folder(id) : undefined;
  if (account !== undefined) store.changeAccount({ ...account, tags });
  if (folder !== undefined) store.putFolder({ ...folder, tags });
}

function requiredResources(call: OperationCall): readonly Tagged[] {
  const resources = chosenResources(call);
  if (listParameter(call.parameters, 'ResourceId').length === 0) {
    throw new ApiError('MissingParameter.ResourceId');
  }
  return resources;
}

/** Those that the call names, or all of the type. */
function chosenResources({ parameters, store }: OperationCall): readonly Tagged[] {
  const type = resourceType(parameters['ResourceType'] ?? '');
  const ids = listParameter(parameters, 'ResourceId');
  const { tree } = store;
  const all = type === 'Account' ? tree.accounts : tree.folders;
  if (ids.length === 0) return all.map((item) => ({ type, item }));
  return ids.map((id) => {
    const item = type === 'Account' ? tree.account(id) : tree.folder(id);
    if (item === undefined) throw new ApiError('InvalidParameter.ResourceId');
    return { type, item };
  });
}

/** Folders are in the newer clients' descriptions; the page of 2023 names accounts only. */
function resourceType(text: string): ResourceType {
  if (text === '') throw new ApiError('MissingParameter.ResourceType');
  const type = (['Account', 'Folder'] as const).find((known) => known.toLowerCase() === text.toLowerCase());
  if (type === undefined) throw new ApiError('InvalidParameter.ResourceType');
  return type;
}
