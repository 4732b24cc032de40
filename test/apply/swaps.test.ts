import { describe, expect, it } from 'vitest';
import type { Directory } from './support/emulated-directory.ts';
import { range } from './support/emulated-directory.ts';
import { EmulatedJobs, isWrite } from './support/emulated-job.ts';
import { differences } from './support/scenario.ts';
import { untruths } from './support/truth.ts';

const refused = { kind: 'error', code: 'ContactStatusMismatchAction', status: 400 } as const;

/** One contact takes account 50 over from others that are at their cap and get another account for it. */
const takenOverFrom = (...contacts: readonly Directory['contacts'][number][]): Directory => ({
  accounts: 60,
  contacts: [{ id: 'c-E000000000000000', now: [51], wanted: [50, 51] }, ...contacts],
  groups: [],
});

const FULL = { id: 'c-A000000000000000', now: [50, ...range(1, 9)], wanted: [...range(1, 9), 10] };
const ALSO_FULL = { id: 'c-B000000000000000', now: [50, ...range(11, 19)], wanted: [...range(11, 19), 20] };

describe('a contact at its cap that hands an account to another contact', () => {
  it('waits for that addition, and makes room only then', async () => {
    const jobs = new EmulatedJobs(takenOverFrom(FULL));
    const run = await jobs.run();
    expect(run.calls.filter(isWrite).map(({ action, owner }) => [action, owner])).toEqual([
      ['AssociateMembers', 'c-E000000000000000'],
      ['DisassociateMembers', FULL.id],
      ['AssociateMembers', FULL.id],
    ]);
    expect(run.result?.exitCode).toBe(0);
  });

  it.each([
    { name: 'one such contact', directory: takenOverFrom(FULL) },
    {
      name: 'two such contacts, of which either alone could let it go',
      directory: takenOverFrom(FULL, ALSO_FULL),
    },
  ])('keeps it when the addition is refused: $name', async ({ directory }) => {
    const jobs = new EmulatedJobs(directory);
    const first = await jobs.run({ faults: { 1: refused } });
    expect([...jobs.violations, ...untruths(first)]).toEqual([]);
    expect(first.result?.exitCode).toBe(3);
    expect((await jobs.run()).result?.exitCode).toBe(0);
    expect(differences(directory, jobs.cloud)).toEqual([]);
    expect(jobs.violations).toEqual([]);
  });

  it('gives it up last where another account makes the room, though it takes a call more', async () => {
    const jobs = new EmulatedJobs({
      accounts: 60,
      contacts: [
        { id: 'c-A000000000000000', now: [50, 51, ...range(1, 8)], wanted: [...range(1, 8), 52] },
        { id: 'c-B000000000000000', now: [52, 53, ...range(11, 18)], wanted: [53, ...range(11, 18), 50] },
        { id: 'c-C000000000000000', now: [51], wanted: [51] },
      ],
      groups: [],
    });
    const run = await jobs.run();
    expect(run.calls.filter(isWrite).map(({ action, owner }) => `${action} ${owner?.slice(0, 3)}`)).toEqual([
      'DisassociateMembers c-A',
      'AssociateMembers c-A',
      'DisassociateMembers c-B',
      'AssociateMembers c-B',
      'DisassociateMembers c-A',
    ]);
    expect([...jobs.violations, run.result?.exitCode]).toEqual([0]);
  });

  it('keeps it when the contacts cannot be read after the additions', async () => {
    const directory = takenOverFrom(FULL);
    const jobs = new EmulatedJobs(directory);
    const first = await jobs.run({
      beforeCall: (call, request, cloud) => {
        if (call === 1 || !isWrite(request)) return;
        cloud.addFaults({ action: 'ListMessageContacts', kind: 'unavailable', times: 4 });
      },
    });
    expect(first.calls.filter(isWrite)).toHaveLength(1);
    expect([...jobs.violations, ...untruths(first)]).toEqual([]);
    expect(first.result?.outcomes.get(`unbind:${FULL.id}:1738084522670050`)).toEqual({
      status: 'skipped',
      because: 'the contacts could not be read again, completely, before removing',
    });
  });
});

describe('contacts at their cap that hand accounts to each other', () => {
  const KEEPER = { id: 'c-K000000000000000', now: [60], wanted: [60] };
  const TAKER = { id: 'c-B000000000000000', now: [60, ...range(11, 19)], wanted: [50, ...range(11, 19)] };
  const handedOver: Directory = { accounts: 60, contacts: [FULL, TAKER, KEEPER], groups: [] };
  const writes = (run: Awaited<ReturnType<EmulatedJobs['run']>>) =>
    run.calls.filter(isWrite).map(({ action, owner }) => [action, owner]);
  const roomMadeBy = ({ id }: { readonly id: string }) => [
    ['DisassociateMembers', id],
    ['AssociateMembers', id],
  ];

  it('go one after the other: who takes an account over before who lets it go', async () => {
    const jobs = new EmulatedJobs(handedOver);
    const run = await jobs.run();
    expect(writes(run)).toEqual([...roomMadeBy(TAKER), ...roomMadeBy(FULL)]);
    expect([run.result?.exitCode, ...jobs.violations]).toEqual([0]);
  });

  it('keep what nobody took over, and say so', async () => {
    const jobs = new EmulatedJobs(handedOver);
    const run = await jobs.run({ faults: { 2: refused } });
    expect([...jobs.violations, ...untruths(run)]).toEqual([]);
    expect(run.result?.outcomes.get(`unbind:${FULL.id}:1738084522670050`)).toEqual({
      status: 'skipped',
      because: `account 1738084522670050 would be left without what the plan keeps for it: ${TAKER.id} is not bound to 1738084522670050`,
    });
    expect((await jobs.run()).result?.exitCode).toBe(0);
    expect(differences(handedOver, jobs.cloud)).toEqual([]);
    expect(jobs.violations).toEqual([]);
  });

  it('begin with one of them where each has to wait for the other, and leave one account alone for a call', async () => {
    const giver = { ...FULL, wanted: [60, ...range(1, 9)] };
    const exchanged: Directory = { accounts: 60, contacts: [giver, TAKER], groups: [] };
    const jobs = new EmulatedJobs(exchanged);
    const run = await jobs.run();
    expect(writes(run)).toEqual([...roomMadeBy(giver), ...roomMadeBy(TAKER)]);
    expect(run.result?.exitCode).toBe(0);
    expect(new Set(jobs.violations)).toEqual(new Set(['no contact reaches 1738084522670050']));
  });
});
