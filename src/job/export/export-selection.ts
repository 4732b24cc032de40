import type { LiveManifest, LiveOwner } from '../../manifest/live-manifest.ts';
import type { Confinement } from '../settings.ts';

export interface Selection {
  readonly live: LiveManifest;
  /** What was asked for and is not there, one line each. */
  readonly unknown: readonly string[];
}

/** Whether contacts and aggregators have to be read: who asks for one kind only needs no permission for the other. */
export function kindsToRead({ contacts, aggregators }: Confinement): {
  readonly contacts: boolean;
  readonly aggregators: boolean;
} {
  const all = contacts.length + aggregators.length === 0;
  return { contacts: all || contacts.length > 0, aggregators: all || aggregators.length > 0 };
}

/**
 * The owners that were asked for, by id or name, and of them those that hold one of the members. Each stays
 * whole: a manifest that names an owner and leaves a member out would have it removed.
 */
export function selectOwners(live: LiveManifest, only: Confinement): Selection {
  const contacts = live.contacts?.filter(isNamed(only.contacts));
  const aggregators = live.aggregators?.filter(isNamed(only.aggregators));
  const named = [...(contacts ?? []), ...(aggregators ?? [])];
  return {
    live: {
      ...live,
      contacts: contacts?.filter(holdsOne(only.members)),
      aggregators: aggregators?.filter(holdsOne(only.members)),
    },
    unknown: [
      ...missing(only.contacts, live.contacts, isNamed).map((text) => `there is no contact "${text}"`),
      ...missing(only.aggregators, live.aggregators, isNamed).map(
        (text) => `there is no aggregator "${text}"`,
      ),
      ...missing(only.members, named, holdsOne).map(
        (text) => `"${text}" is bound to no contact and in no CUSTOM aggregator that is exported`,
      ),
    ],
  };
}

type OwnerTest = (wanted: readonly string[]) => (owner: LiveOwner) => boolean;

const isNamed: OwnerTest =
  (wanted) =>
  ({ id, name }) =>
    wanted.length === 0 || wanted.includes(id) || wanted.includes(name);

const holdsOne: OwnerTest =
  (wanted) =>
  ({ members, gone }) =>
    wanted.length === 0 || [...members.flatMap(({ ids }) => ids), ...gone].some((id) => wanted.includes(id));

const missing = (
  wanted: readonly string[],
  owners: readonly LiveOwner[] | undefined,
  test: OwnerTest,
): readonly string[] => wanted.filter((one) => owners?.some(test([one])) !== true);
