import type { EmulatorState } from '../../src/emulator/state.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';

/** Everything that a seed stands for. */
export interface Scenario {
  readonly seed: number;
  readonly state: EmulatorState;
  /** The manifest as YAML; the second one comes into force after the first run. */
  readonly manifests: readonly [string, string];
  readonly concurrency: number;
  /** For every run but the last: the write call after whose sending the process dies; undefined for none. */
  readonly crashAfter: readonly (number | undefined)[];
  /** What other writers do, in virtual milliseconds from the start of the first run. */
  readonly foreign: readonly ForeignWrite[];
  /** Between two writes. */
  readonly pauseMs: number;
  /** So long after the start of the first run writes may start, until the faults end; undefined for always. */
  readonly shutAfterMinutes: number | undefined;
}

export interface ForeignWrite {
  readonly atMs: number;
  readonly kind: 'bind' | 'unbind' | 'add-account' | 'leave';
  readonly owner: string;
  readonly member: string;
}

const CAP = 10;
export const DIRECTORY = 'rd-3mNq8W';
export const ROOT = 'r-Zo0kQ1';
const MESSAGE_TYPES = ['SecurityMessage', 'FaultMessage', 'AccountExpenses'];

class Dice {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** From 0 to below n. */
  below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** So many distinct items, or all. */
  some<T>(items: readonly T[], count: number): T[] {
    const left = [...items];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) taken.push(...left.splice(this.below(left.length), 1));
    return taken;
  }
}

export function randomScenario(seed: number, random: () => number): Scenario {
  const dice = new Dice(random);
  const folders = Array.from({ length: dice.between(0, 4) }, (_, i) => ({
    id: `fd-${String(i).padStart(10, '0')}`,
    name: `Folder${i}`,
    parent: i === 0 || dice.chance(0.5) ? ROOT : `fd-${String(dice.below(i)).padStart(10, '0')}`,
  }));
  const accounts = Array.from({ length: dice.between(6, 24) }, (_, i) => ({
    id: `17380845${String(10_000_000 + i)}`,
    name: `account-${i}`,
    folder: folders.length > 0 && dice.chance(0.7) ? dice.pick(folders).id : ROOT,
  }));
  const accountIds = accounts.map(({ id }) => id);
  const targets = [...accountIds, ...folders.map(({ id }) => id), DIRECTORY];
  const contacts = Array.from({ length: dice.between(2, 5) }, (_, i) => ({
    id: `c-${String(i).padStart(16, '0')}`,
    name: `Contact${i}`,
    messageTypes: dice.some(MESSAGE_TYPES, dice.between(1, 3)),
    members: dice.some(targets, dice.chance(0.2) ? CAP : dice.below(8)),
  }));
  const aggregators = Array.from({ length: dice.between(0, 2) }, (_, i) => ({
    id: `ca-${String(i).padStart(20, '0')}`,
    name: `group-${i}`,
    type: 'CUSTOM',
    accounts: dice.some(accountIds, dice.between(1, 8)),
  }));
  const state = stateFrom({
    directory: {
      id: DIRECTORY,
      rootFolderId: ROOT,
      managementAccount: { id: '1000000000000001', name: 'Holding' },
    },
    folders,
    accounts,
    contacts,
    aggregators,
    behaviour: behaviour(dice),
    faults: faults(dice),
    seed: String(seed),
  });
  const manifest = (): string => randomManifest(dice, targets, accountIds, contacts, aggregators);
  const first = manifest();
  return {
    seed,
    state,
    manifests: [first, dice.chance(0.4) ? manifest() : first],
    concurrency: dice.pick([1, 2, 5, 8]),
    crashAfter: Array.from({ length: 3 }, () => (dice.chance(0.35) ? dice.between(1, 8) : undefined)),
    foreign: foreignWrites(dice, contacts, aggregators, accountIds),
    pauseMs: dice.chance(0.15) ? dice.pick([500, 10_000]) : 0,
    shutAfterMinutes: dice.chance(0.15) ? dice.between(1, 10) : undefined,
  };
}

