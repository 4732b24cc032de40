import { describe, expect, it } from 'vitest';
import { callStatistics } from '../../src/report/call-statistics.ts';
import { account } from './support/emulated-directory.ts';
import { EmulatedJobs, isWrite } from './support/emulated-job.ts';

const OPS = 'c-A000000000000000';
const PCI = 'ca-A0000000000000000000';
const CONTACT = { id: OPS, now: [1], wanted: [1, 2] };
const GROUP = { id: PCI, now: [1], wanted: [1, 2] };

const OWNERS = [
  {
    name: 'a contact',
    world: { accounts: 3, contacts: [CONTACT], groups: [] },
    id: `bind:${OPS}:${account(2)}`,
  },
  {
    name: 'a group',
    world: { accounts: 3, contacts: [], groups: [GROUP] },
    id: `add-account:${PCI}:${account(2)}`,
  },
];

describe.each(OWNERS)('what is sent to $name again after its effect was read back', ({ world, id }) => {
  it('counts on from the attempts before, and as retries, where no write gets through', async () => {
    const jobs = new EmulatedJobs(world);
    const { result } = await jobs.run({
      beforeCall: (call, _, cloud) => {
        if (call === 1) cloud.addFaults({ action: 'AssociateMembers', kind: 'unavailable', times: 'always' });
        if (call === 1) cloud.addFaults({ action: 'UpdateAggregator', kind: 'unavailable', times: 'always' });
      },
    });
    const writes = result?.calls.filter(isWrite) ?? [];
    expect(writes.length).toBeGreaterThan(2);
    expect(writes.map(({ attempt }) => attempt)).toEqual(writes.map((_, index) => index + 1));
    expect(callStatistics(writes).retries).toBe(writes.length - 1);
    expect(result?.outcomes.get(id)).toMatchObject({ status: 'failed', attempts: writes.length });
  });

  it('is one retry where its first answer was lost before it took effect', async () => {
    const { result } = await new EmulatedJobs(world).run({ faults: { 1: { kind: 'reset-before' } } });
    const writes = result?.calls.filter(isWrite) ?? [];
    expect(writes.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(callStatistics(writes).retries).toBe(1);
    expect(result?.outcomes.get(id)).toMatchObject({ status: 'applied', attempts: 2 });
  });
});
