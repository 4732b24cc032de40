import { groupBy } from '../../model/group-by.ts';
import { type AggregatorId, type ContactId, parseDirectoryId } from '../../model/ids.ts';
import type { Manifest, ManifestFile, Source, WrittenOwner } from '../../model/manifest.ts';
import type { Checked, Problem } from '../../model/problem.ts';
import type { ReportChange } from '../../report/report-schema.ts';
import type { Reported } from './reported-in.ts';
import { contactEntry, type EntryOf, groupEntry, targetSelector } from './undo-entry.ts';

/** A report as a file: where each change stands in it, by id. */
export interface WrittenReport extends ManifestFile {
  readonly lines: ReadonlyMap<string, number>;
}

/**
 * A manifest that asks for the inverse of what was applied, and for nothing else: it adds, and removes only what it
 * writes as absent. Only ids are taken from the report; names may have changed hands since.
 * @param allowEmpty  ids of contacts that may end up with nothing
 */
export function undoManifest(
  { directoryId, changes, protected: untouchable }: Reported,
  { path, sha256, lines }: WrittenReport,
  allowEmpty: readonly string[],
): Checked<Manifest> {
  const problems: Problem[] = [];
  const top: Source = { file: path, line: 1, column: 1 };
  const sourceOf = ({ id }: ReportChange): Source => ({ ...top, line: lines.get(id) ?? 1 });
  const applied = lastingly(changes.filter(({ outcome }) => outcome.status === 'applied'));
  const owners = <Id extends ContactId | AggregatorId>(kind: ReportChange['kind'], entryOf: EntryOf<Id>) =>
    ownersOf(
      applied.filter((change) => change.kind === kind),
      entryOf,
      { top, sourceOf, allowEmpty, problems },
    );
  const directory = directoryId === undefined ? undefined : parseDirectoryId(directoryId);
  if (directory === undefined && applied.length > 0) problems.push(strange(top));
  const manifest: Manifest = {
    files: [{ path, sha256 }],
    directory: directory && { id: directory, source: top },
    ownership: 'add-only',
    contacts: owners('contact', contactEntry),
    aggregators: owners('aggregator', groupEntry),
    protected: untouchable.flatMap((id) => {
      const selector = targetSelector(id);
      return selector === undefined ? [] : [{ selector, source: top }];
    }),
    entries: applied.length,
  };
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: manifest, warnings: remarks(changes, top) };
}

/** A report that was merged may say that a binding was made and taken away again: then there is nothing to undo. */
function lastingly(applied: readonly ReportChange[]): readonly ReportChange[] {
  const done = new Set(applied.map(keyOf));
  return applied.filter((change) => !done.has(keyOf({ ...change, action: INVERSE[change.action] })));
}

const keyOf = ({ action, owner, member }: ReportChange): string => `${action}:${owner.id}:${member.id}`;

const INVERSE = {
  bind: 'unbind',
  unbind: 'bind',
  'add-account': 'remove-account',
  'remove-account': 'add-account',
} as const;

function ownersOf<Id extends ContactId | AggregatorId>(
  changes: readonly ReportChange[],
  entryOf: EntryOf<Id>,
  {
    top,
    sourceOf,
    allowEmpty,
    problems,
  }: {
    readonly top: Source;
    readonly sourceOf: (change: ReportChange) => Source;
    readonly allowEmpty: readonly string[];
    readonly problems: Problem[];
  },
): WrittenOwner<Id>[] {
  const entries = changes.flatMap((change) => {
    const source = sourceOf(change);
    const entry = entryOf(change, source);
    if (entry === undefined) problems.push(strange(source));
    return entry === undefined ? [] : [{ ...entry, source }];
  });
  return [...groupBy(entries, ({ owner }) => owner)].map(([id, ofOwner]) => ({
    ref: { by: 'id', id },
    source: ofOwner[0]?.source ?? top,
    statesMembers: true,
    allowEmpty: allowEmpty.includes(id),
    members: ofOwner.map(({ member }) => member),
    except: [],
  }));
}

function remarks(changes: readonly ReportChange[], source: Source): Problem[] {
  const count = (...statuses: readonly string[]): number =>
    changes.filter(({ outcome }) => statuses.includes(outcome.status)).length;
  const remark = (code: string, message: string): Problem => ({ code, severity: 'warning', source, message });
  const found: Problem[] = [];
  if (count('applied') === 0)
    found.push(
      remark(
        'nothing-applied',
        'the report says of no change that it was applied; give the one of the run that applied (`latest` leads to the newest run, be it a dry run)',
      ),
    );
  const unclear = count('uncertain', 'not-visible');
  if (unclear > 0) {
    const message =
      unclear === 1
        ? "1 of the report's changes is uncertain or was not visible; an undo leaves it as it is"
        : `${unclear} of the report's changes are uncertain or were not visible; an undo leaves them as they are`;
    found.push(remark('effect-unknown', message));
  }
  return found;
}

const strange = (source: Source): Problem => ({
  code: 'report-id',
  severity: 'error',
  source,
  message: 'the report has an applied change with an id of no known form; give the report as it was written',
});
