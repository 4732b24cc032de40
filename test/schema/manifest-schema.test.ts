import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../src/job/schemas/schemas.ts';
import { all, read } from '../manifest/support.ts';

const validate = new Ajv({ allowUnionTypes: true, strictRequired: false }).compile(jsonSchema('manifest'));
const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

/**
 * What the reader finds and no schema of one file can say: contradictions between lines, one member written as two,
 * a manifest that names nobody (another file may).
 */
const READER_ONLY = ['present-and-absent', 'account-name-differs', 'member-several', 'manifest-empty'];
/** Read with a note; in an editor it should be seen, so the schema refuses it. */
const SCHEMA_ONLY = ['id-normalised'];

/** @returns why the two disagree; undefined when they agree */
function disagreement(manifest: unknown): string | undefined {
  const fits = validate(manifest);
  const result = read('m.json', JSON.stringify(manifest));
  const codes = all(result).map(({ code }) => code);
  if (fits && !result.ok) {
    const errors = result.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    return errors.every((code) => READER_ONLY.includes(code)) ? undefined : `reader: ${errors.join()}`;
  }
  if (!fits && result.ok) {
    return codes.some((code) => SCHEMA_ONLY.includes(code))
      ? undefined
      : `schema: ${JSON.stringify(validate.errors)}`;
  }
  return undefined;
}

const one = (key: string, value: unknown): unknown => ({
  version: 1,
  contacts: [{ contact: 'Ops', [key]: value }],
});
const group = (key: string, value: unknown): unknown => ({
  version: 1,
  aggregators: [{ aggregator: 'prod', [key]: value }],
});

const GOOD_MEMBERS = [
  '1738084522671234',
  1738084522671234,
  ' 1738084522671234 ',
  'account:shop',
  'account: shop ',
  'accounts-in:/',
  'accounts-in:/**',
  'accounts-in:/Production/Payments/**',
  'accounts-in:fd-ZDNPiT1234',
  'accounts-in:r-Zk4pT9/**',
  'tag:env=prod',
  'tag:note=',
  'tag:a b=c=d',
  'all-accounts',
] as const;
const TARGETS = [
  'fd-ZDNPiT1234',
  'folder:/Production',
  'folder:fd-ZDNPiT1234',
  'directory',
  'rd-3mNq8W',
  'r-Zk4pT9',
] as const;
const BAD_MEMBERS = [
  '',
  '  ',
  '173808452267123',
  '17380845226712345',
  '1.73808E+15',
  '1738****1234',
  "'1738084522671234",
  'fd-',
  'fd-****',
  'c-qL4HqKONzOM7a1b2',
  'ca-dacf86d8314e00eb1234',
  'account:',
  'account:1738084522671234',
  'folder:/',
  'folder:Production',
  'folder:/Production/*',
  'folder:/Production//Payments',
  'accounts-in:/Production/***',
  'accounts-in:rd-3mNq8W',
  'accounts-in:',
  'tag:env',
  'tag:=prod',
  'somebody',
  '/Production',
  'ops@example.com',
  'Directory',
  17,
  true,
  null,
  [],
  {},
  { id: '1738084522671234' },
] as const;

