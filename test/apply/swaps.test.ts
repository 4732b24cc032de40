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
