import type { EmulatedCloud } from '../../../src/emulator/emulated-cloud.ts';
import { account, type Directory, MANAGEMENT } from './emulated-directory.ts';
import { EmulatedJobs, isWrite, type Run, type Trouble } from './emulated-job.ts';
import { untruths } from './truth.ts';

export interface Played {
  readonly first: Run;
  /** Everything that went otherwise than promised; empty when nothing did. */
  readonly violations: readonly string[];
}

/** A run in trouble, one without that must bring everything to its end, and one that must find nothing to do. */
export async function play(directory: Directory, trouble: Trouble): Promise<Played> {
  const jobs = new EmulatedJobs(directory);
  const first = await jobs.run(trouble);
  const second = await jobs.run();
  const third = await jobs.run();
  const violations = [
    ...jobs.violations,
    ...untruths(first),
    ...untruths(second),
    ...(second.result?.exitCode === 0 ? [] : [`the second run ended with ${second.result?.exitCode}`]),
    ...(third.result?.exitCode === 0 ? [] : [`the third run ended with ${third.result?.exitCode}`]),
    ...(third.result?.plan?.changes.length === 0 ? [] : ['the third run found something to do']),
    ...(third.calls.some(isWrite) ? ['the third run wrote'] : []),
    ...differences(directory, jobs.cloud),
  ];
  return { first, violations };
}

/** Where the service is not as wanted. */
export function differences({ contacts, groups }: Directory, cloud: EmulatedCloud): string[] {
  const state = cloud.snapshot();
  const members = new Map([
    ...state.contacts.map((contact) => [contact.id, contact.members] as const),
    ...state.aggregators.map((group) => [group.id, group.accounts.map(({ id }) => id)] as const),
  ]);
  const wanted = [
    ...contacts.map((contact) => [contact.id, contact.wanted.map(account)] as const),
    ...groups.map((group) => [group.id, [MANAGEMENT, ...group.wanted.map(account)]] as const),
  ];
  return wanted
    .filter(([id, ids]) => [...(members.get(id) ?? [])].sort().join() !== [...ids].sort().join())
    .map(([id]) => `${id} is not as wanted`);
}

export const statusesOf = ({ result }: Run): ReadonlySet<string> =>
  new Set([...(result?.outcomes.values() ?? [])].map(({ status }) => status));
