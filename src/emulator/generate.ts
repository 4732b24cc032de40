import { DEFAULT_CREDENTIAL } from './default-credential.ts';
import { Draw } from './draw.ts';
import { generateFolders, type PlacedFolder } from './generate-folders.ts';
import { generateOwners } from './generate-owners.ts';
import type { GeneratedSize } from './generated-size.ts';
import { ENVIRONMENTS, SERVICES, TEAMS } from './generated-words.ts';
import type { EmulatedAccount, EmulatedCredential, EmulatorState } from './state.ts';
import { stateFrom } from './state-file.ts';

/** Of a hundred accounts, so many stand directly below the root. */
const ACCOUNTS_AT_ROOT = 0.03;
/** Of a hundred accounts, so many were invited and not created. */
const INVITED = 0.1;

/**
 * Directories of a given size that look like those of a company: folders five levels deep, accounts with tags,
 * contacts bound to folders, accounts and the directory, account groups, everything within the caps of the services
 * (quotas are raised where the size asks for more owners). The same size and seed give the same states.
 * @returns `size.directories` states, each with a key and a role of its own; a single one has the default key
 */
export function generateStates(size: GeneratedSize): readonly EmulatorState[] {
  return Array.from({ length: size.directories }, (_, index) => generateOne(size, index));
}

function generateOne(size: GeneratedSize, index: number): EmulatorState {
  const draw = new Draw(size.seed + index);
  const directory = {
    id: `rd-${draw.letters(6)}${index}`,
    rootFolderId: `r-${draw.letters(6)}${index}`,
    managementAccount: { id: draw.accountId(), name: `holding-${index + 1}` },
  };
  const folders = generateFolders(size.folders, directory.rootFolderId, draw);
  const accounts = generateAccounts(size.accounts, directory.rootFolderId, folders, draw);
  return stateFrom({
    directory,
    folders: folders.map(({ id, name, parent }) => ({ id, name, parent })),
    accounts,
    ...generateOwners(size, { directory, folders, accounts }, draw),
    credentials: size.directories === 1 ? [] : [credentialOf(directory.id)],
    roles: [{ arn: `acs:ram::${directory.managementAccount.id}:role/rd-reconcile` }],
    seed: size.seed + index,
  });
}

/** It opens nothing but the emulator, like the default one, so it need not be hard to guess. */
const credentialOf = (directoryId: string): EmulatedCredential => ({
  accessKeyId: `${DEFAULT_CREDENTIAL.accessKeyId}.${directoryId}`,
  accessKeySecret: `${DEFAULT_CREDENTIAL.accessKeySecret}.${directoryId}`,
  deny: [],
});

function generateAccounts(
  count: number,
  rootFolderId: string,
  folders: readonly PlacedFolder[],
  draw: Draw,
): EmulatedAccount[] {
  const ids = new Set<string>();
  while (ids.size < count) ids.add(draw.accountId());
  return [...ids].map((id, index) => {
    const atRoot = folders.length === 0 || draw.chance(ACCOUNTS_AT_ROOT);
    const folder = atRoot ? undefined : draw.pick(folders);
    const env = folder?.environment ?? draw.pick(ENVIRONMENTS);
    return {
      id,
      name: `${draw.pick(SERVICES)}-${env}-${index + 1}`,
      folder: folder?.id ?? rootFolderId,
      tags: { env, team: draw.pick(TEAMS) },
      status: draw.chance(INVITED) ? 'InviteSuccess' : 'CreateSuccess',
    };
  });
}
