import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { Manifest, ManifestFile, Source, WrittenOwner } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { error, placeText } from './finding.ts';
import { mergeOwner, mergeSelectors } from './merge-owner.ts';
import { refKey } from './owner.ts';
import type { WrittenFile } from './written-file.ts';

/** One manifest out of the files, in their order. Contradictions go to the findings. */
export function mergeManifests(
  files: readonly ManifestFile[],
  written: readonly WrittenFile[],
  findings: Problem[],
): Manifest {
  const pins = written.flatMap(({ directory }) => directory ?? []);
  const ownerships = written.flatMap(({ ownership }) => ownership ?? []);
  findings.push(
    ...conflicts(
      'directory',
      pins.map(({ id, source }) => ({ value: id, source })),
    ),
  );
  findings.push(
    ...conflicts(
      'ownership',
      ownerships.map(({ value, place }) => ({ value, source: place })),
    ),
  );
  const contacts = mergeOwners<ContactId>(
    written.flatMap((file) => file.contacts),
    findings,
  );
  const aggregators = mergeOwners<AggregatorId>(
    written.flatMap((file) => file.aggregators),
    findings,
  );
  return {
    files,
    directory: pins[0],
    ownership: ownerships[0]?.value,
    contacts,
    aggregators,
    protected: mergeSelectors(
      written.flatMap((file) => file.protected),
      findings,
    ),
    entries: [...contacts, ...aggregators].reduce((sum, { members }) => sum + members.length, 0),
  };
}

function mergeOwners<Id extends ContactId | AggregatorId>(
  owners: readonly WrittenOwner<Id>[],
  findings: Problem[],
): readonly WrittenOwner<Id>[] {
  const groups = new Map<string, [WrittenOwner<Id>, ...WrittenOwner<Id>[]]>();
  for (const owner of owners) {
    const key = refKey(owner.ref);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [owner]);
    else group.push(owner);
  }
  return [...groups.values()].map((group) => mergeOwner(group, findings));
}

function conflicts(
  what: 'directory' | 'ownership',
  values: readonly { value: string; source: Source }[],
): readonly Problem[] {
  const [first, ...others] = values;
  if (first === undefined) return [];
  return others
    .filter(({ value }) => value !== first.value)
    .map(({ value, source }) =>
      error(
        `${what}-differs`,
        source,
        `${what} is ${value} here and ${first.value} at ${placeText(first.source)}; keep one of them`,
      ),
    );
}
