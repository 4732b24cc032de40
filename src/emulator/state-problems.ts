import type { EmulatorState } from './state.ts';

/** What a state says that cannot be: ids given twice, and references to nothing. */
export function findStateProblems(state: EmulatorState): string[] {
  return [
    ...repeated('folders', state.folders),
    ...repeated('accounts', state.accounts),
    ...repeated('contacts', state.contacts),
    ...repeated('aggregators', state.aggregators),
    ...managementAccountListed(state),
    ...unknownFolders(state),
    ...foldersInCircles(state),
    ...accountsOfComputedGroups(state),
  ];
}

function repeated(path: string, items: readonly { readonly id: string }[]): string[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, index) => {
    if (seen.has(id))
      return [`${path}[${index}].id: "${id}" stands there twice, expected unique ids; take one out`];
    seen.add(id);
    return [];
  });
}

function managementAccountListed(state: EmulatorState): string[] {
  const id = state.directory.managementAccount.id;
  const index = state.accounts.findIndex((account) => account.id === id);
  if (index < 0) return [];
  return [
    `accounts[${index}].id: "${id}" is the management account, expected member accounts only; take it out`,
  ];
}

function unknownFolders(state: EmulatorState): string[] {
  const known = new Set([state.directory.rootFolderId, ...state.folders.map((folder) => folder.id)]);
  const missing = (path: string, id: string): string[] =>
    known.has(id)
      ? []
      : [
          `${path}: there is no folder "${id}", expected an id under folders or the root folder; add the folder, or correct the id`,
        ];
  return [
    ...state.folders.flatMap(({ parent }, index) => missing(`folders[${index}].parent`, parent)),
    ...state.accounts.flatMap(({ folder }, index) => missing(`accounts[${index}].folder`, folder)),
    ...state.aggregators.flatMap(({ folders }, index) =>
      folders.flatMap((id, at) => missing(`aggregators[${index}].folders[${at}]`, id)),
    ),
  ];
}

function foldersInCircles(state: EmulatorState): string[] {
  const parents = new Map(state.folders.map((folder) => [folder.id, folder.parent]));
  return state.folders.flatMap(({ id }, index) =>
    isOwnAncestor(id, parents)
      ? [`folders[${index}].parent: "${id}" is below itself, expected a tree; correct a parent`]
      : [],
  );
}

function isOwnAncestor(id: string, parents: ReadonlyMap<string, string>): boolean {
  const passed = new Set<string>();
  for (let at = parents.get(id); at !== undefined && !passed.has(at); at = parents.get(at)) {
    if (at === id) return true;
    passed.add(at);
  }
  return false;
}

function accountsOfComputedGroups(state: EmulatorState): string[] {
  return state.aggregators.flatMap(({ type, accounts }, index) =>
    type === 'CUSTOM' || accounts.length === 0
      ? []
      : [
          `aggregators[${index}].accounts: a group of type ${type} takes its accounts from the directory, expected none; take them out`,
        ],
  );
}
