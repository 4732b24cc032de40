import { type AggregatorId, type ContactId, type DirectoryId, parseDirectoryId } from '../model/ids.ts';
import type { Ensure, Ownership, WrittenMember, WrittenOwner, WrittenSelector } from '../model/manifest.ts';
import { didYouMean } from './did-you-mean.ts';
import { faulty, type Parsed, parsed } from './finding.ts';
import { cleanText, idFault } from './id-text.ts';
import { LineIndex } from './line-index.ts';
import { parseMember } from './member.ts';
import { memberFit, type Place } from './member-fit.ts';
import { parseAggregatorRef, parseContactRef } from './owner.ts';
import { show } from './show.ts';
import { NOTHING_WRITTEN, type ReadFile } from './written-file.ts';
import { FieldReader } from './yaml-fields.ts';
import type { YamlMap, YamlNode } from './yaml-node.ts';
import { parseYaml } from './yaml-tree.ts';

const MANIFEST_KEYS = ['version', 'directory', 'ownership', 'contacts', 'aggregators', 'protected'];
const CONTACT_KEYS = ['contact', 'bind', 'unbind', 'except', 'allowEmpty'];
const AGGREGATOR_KEYS = ['aggregator', 'accounts', 'remove', 'except', 'allowEmpty'];
const OWNERSHIPS: readonly Ownership[] = ['add-only', 'listed', 'exclusive'];

/** Reads a YAML or JSON manifest. */
export function readYaml(file: string, text: string): ReadFile {
  const lines = new LineIndex(file, text);
  const { root, findings } = parseYaml(text, lines);
  const reader = new FieldReader(lines, findings);
  if (root === undefined || root.kind === 'nothing') {
    if (findings.length === 0) {
      reader.error(
        'manifest-empty',
        { offset: 0 },
        'the file is empty, expected version, contacts and aggregators; check that it was written completely',
      );
    }
    return { written: NOTHING_WRITTEN, findings: reader.findings };
  }
  const map = reader.map(root, 'the manifest', MANIFEST_KEYS);
  return { written: map === undefined ? NOTHING_WRITTEN : readRoot(reader, map), findings: reader.findings };
}

function readRoot(reader: FieldReader, map: YamlMap): ReadFile['written'] {
  checkVersion(reader, map);
  const directory = reader.optional(map, 'directory', parseDirectory);
  const ownership = reader.optional(map, 'ownership', parseOwnership);
  const placeOf = (name: string) => reader.place(map.entries.get(name)?.value ?? map);
  return {
    directory: directory && { id: directory, source: placeOf('directory') },
    ownership: ownership && { value: ownership, place: placeOf('ownership') },
    contacts: reader.list(map, 'contacts').flatMap((node) => readContact(reader, node) ?? []),
    aggregators: reader.list(map, 'aggregators').flatMap((node) => readAggregator(reader, node) ?? []),
    protected: readSelectors(reader, map, 'protected', 'protected'),
  };
}

function checkVersion(reader: FieldReader, map: YamlMap): void {
  const version = map.entries.get('version')?.value;
  if (version === undefined) {
    reader.error('version-missing', map, 'the manifest has no version; write version: 1 at its top');
    return;
  }
  reader.text(version, 'version', (text) =>
    text === '1' ? parsed(text) : faulty('version-unknown', `version ${show(text)} is not known, expected 1`),
  );
}

function readContact(reader: FieldReader, node: YamlNode): WrittenOwner<ContactId> | undefined {
  const map = reader.map(node, 'a contact', CONTACT_KEYS);
  if (map === undefined) return undefined;
  const allowEmpty = readAllowEmpty(reader, map);
  const bind = map.entries.get('bind');
  if (bind?.value.kind === 'list' && bind.value.items.length === 0 && !allowEmpty) {
    reader.error(
      'bind-empty',
      bind.value,
      'bind is empty, which unbinds all that the contact has; write allowEmpty: true beside it if that is meant, or leave bind out',
    );
  }
  const members = [
    ...readMembers(reader, map, { key: 'bind', ensure: 'present', place: 'contact' }),
    ...readMembers(reader, map, { key: 'unbind', ensure: 'absent', place: 'contact' }),
  ];
  const except = readSelectors(reader, map, 'except', 'except');
  const owner = readOwner(reader, map, 'contact', parseContactRef);
  return owner && { ...owner, statesMembers: bind !== undefined, allowEmpty, members, except };
}

