import { DirectoryView } from '../../manifest/directory-view.ts';
import { findAggregator, findContact } from '../../manifest/find-owner.ts';
import { resolveSelector } from '../../manifest/resolve-selector.ts';
import { selectorText } from '../../manifest/selector-text.ts';
import type { ActualState } from '../../model/actual-state.ts';
import type { AggregatorId, ContactId } from '../../model/ids.ts';
import type { Manifest, Source, WrittenOwner, WrittenSelector } from '../../model/manifest.ts';
import type { Target, TargetId } from '../../model/target.ts';
import type { ExplainedEntry } from '../../report/explanation.ts';

/** One line of a manifest, with everything that it stands for: a plan remembers one line for each change, this all. */
export interface WrittenEntry extends ExplainedEntry {
  /** Undefined for `protected`. */
  readonly ownerId: ContactId | AggregatorId | undefined;
  readonly targets: ReadonlyMap<TargetId, Target>;
}

/** @param manifest  one that could be resolved against this state: what is wrong with it has been said */
export function writtenEntries(manifest: Manifest, actual: ActualState): readonly WrittenEntry[] {
  const view = new DirectoryView(actual, new Set());
  const entry = (
    ownerId: WrittenEntry['ownerId'],
    ensure: ExplainedEntry['ensure'],
    { selector, source }: WrittenSelector,
  ): WrittenEntry => {
    const resolved = resolveSelector(selector, view);
    const targets = resolved.ok ? resolved.value : [];
    return {
      ownerId,
      ensure,
      selector: selectorText(selector),
      source,
      targets: new Map(targets.map((target) => [target.id, target])),
    };
  };
  const ofOwner = <Id extends ContactId | AggregatorId>(
    { members, except }: WrittenOwner<Id>,
    id: Id | undefined,
  ): WrittenEntry[] => [
    ...members.map((member) => entry(id, member.ensure, member)),
    ...except.map((exception) => entry(id, 'except', exception)),
  ];
  return [
    ...manifest.contacts.flatMap((owner) => ofOwner(owner, valueOf(findContact(owner, actual)))),
    ...manifest.aggregators.flatMap((owner) => ofOwner(owner, valueOf(findAggregator(owner, actual)))),
    ...manifest.protected.map((selector) => entry(undefined, 'protected', selector)),
  ];
}

/** Where the manifest names an owner first; undefined where it does not. */
export function sourceOf(ownerId: string, manifest: Manifest, actual: ActualState): Source | undefined {
  const contact = manifest.contacts.find((owner) => valueOf(findContact(owner, actual)) === ownerId);
  const group = manifest.aggregators.find((owner) => valueOf(findAggregator(owner, actual)) === ownerId);
  return (contact ?? group)?.source;
}

const valueOf = <T>(found: { ok: true; value: T } | { ok: false }): T | undefined =>
  found.ok ? found.value : undefined;
