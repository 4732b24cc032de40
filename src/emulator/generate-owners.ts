import { DEFAULT_ACCOUNTS_PER_AGGREGATOR, DEFAULT_AGGREGATORS } from '../wire/cloud-config.ts';
import {
  DEFAULT_CONTACTS_PER_DIRECTORY,
  DEFAULT_TARGETS_PER_CONTACT,
  MESSAGE_TYPES,
} from '../wire/resource-directory.ts';
import type { Draw } from './draw.ts';
import type { PlacedFolder } from './generate-folders.ts';
import type { GeneratedSize } from './generated-size.ts';
import { CONTACT_NAMES, GROUP_NAMES } from './generated-words.ts';
import type { EmulatedAccount, EmulatedAggregator, EmulatedContact, EmulatedDirectory } from './state.ts';

export interface GeneratedTree {
  readonly directory: EmulatedDirectory;
  readonly folders: readonly PlacedFolder[];
  readonly accounts: readonly EmulatedAccount[];
}

/** Contacts and account groups over a tree, with quotas that hold them. */
export function generateOwners(size: GeneratedSize, tree: GeneratedTree, draw: Draw) {
  return {
    contacts: Array.from({ length: size.contacts }, (_, index) => contactAt(index, tree, draw)),
    aggregators: Array.from({ length: size.aggregators }, (_, index) => groupAt(index, tree, draw)),
    quotas: {
      contacts: Math.max(size.contacts, DEFAULT_CONTACTS_PER_DIRECTORY),
      aggregators: Math.max(size.aggregators, DEFAULT_AGGREGATORS),
    },
  };
}

/** The first one gets everything for the whole directory; the others some of it for some of the tree. */
function contactAt(index: number, tree: GeneratedTree, draw: Draw): Omit<EmulatedContact, 'status'> {
  const name = numbered(CONTACT_NAMES, index);
  const { directory, folders, accounts } = tree;
  const targets = draw.whole(DEFAULT_TARGETS_PER_CONTACT) + 1;
  const ofFolders = draw.some(folders, Math.ceil(targets / 3));
  const ofAccounts = draw.some(accounts, targets - ofFolders.length);
  return {
    id: `c-${draw.letters(14)}${index}`,
    name,
    email: `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@example.com`,
    phone: '',
    title: 'Other',
    messageTypes: index === 0 ? MESSAGE_TYPES : draw.some(MESSAGE_TYPES, draw.whole(4) + 1),
    members: index === 0 ? [directory.id] : [...ofFolders, ...ofAccounts].map(({ id }) => id),
  };
}

/** Mostly groups with a list; the third follows folders, the fifth the directory, of which there can be one. */
function groupAt(index: number, { folders, accounts }: GeneratedTree, draw: Draw): EmulatedAggregator {
  const about = {
    id: `ca-${draw.letters(12)}${index}`,
    name: numbered(GROUP_NAMES, index),
    description: 'generated',
  };
  if (index === 4) return { ...about, type: 'RD', accounts: [], folders: [] };
  if (index === 2 && folders.length > 0) {
    const followed = draw.some(folders, 2).map(({ id }) => id);
    return { ...about, type: 'FOLDER', accounts: [], folders: followed };
  }
  const most = draw.whole(DEFAULT_ACCOUNTS_PER_AGGREGATOR) + 1;
  const members = draw.some(accounts, Math.min(most, Math.ceil(accounts.length / 2)));
  return { ...about, type: 'CUSTOM', accounts: members.map(({ id, name }) => ({ id, name })), folders: [] };
}

function numbered(names: readonly string[], index: number): string {
  const name = names[index % names.length] ?? '';
  const round = Math.floor(index / names.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}
