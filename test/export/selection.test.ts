import { describe, expect, test } from 'vitest';
import { exportProblems } from '../../src/job/export/export-check.ts';
import { kindsToRead, selectOwners } from '../../src/job/export/export-selection.ts';
import type { Confinement } from '../../src/job/settings.ts';
import { liveManifest } from '../../src/manifest/live-manifest.ts';
import { writeCsv } from '../../src/manifest/write-csv.ts';
import { writeYaml } from '../../src/manifest/write-yaml.ts';
import { accountId, actual, aggregator, contact } from '../support/world.ts';

const groups = [aggregator('ca-1', [1, 2]), aggregator('ca-2', [3])];
const state = {
  ...actual({
    accounts: [1, 2, 3, 4],
    folders: [],
    contacts: [contact('c-1', [1, 'r-9xKp2d'], { name: 'Ops' }), contact('c-2', [2, '1555555555555555'])],
    aggregators: groups,
  }),
  aggregatorList: groups,
};
const live = liveManifest(state);
const only = (parts: Partial<Confinement>): Confinement => ({
  contacts: [],
  aggregators: [],
  members: [],
  ...parts,
});
const idsOf = ({ contacts, aggregators }: ReturnType<typeof liveManifest>) =>
  [...(contacts ?? []), ...(aggregators ?? [])].map(({ id }) => id);

describe('an export of a part', () => {
  test.each([
    ['nothing asked for', {}, ['c-1', 'c-2', 'ca-1', 'ca-2']],
    ['an account', { members: [accountId(2)] }, ['c-2', 'ca-1']],
    ['two accounts', { members: [accountId(1), accountId(3)] }, ['c-1', 'ca-1', 'ca-2']],
    ['the directory as it is bound', { members: ['r-9xKp2d'] }, ['c-1']],
    ['the directory by its id', { members: ['rd-3mNq8W'] }, ['c-1']],
    ['the directory by its word', { members: ['directory'] }, ['c-1']],
    ['an id that left', { members: ['1555555555555555'] }, ['c-2']],
  ])('of %s has the owners %j', (_, parts, expected) => {
    const { live: part, unknown } = selectOwners(live, only(parts));
    expect(idsOf(part)).toEqual(expected);
    expect(unknown).toEqual([]);
    expect(exportProblems('m.yaml', writeYaml(part), state)).toEqual([]);
    expect(exportProblems('m.csv', writeCsv(part), state)).toEqual([]);
  });

  test('takes a contact by its name, and reads nothing of aggregators for it', () => {
    const parts = only({ contacts: ['Ops'] });
    expect(kindsToRead(parts)).toEqual({ contacts: true, aggregators: false });
    const { live: part, unknown } = selectOwners({ ...live, aggregators: undefined }, parts);
    expect(idsOf(part)).toEqual(['c-1']);
    expect(unknown).toEqual([]);
  });

  test.each([
    [{}, { contacts: true, aggregators: true }],
    [{ members: ['x'] }, { contacts: true, aggregators: true }],
    [{ aggregators: ['ca-1'] }, { contacts: false, aggregators: true }],
    [
      { contacts: ['c-1'], aggregators: ['ca-1'] },
      { contacts: true, aggregators: true },
    ],
  ])('with %j reads %j', (parts, expected) => {
    expect(kindsToRead(only(parts))).toEqual(expected);
  });

  test('says what is not there, each by itself', () => {
    const parts = { contacts: ['Ops', 'Opps'], aggregators: ['ca-9'], members: [accountId(4), accountId(2)] };
    expect(selectOwners(live, only(parts)).unknown).toEqual([
      'there is no contact "Opps"',
      'there is no aggregator "ca-9"',
      `"${accountId(4)}" is bound to no contact and in no CUSTOM aggregator that is exported`,
      `"${accountId(2)}" is bound to no contact and in no CUSTOM aggregator that is exported`,
    ]);
  });
});

describe('the check of an export', () => {
  test('finds a member that was left out', () => {
    const text = writeYaml(live).replace(/ {6}- "1738084522670001".*\n/, '');
    expect(exportProblems('m.yaml', text, state).map(({ message }) => message)).toEqual([
      'planning the exported manifest would change unbind:c-1:1738084522670001',
    ]);
  });

  test('finds a table that the reader takes for one that a spreadsheet has spoilt', () => {
    const numbers = Array.from({ length: 8 }, (_, n) => (n + 1) * 10);
    const zeros = actual({ accounts: numbers, folders: [], contacts: [contact('c-1', numbers)] });
    const codes = (file: string, write: typeof writeCsv) =>
      exportProblems(file, write(liveManifest(zeros)), zeros).map(({ code }) => code);
    expect(codes('m.csv', writeCsv)).toEqual(['spreadsheet-zeros']);
    expect(codes('m.yaml', writeYaml)).toEqual([]);
  });
});
