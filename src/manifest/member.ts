import {
  type FolderId,
  parseAccountId,
  parseAggregatorId,
  parseContactId,
  parseDirectoryId,
  parseFolderId,
  parseRootFolderId,
  type RootFolderId,
} from '../model/ids.ts';
import type { FolderPath, Selector } from '../model/manifest.ts';
import { didYouMean } from './did-you-mean.ts';
import { faulty, type Parsed, parsed } from './finding.ts';
import { cleanText, idFault } from './id-text.ts';
import { isEmail, show } from './show.ts';

const WORDS = ['directory', 'all-accounts', 'management-account'] as const;
const PREFIXES = ['account:', 'accounts-in:', 'folder:', 'tag:'] as const;
const FORMS =
  '16 digits, fd-..., folder:/Path, directory, account:NAME, accounts-in:FOLDER, tag:KEY=VALUE, all-accounts or management-account';

/**
 * A comma, a quote or a line break that went missing glues two members together, and a name takes nearly any text.
 * A tag's value may be the resource name of an account, so there a colon before the digits says nothing.
 */
const SECOND_MEMBER = [
  /[\s,;"'()[\]{}](?:\d{16}|(?:fd|rd)-[A-Za-z0-9]{6,}|(?:account|accounts-in|folder|tag):)/,
  /^account:.*:\d{16}/,
  /^[^"]*"$/,
  /(?:\s-\s+|["'])(?:directory|all-accounts|management-account)\b/,
];

/** The text of one member as a selector. Whether a contact or an aggregator takes it is `memberFit`'s question. */
export function parseMember(written: string): Parsed<Selector> {
  const { text, note } = cleanText(written, 'member');
  if (text === '')
    return faulty(
      'member-empty',
      'the member is empty, expected an id or a selector; fill it in or remove it',
    );
  const result = parseId(text) ?? parseWord(text) ?? parsePrefixed(text);
  if (result === undefined) return unknownMember(text);
  if (result.ok && SECOND_MEMBER.some((pattern) => pattern.test(text))) return severalMembers(text);
  return result.ok ? parsed(result.value, note) : result;
}

const severalMembers = (text: string): Parsed<Selector> =>
  faulty(
    'member-several',
    `member ${show(text)} looks like two members in one, expected one; put each on a line of its own, or write the id in place of such a name`,
  );

function parseId(text: string): Parsed<Selector> | undefined {
  const account = parseAccountId(text);
  if (account !== undefined) return parsed({ type: 'account', id: account });
  const folder = parseFolderId(text);
  if (folder !== undefined) return parsed({ type: 'folder', id: folder });
  const directory = parseDirectoryId(text) ?? parseRootFolderId(text);
  if (directory !== undefined) return parsed({ type: 'directory', id: directory });
  if (parseContactId(text) !== undefined || parseAggregatorId(text) !== undefined) {
    return faulty(
      'member-is-owner',
      `member ${show(text)} is the id of a contact or an aggregator; are the columns swapped?`,
    );
  }
  const fault = idFault(text, 'member');
  return fault === undefined ? undefined : { ok: false, fault };
}

function parseWord(text: string): Parsed<Selector> | undefined {
  if (text === 'directory') return parsed({ type: 'directory', id: undefined });
  if (text === 'all-accounts' || text === 'management-account') return parsed({ type: text });
  return undefined;
}

function parsePrefixed(text: string): Parsed<Selector> | undefined {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1).trim();
  switch (text.slice(0, colon + 1)) {
    case 'account:':
      return parseAccountName(text, rest);
    case 'accounts-in:':
      return parseAccountsIn(text, rest);
    case 'folder:':
      return parseFolder(text, rest);
    case 'tag:':
      return parseTag(text, rest);
    default:
      return undefined;
  }
}

function parseAccountName(text: string, name: string): Parsed<Selector> {
  if (name === '') return faulty('name-empty', `member ${show(text)} has no name; write account:NAME`);
  if (parseAccountId(name) !== undefined) {
    return faulty(
      'name-is-id',
      `member ${show(text)} has an id where a display name goes; write ${show(name)} alone`,
    );
  }
  if (/^\d{12,}$/.test(name)) {
    return faulty(
      'name-is-id',
      `member ${show(text)} has digits where a display name goes; write the 16 digits of an id alone`,
    );
  }
  return parsed({ type: 'account-name', name });
}

function parseFolder(text: string, rest: string): Parsed<Selector> {
  const id = parseFolderId(rest);
  if (id !== undefined) return parsed({ type: 'folder', id });
  const path = parsePath(rest);
  if (path === undefined) return pathFault(text);
  if (path.names.length === 0) {
    return faulty(
      'folder-is-root',
      `member ${show(text)} is the Root folder; write directory for the whole directory`,
    );
  }
  return parsed({ type: 'folder-path', path });
}

function parseAccountsIn(text: string, rest: string): Parsed<Selector> {
  const subtree = rest.endsWith('/**');
  const written = subtree ? rest.slice(0, -'/**'.length) : rest;
  const depth = subtree ? 'subtree' : 'direct';
  const id: FolderId | RootFolderId | undefined = parseFolderId(written) ?? parseRootFolderId(written);
  if (id !== undefined) return parsed({ type: 'accounts-in', folder: id, depth });
  const path = subtree && written === '' ? { names: [] } : parsePath(written);
  if (path === undefined) return pathFault(text);
  return parsed({ type: 'accounts-in', folder: path, depth });
}

/** `/` is Root. A name is never empty, and never has a star: patterns are not part of a path. */
function parsePath(text: string): FolderPath | undefined {
  if (text === '/') return { names: [] };
  if (!text.startsWith('/')) return undefined;
  const names = text.slice(1).split('/');
  return names.every((name) => name.trim() !== '' && !name.includes('*')) ? { names } : undefined;
}

const pathFault = (text: string): Parsed<Selector> =>
  text.includes('****')
    ? faulty('id-masked', `member ${show(text)} is masked with stars; paste the whole id`)
    : faulty(
        'folder-malformed',
        `member ${show(text)} names no folder; write fd-... or /Name/Name from Root down, and /** only at the end of accounts-in:`,
      );

function parseTag(text: string, rest: string): Parsed<Selector> {
  const equals = rest.indexOf('=');
  if (equals < 1) return faulty('tag-malformed', `member ${show(text)} is no tag; write tag:KEY=VALUE`);
  return parsed({ type: 'tag', key: rest.slice(0, equals), value: rest.slice(equals + 1) });
}

function unknownMember(text: string): Parsed<Selector> {
  if (isEmail(text)) {
    return faulty(
      'member-is-email',
      'the member is an e-mail address, expected an account, a folder or the directory; write its id',
    );
  }
  if (text.startsWith('/')) {
    return faulty(
      'member-is-path',
      `member ${show(text)} is a bare path; write folder:/Path or accounts-in:/Path`,
    );
  }
  const head = /^[^:]*:?/.exec(text)?.[0] ?? text;
  const guess = didYouMean(head, [...WORDS, ...PREFIXES]);
  const hint = guess === '' ? `; a display name is written account:NAME` : guess;
  return faulty('member-unknown', `member ${show(text)} is none of ${FORMS}${hint}`);
}
