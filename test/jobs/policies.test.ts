import { describe, expect, it } from 'vitest';
import { createCloudReader } from '../../src/cloud/cloud-reader.ts';
import { createCloudWriter } from '../../src/cloud/cloud-writer.ts';
import type { RpcRequest } from '../../src/cloud/rpc-call.ts';
import { readJobsFile } from './support/job-folder.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: string;
}

const statementsOf = (policy: string): readonly Statement[] =>
  (JSON.parse(readJobsFile('policies', `${policy}.json`)) as { Statement: Statement[] }).Statement;

const actionsOf = (policy: string): string[] => statementsOf(policy).flatMap(({ Action }) => Action);

/** As RAM spells the services. STS tells everybody who they are. */
const RAM_PREFIX: Readonly<Record<string, string>> = { directory: 'resourcemanager', config: 'config' };

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** What each method of a port asks of the cloud, by calling it. @param args  that suit every method */
async function actionsAskedBy(
  create: (call: (request: RpcRequest) => Promise<never>) => object,
  args: (method: string) => readonly unknown[],
): Promise<string[]> {
  const asked = new Set<string>();
  const port = create((request) => {
    asked.add(`${RAM_PREFIX[request.service]}:${request.action}`);
    return Promise.reject(new Error('only the question counts'));
  });
  for (const [name, method] of Object.entries(port) as [string, Method][]) {
    const before = asked.size;
    await Promise.resolve(method(...args(name))).catch(() => undefined);
    expect(`${name} asks ${asked.size - before}`).toBe(`${name} asks 1`);
  }
  return [...asked].sort();
}

const reads = () =>
  actionsAskedBy(createCloudReader, (name) =>
    name === 'listFolders'
      ? ['fd-ZDNPiT1234', { number: 1, size: 100 }]
      : name === 'getFolder' || name === 'getContact' || name === 'getAggregator'
        ? ['fd-ZDNPiT1234', {}]
        : [{ number: 1, size: 100 }, { includeTags: true }],
  );

const writes = () =>
  actionsAskedBy(createCloudWriter, (name) =>
    name === 'updateAggregatorAccounts'
      ? ['ca-dacf86d8314e00eb1234', [{ id: '1738084522671234', name: 'a' }], 'token']
      : ['c-Operations000001', ['1738084522671234']],
  );

describe('the RAM policies', () => {
  it('for plan allow exactly the calls of the reader', async () => {
    expect(actionsOf('plan').toSorted()).toEqual(await reads());
  });

  it('for apply allow those and exactly the calls of the writer', async () => {
    expect(actionsOf('apply').toSorted()).toEqual([...(await reads()), ...(await writes())].sort());
  });

  it('for plan have nothing that writes', () => {
    expect(actionsOf('plan').filter((action) => !/^\w+:(?:Get|List)[A-Za-z]+$/.test(action))).toEqual([]);
  });

  it.each(['plan', 'apply', 'assume-roles'])('%s names every action by itself, once', (policy) => {
    const actions = actionsOf(policy);
    expect(new Set(actions).size).toBe(actions.length);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(statementsOf(policy).every(({ Effect }) => Effect === 'Allow')).toBe(true);
  });

  it('keep to account groups where the service can, and to roles of one name', () => {
    const resources = (policy: string) =>
      statementsOf(policy).map(({ Action, Resource }) => [Action[0]?.split(':')[0], Resource]);
    expect(resources('apply')).toEqual([
      ['resourcemanager', '*'],
      ['config', 'acs:config:*:*:aggregator/*'],
      ['resourcemanager', '*'],
      ['config', 'acs:config:*:*:aggregator/*'],
    ]);
    expect(resources('assume-roles')).toEqual([['sts', 'acs:ram:*:*:role/rd-reconcile']]);
  });

  it('have a reason for every action in the README beside them, and the README has no other', () => {
    const rows = [
      ...readJobsFile('policies', 'README.md').matchAll(/^\| `(\w+:\w+)` \| ([\w-]+) \| .{10,} \|$/gm),
    ];
    const listed = rows.map(([, action, policy]) => [policy, action]);
    const plan = actionsOf('plan');
    expect(listed.toSorted()).toEqual(
      [
        ...plan.map((action) => ['plan', action]),
        ...actionsOf('apply')
          .filter((action) => !plan.includes(action))
          .map((action) => ['apply', action]),
        ...actionsOf('assume-roles').map((action) => ['assume-roles', action]),
      ].toSorted(),
    );
  });
});
