import { groupBy } from '../model/group-by.ts';
import type { ReportChange } from './report-schema.ts';

/** The changes of one contact or aggregator. */
export interface OwnerGroup {
  readonly kind: ReportChange['kind'];
  readonly id: string;
  readonly name: string | null;
  readonly emailAddress?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly changes: readonly ReportChange[];
}

/** Contacts before aggregators, by name, then id; within each, what is added before what goes, by member id. */
export function groupByOwner(changes: readonly ReportChange[]): readonly OwnerGroup[] {
  const groups = groupBy(changes, ({ kind, owner }) => `${kind} ${owner.id}`);
  return [...groups.values()].flatMap(toGroup).sort(byKindAndName);
}

export const isRemoval = ({ action }: Pick<ReportChange, 'action'>): boolean =>
  action === 'unbind' || action === 'remove-account';

function toGroup(changes: readonly ReportChange[]): OwnerGroup[] {
  const [first] = changes;
  if (first === undefined) return [];
  const inOrder = changes.toSorted(
    (a, b) => Number(isRemoval(a)) - Number(isRemoval(b)) || compare(a.member.id, b.member.id),
  );
  return [{ kind: first.kind, ...first.owner, changes: inOrder }];
}

const byKindAndName = (a: OwnerGroup, b: OwnerGroup): number =>
  Number(a.kind === 'aggregator') - Number(b.kind === 'aggregator') ||
  compare(a.name ?? '', b.name ?? '') ||
  compare(a.id, b.id);

/** By code unit: the same on every machine, whatever its locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
