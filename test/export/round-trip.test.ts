import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { liveManifest } from '../../src/manifest/live-manifest.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { resolveManifest } from '../../src/manifest/resolve-manifest.ts';
import { writeCsv } from '../../src/manifest/write-csv.ts';
import { writeYaml } from '../../src/manifest/write-yaml.ts';
import type { ActualState } from '../../src/model/actual-state.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { hardWorld } from './hard-names.ts';

const FORMATS = [
  ['yaml', writeYaml],
  ['csv', writeCsv],
] as const;

describe('of 1,000 directories with names that break out of files', { timeout: 60_000 }, () => {
  test.each(FORMATS)(
    'the %s export plans to no change, and counts what it wrote as unchanged',
    (as, write) => {
      let plannable = 0;
      fc.assert(
        fc.property(hardWorld, (actual) => {
          const text = write(liveManifest(actual));
          const read = readManifest([{ path: `m.${as}`, bytes: Buffer.from(text) }], DEFAULT_LIMITS);
          if (!read.ok) {
            expect(
              read.problems.map(({ code }) => code).filter((code) => code !== 'byte-order-mark'),
            ).toEqual(['manifest-empty']);
            expect(plannableMembers(actual)).toBe(0);
            return;
          }
          plannable += 1;
          expect(read.warnings.map(({ code }) => code).filter((code) => code !== 'byte-order-mark')).toEqual(
            [],
          );
          const desired = resolveManifest(read.value, actual, {
            ownership: 'listed',
            limits: DEFAULT_LIMITS,
          });
          if (!desired.ok) throw new Error(desired.problems.map(({ message }) => message).join('\n'));
          const { changes, unchanged } = diff(desired.value, actual);
          expect(changes).toEqual([]);
          expect(unchanged).toBe(plannableMembers(actual));
        }),
        { numRuns: 1_000 },
      );
      expect(plannable).toBeGreaterThan(700);
    },
  );

  test.each(FORMATS)('the %s export is the same whatever the order in which things were read', (_, write) => {
    fc.assert(
      fc.property(hardWorld, (actual) => {
        expect(write(liveManifest(reversed(actual)))).toBe(write(liveManifest(actual)));
      }),
    );
  });

  test.each(FORMATS)(
    'the %s export has as many lines as it has things to say, and none that a name made',
    (as, write) => {
      fc.assert(
        fc.property(hardWorld, (actual) => {
          const named = write(liveManifest(actual));
          const nameless = write(liveManifest(withoutNames(actual)));
          expect(named.split(/\r\n|[\n\r\u0085\u2028\u2029]/).length).toBe(nameless.split('\n').length);
          expect(shapeOf(as, named)).toEqual(shapeOf(as, nameless));
          expect(named).not.toMatch(/a@example\.com|13900001111/);
          expect(named.slice(1)).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n\t]/u);
        }),
      );
    },
  );

  test('no cell of the table is a formula, with whatever separator a spreadsheet cuts it', () => {
    fc.assert(
      fc.property(hardWorld, (actual) => {
        const cells = writeCsv(liveManifest(actual)).split(/[\n,;\t\uff0c"|]/);
        expect(cells.filter((cell) => /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(cell))).toEqual([]);
      }),
    );
  });

  test('a display name in the table is read back as the group has it, or is not there', () => {
    let kept = 0;
    fc.assert(
      fc.property(hardWorld, (actual) => {
        const text = writeCsv(liveManifest(actual));
        const read = readManifest([{ path: 'm.csv', bytes: Buffer.from(text) }], DEFAULT_LIMITS);
        if (!read.ok) return;
        for (const { ref, members } of read.value.aggregators) {
          const group = ref.by === 'id' ? actual.aggregators.get(ref.id) : undefined;
          for (const { selector, accountName } of members) {
            if (selector.type !== 'account' || accountName === undefined) continue;
            expect(accountName).toBe(group?.accounts.get(selector.id)?.name);
            kept += 1;
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(kept).toBeGreaterThan(50);
  });
});

/** Bindings and memberships that are in the directory, counted without the code under test. */
function plannableMembers({ contacts, aggregators, accounts, folders, directory }: ActualState): number {
  const known = new Set<string>([
    directory.id,
    directory.managementAccountId,
    ...(accounts?.keys() ?? []),
    ...(folders?.keys() ?? []),
  ]);
  const held = [
    ...[...(contacts?.values() ?? [])].flatMap(({ bindings }) => [...bindings.keys()]),
    ...[...aggregators.values()].flatMap((group) => [...group.accounts.keys()]),
  ];
  return held.filter((id) => known.has(id)).length;
}

const flip = <K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> => new Map([...map].reverse());

const reversed = (actual: ActualState): ActualState => ({
  ...actual,
  accounts: actual.accounts && flip(actual.accounts),
  folders: actual.folders && flip(actual.folders),
  contacts:
    actual.contacts &&
    flip(new Map([...actual.contacts].map(([id, one]) => [id, { ...one, bindings: flip(one.bindings) }]))),
  aggregators: flip(
    new Map([...actual.aggregators].map(([id, one]) => [id, { ...one, accounts: flip(one.accounts) }])),
  ),
  aggregatorList: actual.aggregatorList && [...actual.aggregatorList].reverse(),
});

function withoutNames(actual: ActualState): ActualState {
  const plain = <K, V>(map: ReadonlyMap<K, V> | undefined, change: object): ReadonlyMap<K, V> | undefined =>
    map && new Map([...map].map(([id, one]) => [id, { ...one, ...change }]));
  return {
    ...actual,
    directory: { ...actual.directory, managementAccountName: 'n' },
    accounts: plain(actual.accounts, { displayName: 'n' }),
    folders: plain(actual.folders, { name: 'n' }),
    contacts: plain(actual.contacts, { name: 'n' }),
    aggregatorList: actual.aggregatorList?.map((one) => ({ ...one, name: 'n' })),
  };
}

/** What the file says, without its places. */
function shapeOf(as: string, text: string): unknown {
  const read = readManifest([{ path: `m.${as}`, bytes: Buffer.from(text) }], DEFAULT_LIMITS);
  if (!read.ok) return read.problems.map(({ code }) => code).filter((code) => code !== 'byte-order-mark');
  const owners = ({ contacts, aggregators }: Manifest) =>
    [...contacts, ...aggregators].map(({ ref, members, statesMembers, allowEmpty, except }) => ({
      ref,
      members: members.map(({ selector, ensure }) => ({ selector, ensure })),
      statesMembers,
      allowEmpty,
      except,
    }));
  return { owners: owners(read.value), protected: read.value.protected, pin: read.value.directory?.id };
}
