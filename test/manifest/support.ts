import { DEFAULT_LIMITS, type ManifestLimits } from '../../src/manifest/limits.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { resolveManifest } from '../../src/manifest/resolve-manifest.ts';
import type { ResolveSettings } from '../../src/manifest/resolve-settings.ts';
import type { Account, ActualState, Aggregator, Contact, Folder } from '../../src/model/actual-state.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type {
  AccountId,
  AggregatorId,
  ContactId,
  DirectoryId,
  FolderId,
  RootFolderId,
} from '../../src/model/ids.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Checked, Problem } from '../../src/model/problem.ts';
import { parseTarget, type TargetId } from '../../src/model/target.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const read = (
  path: string,
  text: string,
  limits: ManifestLimits = DEFAULT_LIMITS,
): Checked<Manifest> => readManifest([{ path, bytes: utf8(text) }], limits);

export function valueOf<T>(result: Checked<T>): T {
  if (!result.ok) throw new Error(findingsOf(result).join('\n'));
  return result.value;
}

/** `code line:column` of every finding, warnings with a question mark. */
export const findingsOf = <T>(result: Checked<T>): readonly string[] => all(result).map(brief);

export const all = <T>(result: Checked<T>): readonly Problem[] =>
  result.ok ? result.warnings : result.problems;

function brief({ code, severity, source }: Problem): string {
  const mark = severity === 'warning' ? '?' : '';
  return source === undefined ? `${code}${mark}` : `${code}${mark} ${source.line}:${source.column}`;
}

export const ROOT = 'r-Wm8kQ2' as RootFolderId;
export const RD = 'rd-3mNq8W' as DirectoryId;
export const MANAGEMENT = '1234567890123456' as AccountId;
export const PROD = 'fd-Prod000001' as FolderId;
export const PAYMENTS = 'fd-Pay0000001' as FolderId;
export const SANDBOX = 'fd-Sand000001' as FolderId;
export const EMPTY = 'fd-Empty00001' as FolderId;

/** In Production, in Production/Payments (twice), in Sandbox, and in Root. */
export const A = '1738084522671234' as AccountId;
export const B = '1738084522671235' as AccountId;
export const C = '9738084522671237' as AccountId;
export const D = '1000048568874541' as AccountId;
export const E = '1000048568874663' as AccountId;
export const GONE = '1555555555555555' as AccountId;

const account = (
  id: AccountId,
  name: string,
  path: readonly FolderId[],
  tags: Record<string, string>,
): Account => ({
  id,
  displayName: name,
  folderId: path.at(-1) ?? ROOT,
  folderPath: path,
  tags: new Map(Object.entries(tags)),
});

const ACCOUNTS: readonly Account[] = [
  account(A, 'shop', [PROD], { env: 'prod' }),
  account(B, 'pay-1', [PROD, PAYMENTS], { env: 'prod', note: 'a=b' }),
  account(C, 'pay-2', [PROD, PAYMENTS], { env: 'test' }),
  account(D, 'twin', [SANDBOX], {}),
  account(E, 'twin', [], { env: '' }),
];

const FOLDERS: readonly Folder[] = [
  { id: PROD, name: 'Production', parentId: ROOT },
  { id: PAYMENTS, name: 'Payments', parentId: PROD },
  { id: SANDBOX, name: 'Sandbox', parentId: ROOT },
  { id: 'fd-Sand000002' as FolderId, name: 'Sandbox', parentId: PROD },
  { id: 'fd-Sand000003' as FolderId, name: 'Sandbox', parentId: PROD },
  { id: EMPTY, name: 'Empty', parentId: ROOT },
];

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<T['id'], T> =>
  new Map(items.map((item) => [item.id, item]));

export function contact(id: string, name: string, bound: readonly string[] = [], status = 'Active'): Contact {
  const bindings = bound.map(
    (wireId): [TargetId, Contact['bindings'] extends ReadonlyMap<TargetId, infer V> ? V : never] => {
      const target = parseTarget(wireId, { id: RD, rootFolderId: ROOT });
      if (target === undefined) throw new Error(`no target: ${wireId}`);
      return [target.id, { target, wireId }];
    },
  );
  return {
    id: id as ContactId,
    name,
    status,
    messageTypes: ['SecurityMessage'],
    bindings: new Map(bindings),
  };
}

export function aggregator(
  id: string,
  name: string,
  accounts: readonly AccountId[],
  type = 'CUSTOM',
): Aggregator {
  return {
    id: id as AggregatorId,
    name,
    type,
    status: 1,
    accountCount: accounts.length,
    accounts: byId(accounts.map((accountId) => ({ id: accountId, name: '' }))),
  };
}

export interface World {
  readonly contacts?: readonly Contact[];
  readonly aggregators?: readonly Aggregator[];
}

export function actualState({ contacts = [], aggregators = [] }: World): ActualState {
  return {
    directory: {
      id: RD,
      rootFolderId: ROOT,
      managementAccountId: MANAGEMENT,
      managementAccountName: 'headquarters',
    },
    accounts: byId<Account>(ACCOUNTS),
    folders: byId<Folder>(FOLDERS),
    contacts: byId<Contact>(contacts),
    aggregators: byId<Aggregator>(aggregators),
    aggregatorList: aggregators,
  };
}

export const LISTED: ResolveSettings = { ownership: 'listed', limits: DEFAULT_LIMITS };

/** Reads a YAML manifest that is sound, and resolves it. */
export const resolve = (text: string, actual: ActualState, settings = LISTED): Checked<DesiredState> =>
  resolveManifest(valueOf(read('m.yaml', text)), actual, settings);

/** One contact c-1, one binding a line from line 5 on, column 5. */
export const binding = (...members: readonly string[]): string =>
  `version: 1\ncontacts:\n- contact: c-1\n  bind:\n${members.map((member) => `  - ${member}\n`).join('')}`;

/** One aggregator ca-1, one account a line from line 5 on, column 5. */
export const grouping = (...members: readonly string[]): string =>
  `version: 1\naggregators:\n- aggregator: ca-1\n  accounts:\n${members.map((member) => `  - ${member}\n`).join('')}`;

export const ids = (map: ReadonlyMap<string, unknown> | undefined): readonly string[] => [
  ...(map?.keys() ?? []),
];
