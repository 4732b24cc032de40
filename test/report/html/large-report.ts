import type { Report, ReportChange, ReportTarget } from '../../../src/report/report-schema.ts';
import { onlyTarget, reportOf } from '../sample-run.ts';

/** Ids as they are given: digit for digit, in order. */
const accountId = (index: number): string => `17380845${String(index).padStart(8, '0')}`;
const contactId = (index: number): string => `c-contact${String(index).padStart(7, '0')}`;
const folderId = (index: number): string => `fd-folder${String(index).padStart(4, '0')}`;

const CONTACTS = ['Billing', 'SecOps', 'PayOnCall', 'ShipOnCall', 'DataOnCall', 'NetOnCall', 'Auditors'];
const AREAS = ['Production', 'Staging', 'Development', 'Sandboxes', 'Decommissioned'];
const FOLDERS = 60;

/** A directory of so many accounts in sixty folders; every 37th account is reached by nobody. */
export function directoryReport(accounts: number): Report {
  const report = structuredClone(reportOf());
  const target = onlyTarget(report);
  const all = Array.from({ length: accounts }, (_, index) => mappedAccount(index));
  const unreached = all.filter(({ contacts }) => contacts.length === 0).map(({ id }) => id);
  const map = {
    folders: Array.from({ length: FOLDERS }, (_, index) => mappedFolder(index)),
    contacts: CONTACTS.map((name, index) => ({ id: contactId(index), name })),
    accounts: all,
  };
  const coverage = { accounts, reached: accounts - unreached.length, unreached };
  return { ...report, targets: [{ ...target, map, coverage }] };
}

/** Five areas; in each of them folders by product. */
const mappedFolder = (index: number) =>
  index < AREAS.length
    ? { id: folderId(index), name: AREAS[index] ?? '', parentId: null }
    : { id: folderId(index), name: `product-${index}`, parentId: folderId(index % AREAS.length) };

function mappedAccount(index: number): NonNullable<ReportTarget['map']>['accounts'][number] {
  const folder = index % FOLDERS;
  const own = index % 11 === 0 ? [5] : [];
  const contacts = index % 37 === 0 ? [] : [0, 1, 2 + (folder % 3), ...own].map(contactId);
  return { id: accountId(index), name: `account-${index}`, folderId: folderId(folder), contacts };
}

/** A plan of so many changes, a hundred to a contact, most of them applied. */
export function changesReport(changes: number): Report {
  const report = directoryReport(1000);
  const target = onlyTarget(report);
  const all = Array.from({ length: changes }, (_, index) => change(index));
  return { ...report, targets: [{ ...target, changes: all }] };
}

function change(index: number): ReportChange {
  const owner = Math.floor(index / 100);
  const id = accountId(index);
  return {
    id: `bind:${contactId(owner)}:${id}`,
    kind: 'contact',
    action: 'bind',
    owner: { id: contactId(owner), name: `Contact ${owner}` },
    member: {
      id,
      name: `account-${index}`,
      type: 'account',
      path: `/Production/product-${index % 60}/account-${index}`,
    },
    source: { file: 'manifest.csv', line: index + 2, column: 1 },
    outcome:
      index % 1000 === 7
        ? {
            status: 'failed',
            code: 'InvalidMember',
            message: 'The member is invalid.',
            attempts: 1,
            elapsedMs: 90,
          }
        : { status: 'applied', attempts: 1, elapsedMs: 120, requestId: `REQ-${index}` },
  };
}