describe('the schema of manifests', () => {
  it('takes the samples', () => {
    const files = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^(?:quickstart|scenarios)\b.*manifest\.yaml$/.test(file),
    );
    expect(files.length).toBeGreaterThan(3);
    const wrong = files.filter((file) => !validate(load(readFileSync(`${SAMPLES}/${file}`, 'utf8'))));
    expect(wrong).toEqual([]);
  });

  it.each([...GOOD_MEMBERS, ...TARGETS])('takes %j for a contact, as the reader does', (member) => {
    expect(validate(one('bind', [member]))).toBe(true);
    expect(read('m.json', JSON.stringify(one('bind', [member]))).ok).toBe(true);
  });

  it.each([...GOOD_MEMBERS, 'management-account', { id: 1738084522671234, name: 12 }])(
    'takes %j for a group, as the reader does',
    (member) => {
      expect(validate(group('accounts', [member]))).toBe(true);
      expect(read('m.json', JSON.stringify(group('accounts', [member]))).ok).toBe(true);
    },
  );

  it.each([...BAD_MEMBERS, 'management-account'])(
    'refuses %j for a contact, as the reader does',
    (member) => {
      expect(validate(one('bind', [member]))).toBe(false);
      expect(read('m.json', JSON.stringify(one('bind', [member]))).ok).toBe(false);
    },
  );

  it.each(TARGETS)('refuses %j for a group and in except, as the reader does', (member) => {
    for (const manifest of [
      group('accounts', [member]),
      group('except', [member]),
      one('except', [member]),
    ]) {
      expect(validate(manifest)).toBe(false);
      expect(read('m.json', JSON.stringify(manifest)).ok).toBe(false);
    }
  });

  it.each([
    one('bind', []),
    one('allowEmpty', 'yes'),
    one('bindings', ['directory']),
    group('accounts', []),
    { contacts: [{ contact: 'Ops' }] },
    { version: 2, contacts: [{ contact: 'Ops' }] },
    { version: 1, contacts: { Ops: [] } },
    { version: 1, contacts: [{ bind: ['directory'] }] },
    { version: 1, contacts: [{ contact: 'ops@example.com' }] },
    { version: 1, contacts: [{ contact: 'ca-dacf86d8314e00eb1234' }] },
    { version: 1, aggregators: [{ aggregator: '1738084522671234' }] },
    { version: 1, directory: 'fd-ZDNPiT1234', contacts: [{ contact: 'Ops' }] },
    { version: 1, ownership: 'all', contacts: [{ contact: 'Ops' }] },
    [],
    'text',
  ])('refuses %j, as the reader does', (manifest) => {
    expect(validate(manifest)).toBe(false);
    expect(read('m.json', JSON.stringify(manifest)).ok).toBe(false);
  });

  it('takes bind: [] beside allowEmpty', () => {
    const manifest = { version: '1', contacts: [{ contact: 'Ops', bind: [], allowEmpty: true }] };
    expect(validate(manifest)).toBe(true);
    expect(disagreement(manifest)).toBeUndefined();
  });

  it('is the stricter one where the reader reads with a note', () => {
    expect(validate(one('bind', ['１738084522671234']))).toBe(false);
    expect(disagreement(one('bind', ['１738084522671234']))).toBeUndefined();
  });

  it('agrees with the reader on anything that is built of the right parts and of wrong ones', () => {
    const text = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom<unknown>(...GOOD_MEMBERS, ...TARGETS, 'management-account') },
      fc.constantFrom<unknown>(...BAD_MEMBERS),
    );
    const member = fc.oneof(
      { weight: 6, arbitrary: text },
      fc.record({ id: text, name: fc.constantFrom<unknown>('Tony', 7, true, null) }, { requiredKeys: [] }),
    );
    const members = fc.oneof({ weight: 8, arbitrary: fc.array(member, { maxLength: 3 }) }, member);
    const flag = fc.constantFrom<unknown>(true, false, 'true', 'false', 'yes', null, 1);
    const name = fc.constantFrom<unknown>(
      'Ops',
      'c-Ops',
      'ca-1',
      '1738084522671234',
      'a@b.c',
      'c-****',
      '',
      ' x ',
      12,
      true,
      null,
    );
    const contact = fc.record(
      { contact: name, bind: members, unbind: members, except: members, allowEmpty: flag, other: flag },
      { requiredKeys: ['contact'] },
    );
    const aggregator = fc.record(
      { aggregator: name, accounts: members, remove: members, except: members, allowEmpty: flag },
      { requiredKeys: ['aggregator'] },
    );
    const manifest = fc.record(
      {
        version: fc.constantFrom<unknown>(1, 1, 1, '1', 2, null),
        directory: fc.constantFrom<unknown>('rd-3mNq8W', ' rd-3mNq8W', 'rd', 7, null),
        ownership: fc.constantFrom<unknown>('listed', ' listed', 'add-only', 'exclusive', 'most', null),
        contacts: fc.oneof({ weight: 9, arbitrary: fc.array(contact, { maxLength: 2 }) }, contact),
        aggregators: fc.array(aggregator, { maxLength: 2 }),
        protected: members,
      },
      { requiredKeys: ['version'] },
    );
    fc.assert(
      fc.property(manifest, (written) => {
        expect(disagreement(written)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with the reader on members of any characters', () => {
    const piece = fc.constantFrom(
      'account:',
      'accounts-in:',
      'folder:',
      'tag:',
      '/',
      '**',
      '*',
      '=',
      ' ',
      'a',
      '0',
      '1738084522671234',
      'fd-1',
      'rd-',
      '-',
      '@',
      '.',
      ',',
      "'",
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        expect(disagreement(one('bind', [pieces.join('')]))).toBeUndefined();
        expect(disagreement(group('accounts', [pieces.join('')]))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });
});
