import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isComment } from '../../src/manifest/csv-comment.ts';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { resolveManifest } from '../../src/manifest/resolve-manifest.ts';
import { selectorText } from '../../src/manifest/selector-text.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Checked } from '../../src/model/problem.ts';
import {
  A,
  actualState,
  aggregator,
  all,
  B,
  C,
  contact,
  D,
  E,
  LISTED,
  MANAGEMENT,
  PAYMENTS,
  PROD,
  read,
  SANDBOX,
  utf8,
} from './support.ts';

interface Row {
  readonly kind: 'contact' | 'aggregator';
  readonly owner: string;
  readonly member: string;
  readonly ensure: 'present' | 'absent';
}

const accounts = fc.constantFrom<string>(
  A,
  B,
  C,
  D,
  E,
  'account:shop',
  'tag:env=prod',
  'accounts-in:/Production/**',
  'all-accounts',
);
const ensure = fc.constantFrom<Row['ensure']>('present', 'present', 'absent');
const row: fc.Arbitrary<Row> = fc.oneof(
  fc.record({
    kind: fc.constant<Row['kind']>('contact'),
    owner: fc.constantFrom('c-1', 'Ops'),
    member: fc.oneof(
      accounts,
      fc.constantFrom<string>(PROD, PAYMENTS, SANDBOX, 'directory', 'folder:/Sandbox'),
    ),
    ensure,
  }),
  fc.record({
    kind: fc.constant<Row['kind']>('aggregator'),
    owner: fc.constantFrom('ca-1', 'prod'),
    member: fc.oneof(accounts, fc.constant('management-account')),
    ensure,
  }),
);
const rows = fc.array(row, { minLength: 1, maxLength: 12 });

const toCsv = (entries: readonly Row[]): string =>
  `kind,owner,member,ensure\n${entries.map((entry) => `${entry.kind},${entry.owner},${entry.member},${entry.ensure}\n`).join('')}`;

function toYaml(entries: readonly Row[]): string {
  const section = (kind: Row['kind'], present: string, absent: string): string => {
    const own = entries.filter((entry) => entry.kind === kind);
    const owners = [...new Set(own.map(({ owner }) => owner))].map((owner) => {
      const list = (wanted: Row['ensure'], key: string): string => {
        const members = own.filter((entry) => entry.owner === owner && entry.ensure === wanted);
        return members.length === 0
          ? ''
          : `    ${key}:\n${members.map(({ member }) => `      - ${member}\n`).join('')}`;
      };
      return `  - ${kind}: ${owner}\n${list('present', present)}${list('absent', absent)}`;
    });
    return owners.length === 0 ? '' : `${kind}s:\n${owners.join('')}`;
  };
  return `version: 1\n${section('contact', 'bind', 'unbind')}${section('aggregator', 'accounts', 'remove')}`;
}

const WORLD = actualState({
  contacts: [contact('c-1', 'Finance', [A, PROD]), contact('c-2', 'Ops', [D])],
  aggregators: [aggregator('ca-1', 'first', [A, MANAGEMENT]), aggregator('ca-2', 'prod', [B])],
});

/** A desired state without the places it comes from, or the kinds of problem in its way. */
function essence(read: Checked<Manifest>): unknown {
  if (!read.ok) return codes(read);
  const resolved = resolveManifest(read.value, WORLD, LISTED);
  return resolved.ok ? withoutPlaces(resolved.value) : codes(resolved);
}

const codes = (result: Checked<unknown>): readonly string[] =>
  [
    ...new Set(
      all(result)
        .filter(({ severity }) => severity === 'error')
        .map(({ code }) => code),
    ),
  ].sort();

const withoutPlaces = ({ contacts, aggregators }: DesiredState): unknown =>
  [...contacts.values(), ...aggregators.values()]
    .map(({ id, statesMembers, present, absent }) => [
      id,
      statesMembers,
      [...present.keys()].sort(),
      [...absent.keys()].sort(),
    ])
    .sort();

