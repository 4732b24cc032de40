import type { EmulatorState } from './state.ts';
import type { Store } from './store.ts';

/** The present state in the form of a state file; without credentials and faults. */
export type Snapshot = Omit<EmulatorState, 'credentials' | 'roles' | 'faults'>;

export function snapshotOf(store: Store): Snapshot {
  const { directory, quotas, behaviour, seed } = store.state;
  return {
    directory,
    folders: store.tree.folders,
    accounts: store.tree.accounts,
    contacts: [...store.contacts.values()].map(({ about, targets }) => ({
      ...about,
      members: store.spelled(targets.present),
    })),
    aggregators: [...store.aggregators.values()].map(({ about, content }) => ({
      ...about,
      name: content.present.name,
      description: content.present.description,
      accounts: content.present.accounts,
      folders: content.present.folders,
    })),
    quotas,
    behaviour,
    seed,
  };
}
