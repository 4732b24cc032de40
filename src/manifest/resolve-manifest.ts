import type { ActualState } from '../model/actual-state.ts';
import type { DesiredAggregator, DesiredContact, DesiredState } from '../model/desired-state.ts';
import type { AggregatorId, ContactId } from '../model/ids.ts';
import type { Manifest, WrittenOwner } from '../model/manifest.ts';
import type { Checked, Problem } from '../model/problem.ts';
import { DirectoryView } from './directory-view.ts';
import { findAggregator, findContact } from './find-owner.ts';
import { checked, error, type Parsed, take } from './finding.ts';
import { inOrder } from './in-order.ts';
import { mergeOwner } from './merge-owner.ts';
import { resolveAggregator } from './resolve-aggregator.ts';
import { resolveContact } from './resolve-contact.ts';
import { resolveProtected } from './resolve-protected.ts';
import type { ResolveSettings } from './resolve-settings.ts';

/**
 * Looks up what the manifest names in the directory as it was read. Every problem is found at once.
 * @throws Error when a part of the actual state that {@link manifestNeeds} asks for was not read: a defect of the caller
 */
export function resolveManifest(
  manifest: Manifest,
  actual: ActualState,
  settings: ResolveSettings,
): Checked<DesiredState> {
  const findings: Problem[] = [];
  const view = new DirectoryView(actual, settings.knownFolderIds ?? new Set());
  const contacts = new Map<ContactId, DesiredContact>();
  for (const [id, owner] of ownersById(
    manifest.contacts,
    (written) => findContact(written, actual),
    findings,
  )) {
    const contact = actual.contacts?.get(id);
    if (contact !== undefined) contacts.set(id, resolveContact(owner, contact, view, settings, findings));
  }
  const aggregators = new Map<AggregatorId, DesiredAggregator>();
  for (const [id, owner] of ownersById(
    manifest.aggregators,
    (written) => findAggregator(written, actual),
    findings,
  )) {
    const aggregator = actual.aggregators.get(id);
    if (aggregator === undefined) findings.push(notReadable(owner, id));
    else aggregators.set(id, resolveAggregator(owner, aggregator, view, settings, findings));
  }
  const protectedIds = resolveProtected(manifest.protected, actual, view, findings);
  const desired = { ownership: settings.ownership, contacts, aggregators, protected: protectedIds };
  return checked(desired, inOrder(findings, manifest.files));
}

/** Listed, and yet not to be read: deleted meanwhile, or out of the caller's sight. The service does not tell them apart. */
const notReadable = ({ source }: WrittenOwner<AggregatorId>, id: AggregatorId): Problem =>
  error(
    'aggregator-not-found',
    source,
    `aggregator ${id} is listed and cannot be read; check whether it was deleted, and your permissions`,
  );

/** The owners that exist. One that is named by id here and by name there becomes one. */
function ownersById<Id extends ContactId | AggregatorId>(
  written: readonly WrittenOwner<Id>[],
  find: (owner: WrittenOwner<Id>) => Parsed<Id>,
  findings: Problem[],
): ReadonlyMap<Id, WrittenOwner<Id>> {
  const owners = new Map<Id, WrittenOwner<Id>>();
  for (const owner of written) {
    const id = take(find(owner), owner.source, findings);
    if (id === undefined) continue;
    const first = owners.get(id);
    owners.set(id, first === undefined ? owner : mergeOwner([first, owner], findings));
  }
  return owners;
}