function readAggregator(reader: FieldReader, node: YamlNode): WrittenOwner<AggregatorId> | undefined {
  const map = reader.map(node, 'an aggregator', AGGREGATOR_KEYS);
  if (map === undefined) return undefined;
  const accounts = map.entries.get('accounts');
  if (accounts?.value.kind === 'list' && accounts.value.items.length === 0) {
    reader.error(
      'accounts-empty',
      accounts.value,
      'accounts is empty, and an aggregator cannot be emptied; list its accounts or leave accounts out',
    );
  }
  const members = [
    ...readMembers(reader, map, { key: 'accounts', ensure: 'present', place: 'aggregator' }),
    ...readMembers(reader, map, { key: 'remove', ensure: 'absent', place: 'aggregator' }),
  ];
  const except = readSelectors(reader, map, 'except', 'except');
  const allowEmpty = readAllowEmpty(reader, map);
  const owner = readOwner(reader, map, 'aggregator', parseAggregatorRef);
  return owner && { ...owner, statesMembers: accounts !== undefined, allowEmpty, members, except };
}

function readOwner<Ref>(reader: FieldReader, map: YamlMap, key: string, read: (text: string) => Parsed<Ref>) {
  const node = map.entries.get(key)?.value;
  if (node === undefined) {
    return reader.error(
      'owner-missing',
      map,
      `the entry has no ${key}; write ${key}: with its id or its name`,
    );
  }
  const ref = reader.text(node, key, read);
  return ref && { ref, source: reader.place(node) };
}

function readMembers(
  reader: FieldReader,
  map: YamlMap,
  { key, ensure, place }: { key: string; ensure: Ensure; place: Place },
): readonly WrittenMember[] {
  return reader.list(map, key).flatMap((node) => {
    const named =
      place === 'aggregator' && node.kind === 'map' ? readNamed(reader, node) : { node, name: undefined };
    const written = named && readSelector(reader, named.node, place);
    return written ? [{ ...written, ensure, accountName: named.name }] : [];
  });
}

/** An account of an aggregator with the display name to send: `{id: ..., name: ...}`. */
function readNamed(
  reader: FieldReader,
  node: YamlMap,
): { node: YamlNode; name: string | undefined } | undefined {
  const map = reader.map(node, 'an account', ['id', 'name']);
  const id = map?.entries.get('id')?.value;
  if (map === undefined) return undefined;
  if (id === undefined)
    return reader.error('account-without-id', map, 'the account has no id; write id: and its 16 digits');
  const name = reader.optional(map, 'name', (text) => parsed(text.trim()));
  return { node: id, name: name === '' ? undefined : name };
}

function readSelectors(
  reader: FieldReader,
  map: YamlMap,
  key: string,
  place: Place,
): readonly WrittenSelector[] {
  return reader.list(map, key).flatMap((node) => readSelector(reader, node, place) ?? []);
}

function readSelector(reader: FieldReader, node: YamlNode, place: Place): WrittenSelector | undefined {
  const selector = reader.text(node, 'the member', parseMember);
  if (selector === undefined) return undefined;
  const misfit = memberFit(selector, place);
  if (misfit !== undefined) return reader.error(misfit.code, node, misfit.message);
  return { selector, source: reader.place(node) };
}

const readAllowEmpty = (reader: FieldReader, map: YamlMap): boolean =>
  reader.optional(map, 'allowEmpty', (text) =>
    text === 'true' || text === 'false'
      ? parsed(text === 'true')
      : faulty('allow-empty-unknown', `allowEmpty is ${show(text)}, expected true or false`),
  ) ?? false;

function parseDirectory(written: string): Parsed<DirectoryId> {
  const { text, note } = cleanText(written, 'directory');
  const id = parseDirectoryId(text);
  if (id !== undefined) return parsed(id, note);
  const fault = idFault(text, 'directory');
  if (fault?.code === 'id-masked') return { ok: false, fault };
  return faulty(
    'directory-malformed',
    `directory ${show(text)} is not the id of a resource directory, expected rd-...`,
  );
}

function parseOwnership(text: string): Parsed<Ownership> {
  const known = OWNERSHIPS.find((ownership) => ownership === text.trim());
  if (known !== undefined) return parsed(known);
  return faulty(
    'ownership-unknown',
    `ownership ${show(text)} is not known, expected ${OWNERSHIPS.join(', ')}${didYouMean(text, OWNERSHIPS)}`,
  );
}