function behaviour(dice: Dice): Record<string, string> {
  return {
    lockScope: dice.pick(['directory', 'contact', 'none']),
    latencyMs: String(dice.pick([0, 20, 150])),
    lockMs: String(dice.pick([20, 150, 400])),
    pendingMs: String(dice.pick([0, 2000, 30_000])),
    rebind: dice.pick(['idempotent', 'strict']),
    unbindAbsent: dice.pick(['idempotent', 'strict']),
    directorySpelling: dice.pick(['rd', 'r']),
    visibilityDelayMs: String(dice.chance(0.25) ? dice.pick([300, 1500]) : 0),
  };
}

const WRITES = ['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator'];
const ANYWHERE = [
  'throttling',
  'unavailable',
  'unavailable-empty',
  'bad-gateway-html',
  'reset-before',
  'silent',
  'slow',
];
const ON_WRITES = [
  ...ANYWHERE,
  'conflict',
  'pending',
  'silent-after',
  'late',
  'reset-after',
  'unavailable-after',
  'truncated',
  'empty-ok',
  'html-ok',
  'partial',
];

/** Far more than any service shows: several kinds at once, each call of an action with its own odds. */
function faults(dice: Dice): object[] {
  const onWrites = dice.some(ON_WRITES, dice.below(6)).map((kind) => ({
    action: dice.pick(WRITES),
    kind,
    probability: dice.pick(['0.05', '0.15', '0.4']),
    delayMs: String(dice.between(500, 25_000)),
    ...(kind === 'throttling' && dice.chance(0.5) ? { retryAfterMs: '700' } : {}),
  }));
  const anywhere = dice.some(ANYWHERE, dice.below(2)).map((kind) => ({
    kind,
    probability: '0.05',
    delayMs: String(dice.between(500, 25_000)),
  }));
  return [...onWrites, ...anywhere, ...(dice.chance(0.08) ? [storm(dice)] : [])];
}

/** Almost no answer to one kind of write comes, and what was sent lands when it has long been given up. */
function storm(dice: Dice): object {
  const delayMs = String(dice.between(11_000, 25_000));
  return { action: dice.pick(WRITES), kind: 'late', probability: '0.85', delayMs };
}

interface Owner {
  readonly id: string;
}

function randomManifest(
  dice: Dice,
  targets: readonly string[],
  accountIds: readonly string[],
  contacts: readonly (Owner & { readonly members: readonly string[] })[],
  aggregators: readonly Owner[],
): string {
  const lines = ['version: 1', `ownership: ${dice.pick(['add-only', 'listed', 'listed', 'exclusive'])}`];
  const named = contacts.filter(() => dice.chance(0.8));
  const chosen = named.length > 0 ? named : contacts.slice(0, 1);
  lines.push('contacts:');
  for (const { id, members } of chosen) {
    const kept = members.filter(() => dice.chance(0.5));
    const wanted = new Set([...kept, ...dice.some(targets, dice.between(1, 5))]);
    const room = dice.chance(0.2) ? CAP : 7;
    lines.push(`  - contact: ${id}`, `    bind: ${list([...wanted].slice(0, room))}`);
  }
  if (aggregators.length > 0) lines.push('aggregators:');
  for (const { id } of aggregators) {
    lines.push(`  - aggregator: ${id}`, `    accounts: ${list(dice.some(accountIds, dice.between(1, 8)))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What a manifest of these lists, by owner. */
export function wantedBy(manifest: string): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = manifest.matchAll(/- (?:contact|aggregator): (\S+)\n +(?:bind|accounts): (\[.*\])/g);
  return new Map(
    [...owners].map(([, id = '', members = '[]']) => [id, new Set(JSON.parse(members) as string[])]),
  );
}

const list = (ids: readonly string[]): string => `[${ids.map((id) => `"${id}"`).join(', ')}]`;

function foreignWrites(
  dice: Dice,
  contacts: readonly Owner[],
  aggregators: readonly Owner[],
  accountIds: readonly string[],
): ForeignWrite[] {
  if (dice.chance(0.5)) return [];
  return Array.from({ length: dice.between(1, 4) }, (): ForeignWrite => {
    const kind = dice.pick(
      aggregators.length > 0
        ? (['bind', 'unbind', 'add-account', 'leave'] as const)
        : (['bind', 'unbind', 'leave'] as const),
    );
    const owner = kind === 'add-account' ? dice.pick(aggregators).id : dice.pick(contacts).id;
    return {
      atMs: dice.below(dice.pick([500, 1500, 5000, 60_000])),
      kind,
      owner,
      member: dice.pick(accountIds),
    };
  });
}
