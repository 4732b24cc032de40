import { show } from '../manifest/show.ts';
import type { ActualState } from '../model/actual-state.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Problem } from '../model/problem.ts';
import { canonicalMember } from './confined-member.ts';
import type { Confinement } from './settings.ts';

/**
 * A run that is confined to something that is not there finds nothing to do, which must not pass for "in sync"
 * unseen. A warning, since of several directories only one has it.
 */
export function unknownConfinement(
  { contacts, aggregators, members }: Confinement,
  desired: DesiredState,
  actual: ActualState,
): readonly Problem[] {
  const knownContacts = idsAndNames([...(actual.contacts?.values() ?? [])]);
  const knownAggregators = idsAndNames([...actual.aggregators.values(), ...(actual.aggregatorList ?? [])]);
  return [
    ...unknown('--contact', contacts, (text) => knownContacts.has(text)),
    ...unknown('--aggregator', aggregators, (text) => knownAggregators.has(text)),
    ...unknown('--member', members, (text) =>
      isMember(canonicalMember(text, actual.directory), desired, actual),
    ),
  ];
}

const idsAndNames = (
  owners: readonly { readonly id: string; readonly name: string }[],
): ReadonlySet<string> => new Set(owners.flatMap(({ id, name }) => [id, name]));

const unknown = (option: string, wanted: readonly string[], isKnown: (text: string) => boolean): Problem[] =>
  wanted
    .filter((text) => !isKnown(text))
    .map((text) => ({
      code: 'confined-to-nothing',
      severity: 'warning',
      source: undefined,
      message: said(option, text),
    }));

const said = (option: string, text: string): string =>
  `${option} ${show(text)} is nothing that the manifest writes or that was found in the directory, ` +
  `so nothing was compared for it; check the id${option === '--member' ? '' : ' or the name'}`;

function isMember(id: string, desired: DesiredState, actual: ActualState): boolean {
  const { directory, accounts, folders, foldersOnPaths, contacts, aggregators } = actual;
  const held = [
    accounts,
    folders,
    foldersOnPaths?.byId,
    ...[...(contacts?.values() ?? [])].map(({ bindings }) => bindings),
    ...[...aggregators.values()].map((one) => one.accounts),
    ...[...desired.contacts.values(), ...desired.aggregators.values()].flatMap((one) => [
      one.present,
      one.absent,
    ]),
  ];
  return (
    [directory.id, directory.managementAccountId].some((one) => one === id) ||
    held.some((map) => holds(map, id))
  );
}

const holds = (map: ReadonlyMap<string, unknown> | undefined, id: string): boolean => map?.has(id) === true;
