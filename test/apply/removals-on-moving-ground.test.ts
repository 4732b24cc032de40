import { describe, expect, it } from 'vitest';
import type { EmulatedCloud } from '../../src/emulator/emulated-cloud.ts';
import { account, type Directory, range } from './support/emulated-directory.ts';
import { EmulatedJobs, type Trouble } from './support/emulated-job.ts';

const KEEP = 'c-A000000000000000';
const GO = 'c-B000000000000000';
const THIRD = 'c-C000000000000000';
const [HOME, AWAY] = ['fd-Home000000', 'fd-Away000000'];

/** KEEP reaches everybody in a folder; GO lets account 1 go. */
const WORLD: Directory = {
  accounts: 4,
  folders: { [HOME]: [1, 2], [AWAY]: [3] },
  contacts: [
    { id: KEEP, now: [], wanted: [], folders: { now: [HOME], wanted: [HOME] } },
    { id: GO, now: [1], wanted: [2] },
    { id: THIRD, now: [3, 4], wanted: [3, 4] },
  ],
  groups: [],
};
const REMOVAL = `unbind:${GO}:${account(1)}`;

/** Somebody else's change, once, right before the first addition. */
async function disturbed(change: (cloud: EmulatedCloud) => void, world = WORLD, trouble: Trouble = {}) {
  let isDone = false;
  const jobs = new EmulatedJobs(world);
  const run = await jobs.run({
    ...trouble,
    beforeCall: (_, { action }, cloud) => {
      if (isDone || action !== 'AssociateMembers') return;
      isDone = true;
      change(cloud);
    },
  });
  return { jobs, run, actions: run.calls.map(({ action }) => action) };
}

const ask = (cloud: EmulatedCloud, action: string, parameters: Readonly<Record<string, string>>) => {
  const delivery = cloud.receive({ action, version: '2022-04-19', parameters });
  if (delivery.kind !== 'answer' || delivery.status !== 200) throw new Error(`${action} was refused`);
};

describe('a removal whose ground moves while the additions go out', () => {
  it.each([
    {
      name: 'the contact that is counted on is deleted',
      change: (cloud: EmulatedCloud) =>
        ask(cloud, 'DeleteMessageContact', { ContactId: KEEP, RetainContactInMembers: 'false' }),
      behaviour: { contactDeletionMs: 0 },
      because: `account ${account(1)} would be left without what the plan keeps for it: ${KEEP} is not bound to ${HOME}`,
    },
    {
      name: 'the contact that is counted on is being deleted',
      change: (cloud: EmulatedCloud) =>
        ask(cloud, 'DeleteMessageContact', { ContactId: KEEP, RetainContactInMembers: 'false' }),
      behaviour: { contactDeletionMs: 600_000 },
      because: `account ${account(1)} would be left without what the plan keeps for it: ${KEEP} is not Active any more`,
    },
    {
      name: 'the account is moved out of the folder that is counted on',
      change: (cloud: EmulatedCloud) => cloud.putAccount({ ...stored(cloud, account(1)), folder: AWAY }),
      because: `account ${account(1)} would lose its last contact for SecurityMessage, which the plan did not foresee: somebody else has changed something since; run again`,
    },
  ])('is held: $name', async ({ change, because, behaviour = {} }) => {
    const { run, actions } = await disturbed(change, { ...WORLD, behaviour });
    expect(actions).not.toContain('DisassociateMembers');
    expect(run.result?.outcomes.get(REMOVAL)).toEqual({ status: 'skipped', because });
    expect(run.result?.exitCode).toBe(3);
    expect(run.result?.verification.residual).toContain(REMOVAL);
  });

  it('goes where nothing moves, and the accounts are read once more for it', async () => {
    const { run, actions } = await disturbed(() => undefined);
    expect(run.result?.exitCode).toBe(0);
    expect(actions.filter((action) => action === 'ListAccounts')).toHaveLength(2);
  });

  it('gives the coverage by the accounts as read last', async () => {
    const { run } = await disturbed((cloud) =>
      cloud.putAccount({ ...stored(cloud, account(2)), id: account(9), folder: AWAY }),
    );
    expect(run.result?.coverage?.size).toBe(5);
    expect(run.result?.coverage?.get(account(9) as never)).toEqual([]);
  });

  it('is held for an account that joined its folder, which the plan does not know', async () => {
    const world: Directory = {
      accounts: 3,
      folders: { [HOME]: [1, 2] },
      contacts: [{ id: KEEP, now: [], wanted: [1, 2], folders: { now: [HOME], wanted: [] } }],
      groups: [],
    };
    const { run } = await disturbed(
      (cloud) => cloud.putAccount({ ...stored(cloud, account(2)), id: account(9) }),
      world,
    );
    expect(run.result?.outcomes.get(`unbind:${KEEP}:${HOME}`)).toMatchObject({
      status: 'skipped',
      because: expect.stringContaining(
        `account ${account(9)} would lose its last contact for SecurityMessage`,
      ),
    });
  });

  it('is not sent when the accounts cannot be read again', async () => {
    const { run, actions } = await disturbed((cloud) =>
      cloud.addFaults({ action: 'ListAccounts', kind: 'unavailable', times: 'always' }),
    );
    expect(actions).not.toContain('DisassociateMembers');
    expect(run.result?.outcomes.get(REMOVAL)).toEqual({
      status: 'skipped',
      because: 'the accounts could not be read again, completely, before removing',
    });
  });
});

describe('accounts are not read again', () => {
  it.each([
    { name: 'nothing is removed', contacts: [{ id: GO, now: [1], wanted: [1, 2] }] },
    {
      name: 'a removal rests on bindings of the account itself',
      contacts: [
        { id: GO, now: [1, 2], wanted: [2] },
        { id: KEEP, now: [1], wanted: [1, 3] },
      ],
    },
  ])('where $name', async ({ contacts }) => {
    const { run, actions } = await disturbed(() => undefined, { ...WORLD, contacts });
    expect(run.result?.exitCode).toBe(0);
    expect(actions.filter((action) => action === 'ListAccounts')).toHaveLength(1);
  });

  it('for every removal of a paced run, but once in a minute', async () => {
    const world: Directory = {
      accounts: 9,
      folders: { [HOME]: range(1, 6) },
      contacts: [
        { id: KEEP, now: [7], wanted: [7], folders: { now: [HOME], wanted: [HOME] } },
        { id: GO, now: [1, 7], wanted: [7] },
        { id: THIRD, now: [2, 7], wanted: [7] },
        { id: 'c-D000000000000000', now: [3, 7], wanted: [7] },
      ],
      groups: [],
    };
    const listings = async (pauseMs: number) => {
      const { calls } = await new EmulatedJobs(world).run({ settings: { pauseMs } });
      return calls.filter(({ action }) => action === 'ListAccounts').length;
    };
    expect([await listings(1000), await listings(120_000)]).toEqual([2, 3]);
  });
});

function stored(cloud: EmulatedCloud, id: string) {
  const found = cloud.presentState().accounts.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}
