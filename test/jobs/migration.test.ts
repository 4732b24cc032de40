import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { generateStates } from '../../src/emulator/generate.ts';
import { readGeneratedSize } from '../../src/emulator/generated-size.ts';
import type { EmulatorState } from '../../src/emulator/state.ts';
import type { Report } from '../../src/report/report-schema.ts';
import { ensureBuilt } from '../samples/support/built.ts';
import { OPERATOR, signingWith } from '../samples/support/quickstart.ts';
import { type BareHome, bareHome, type Ended } from './support/bare-home.ts';
import { readJobsFile } from './support/job-folder.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 240_000 });

/** The commands of the README, in their order. */
const STEPS = [...readJobsFile('migration', 'README.md').matchAll(/```sh\n([^`]+)\n```/g)].map(
  ([, command]) => command ?? '',
);
const REPORTS = ['rd-reconcile', 'jobs', 'migration', 'reports'] as const;

describe('the steps of jobs/migration/README.md', () => {
  it('are five, and lead from the first look to nothing left to do', async () => {
    const home = await bareHome();
    const step = (command = ''): Promise<Ended> =>
      home.sh(command, signingWith(OPERATOR), { cwd: home.job('migration') });
    const [look, canary, add, lookAgain, remove, ...more] = STEPS;
    expect(more).toEqual([]);

    expect((await step(look)).code).toBe(2);
    expect(home.writes()).toEqual([]);

    expect((await step(canary)).code).toBe(3);
    const afterTheCanary = statuses(home.report(...REPORTS));
    expect(afterTheCanary.filter((status) => status === 'applied')).toHaveLength(5);
    expect(new Set(afterTheCanary)).toEqual(new Set(['applied', 'skipped']));

    expect((await step(add)).code).toBe(0);
    expect((await step(lookAgain)).code).toBe(2);
    const { plan, changes = [] } = home.report(...REPORTS).targets[0] ?? {};
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.every(({ action, source }) => /^(?:unbind|remove)/.test(action) && source === null)).toBe(
      true,
    );

    const withDigest = (digest: string) => remove?.replace('DIGEST', digest);
    expect((await step(withDigest('0'.repeat(64)))).code).toBe(5);
    expect((await step(withDigest(plan?.digest ?? ''))).code).toBe(0);
    expect((await step(look)).code).toBe(0);
  });

  it('take the canary back, where the guard is told that accounts lose their contact again', async () => {
    const home = await bareHome();
    const [, undo = ''] = /`(rd-reconcile undo [^`]+)`/.exec(readJobsFile('migration', 'README.md')) ?? [];
    const step = (command = ''): Promise<Ended> =>
      home.sh(command, signingWith(OPERATOR), { cwd: home.job('migration') });
    await step(STEPS[1]);
    const { run, targets } = home.report(...REPORTS);
    const thatUndo = undo.replace('RUN', run.id);
    const refused = await step(thatUndo);
    expect(refused.code).toBe(4);
    const [, allow = ''] = /pass (--allow-uncovered \d+)/.exec(refused.stdout) ?? [];
    const undone = await step(`${thatUndo} ${allow}`);
    expect(undone.code, undone.stdout).toBe(0);
    expect(made(home.report(...REPORTS))).toEqual(made({ targets }));
  });
});

const made = ({ targets }: Pick<Report, 'targets'>): string[] =>
  targets
    .flatMap(({ changes }) => changes)
    .filter(({ outcome }) => outcome.status === 'applied')
    .map(({ owner, member }) => `${owner.id} ${member.id}`)
    .sort();

const statuses = (report: Report): string[] =>
  report.targets.flatMap(({ changes }) => changes.map(({ outcome }) => outcome.status));

/** A thousand accounts and 300 contacts, bound to folders and accounts. */
const SIZE = 'accounts=1000,folders=20,contacts=300,aggregators=4,seed=7';
/** One call at a time and this latency: so many writes take longer than the window on any machine. */
const BEHAVIOUR = { lockScope: 'none', pendingMs: 0, latencyMs: 60 };
const WINDOW = '--concurrency 1 --deadline 10s';
const CANARY = 20;
const BEFORE_THE_KILL = 100;