/** `owner member ensure`, sorted. */
const entriesOf = ({ contacts, aggregators }: Manifest): readonly string[] =>
  [...contacts, ...aggregators]
    .flatMap(({ ref, members }) =>
      members.map(
        (member) =>
          `${ref.by === 'id' ? ref.id : ref.name} ${selectorText(member.selector)} ${member.ensure}`,
      ),
    )
    .sort();

describe('manifests in general', () => {
  it('resolve alike, written as CSV or as YAML', () => {
    fc.assert(
      fc.property(rows, (entries) => {
        expect(essence(read('m.yaml', toYaml(entries)))).toEqual(essence(read('m.csv', toCsv(entries))));
      }),
    );
  });

  it('keep every entry, whatever digits it has', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^\d{15}[1-9]$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(ids, (members) => {
        const result = read('m.csv', `contact_id,member_id\n${members.map((id) => `c-1,${id}\n`).join('')}`);
        expect(result.ok && entriesOf(result.value)).toEqual(members.map((id) => `c-1 ${id} present`).sort());
      }),
    );
  });

  it('in several files say the same as in one', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const files = [toCsv(first), toYaml(second)].map((text, i) => ({
          path: ['a.csv', 'b.yaml'][i] ?? '',
          bytes: utf8(text),
        }));
        expect(essence(readManifest(files, DEFAULT_LIMITS))).toEqual(
          essence(read('m.csv', toCsv([...first, ...second]))),
        );
      }),
    );
  });

  it.each([
    ['m.csv', toCsv],
    ['m.yaml', toYaml],
  ] as const)('damaged in one place (%s) never throw, and tell of every entry they lose', (path, write) => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(3),
      put: fc.constantFrom(
        '',
        '"',
        ',',
        '\n',
        '\t',
        ':',
        '-',
        '*',
        '#',
        '\u200b',
        '０',
        'x',
        '\0',
        '{',
        '\ud800',
        '\r',
      ),
    });
    fc.assert(
      fc.property(rows, damage, (entries, { at, cut, put }) => {
        const text = write(entries);
        const position = Math.floor(at * text.length);
        const damaged = text.slice(0, position) + put + text.slice(position + cut);
        const result = read(path, damaged);
        if (!result.ok) {
          expect(result.problems.some(({ severity }) => severity === 'error')).toBe(true);
          return;
        }
        const lines = damaged.replace(/\r\n?/g, '\n').split('\n');
        for (const { source } of [...result.value.contacts, ...result.value.aggregators].flatMap(
          ({ members }) => members,
        )) {
          expect(lines[source.line - 1]?.length).toBeGreaterThanOrEqual(source.column);
        }
        if (path === 'm.csv') expect(countedRows(result)).toBe(filledRows(lines));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['m.csv', 'm.yaml', 'm'])('never throw on any bytes (%s)', (path) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 200 }).map(utf8)),
        (bytes) => {
          const result = readManifest([{ path, bytes }], DEFAULT_LIMITS);
          expect(result.ok || result.problems.length > 0).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('cut off anywhere never lose an entry without a word', () => {
    const text = toCsv(
      Array.from({ length: 10 }, (_, i) => ({
        kind: 'contact',
        owner: `c-${i}`,
        member: A,
        ensure: 'present',
      })),
    );
    for (let end = 0; end < text.length; end++) {
      const result = read('m.csv', text.slice(0, end));
      const complete = text.slice(0, end).endsWith('\n');
      expect({
        end,
        told: !result.ok || result.warnings.some(({ code }) => code === 'final-newline') || complete,
      }).toEqual({ end, told: true });
    }
  });
});

const countedRows = (result: Checked<Manifest> & { ok: true }): number =>
  result.value.entries + result.warnings.filter(({ code }) => code === 'entry-twice').length;

/** Rows below the header that are neither blank nor a comment; a quoted line feed cannot pass the checks of a cell. */
const filledRows = (lines: readonly string[]): number =>
  lines.filter((line) => line.replace(/[\s,]/g, '') !== '' && !isComment(line)).length - 1;