describe('a migration of more than a thousand bindings', () => {
  it('goes on where it stopped, after a canary, a kill and a window, and binds nothing twice', async () => {
    const { home, start, bound, wanted } = await keptByHand();
    const run = (options: string): Promise<Ended> => start(options).ended;
    const before = bound();
    expect(wanted - before).toBeGreaterThan(1000);

    expect((await run(`--max-changes ${CANARY}`)).code).toBe(3);
    expect(bound() - before).toBe(CANARY);

    const killed = start('--concurrency 2');
    const soFar = before + CANARY + BEFORE_THE_KILL;
    await vi.waitFor(() => expect(bound()).toBeGreaterThan(soFar), { timeout: 60_000 });
    killed.kill('SIGKILL');
    expect((await killed.ended).code).toBeNull();

    expect((await run(WINDOW)).code).toBe(3);
    expect(bound()).toBeLessThan(wanted);

    expect((await run('--concurrency 8')).code).toBe(0);
    expect(bound()).toBe(wanted);
    expect((await run('--mode plan')).code).toBe(0);
    expect(boundTwice(home)).toEqual([]);
  });
});

/**
 * A directory in which next to nothing is bound, and a job that wants everything that was generated for it: what is
 * for the whole directory and one account a group are there already.
 */
async function keptByHand() {
  const [full] = generateStates(readGeneratedSize(SIZE));
  if (full === undefined) throw new Error('nothing was generated');
  const contacts = full.contacts.map((contact, index) =>
    index === 0 ? contact : { ...contact, members: [] },
  );
  const aggregators = full.aggregators.map((group) => ({ ...group, accounts: group.accounts.slice(0, 1) }));
  const home = await bareHome({ ...full, contacts, aggregators, behaviour: BEHAVIOUR });
  writeFileSync(home.job('migration', 'manifest.json'), JSON.stringify(manifestOf(full)));
  const written = readJobsFile('migration', 'job.yaml').replace(
    /manifest:[^]*?\npolicy/,
    'manifest: [manifest.json]\npolicy',
  );
  writeFileSync(home.job('migration', 'job.yaml'), written);
  return {
    home,
    start: (options: string) =>
      home.start(`exec rd-reconcile run job.yaml ${options} --quiet`, signingWith(DEFAULT), {
        cwd: home.job('migration'),
      }),
    bound: () => bindingsOf(home.emulator.cloud.snapshot()),
    wanted: bindingsOf(full),
  };
}

const DEFAULT = { id: DEFAULT_CREDENTIAL.accessKeyId, secret: DEFAULT_CREDENTIAL.accessKeySecret };

/** JSON is YAML. */
const manifestOf = ({ contacts, aggregators }: EmulatorState) => ({
  version: 1,
  contacts: contacts.map(({ id, members }) => ({ contact: id, bind: members })),
  aggregators: aggregators
    .filter(({ type }) => type === 'CUSTOM')
    .map(({ id, accounts }) => ({ aggregator: id, accounts: accounts.map((account) => account.id) })),
});

const bindingsOf = ({ contacts, aggregators }: Pick<EmulatorState, 'contacts' | 'aggregators'>): number =>
  contacts.reduce((sum, { members }) => sum + members.length, 0) +
  aggregators.reduce((sum, { accounts }) => sum + accounts.length, 0);

/** Bindings that the service was told to make more than once, and did. */
function boundTwice(home: BareHome): string[] {
  const seen = new Set<string>();
  return home.emulator.cloud
    .calls()
    .filter(({ action, applied }) => action === 'AssociateMembers' && applied)
    .flatMap(({ owner, members }) => members.map((member) => `${owner} ${member}`))
    .filter((binding) => seen.size === seen.add(binding).size);
}
