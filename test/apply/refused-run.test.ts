import { describe, expect, it } from 'vitest';
import { EmulatedJobs, isWrite } from './support/emulated-job.ts';
import { statusesOf } from './support/scenario.ts';
import { untruths } from './support/truth.ts';
import { TWENTY_CALLS } from './support/twenty-calls.ts';

const WRITES = Array.from({ length: 20 }, (_, index) => index + 1);
/** At the moment of the refusal: two services, each with calls of five contacts or groups at the most. */
const UNDER_WAY = 5;

describe.each([
  { name: 'the credentials are revoked', code: 'InvalidAccessKeyId.Inactive', status: 403 },
  { name: 'the credentials expire', code: 'InvalidSecurityToken.Expired', status: 400 },
  { name: 'the permission is lost', code: 'Forbidden.RAM', status: 403 },
  { name: 'the permission for a group is lost', code: 'NoPermission', status: 403 },
])('$name at any write', ({ code, status }) => {
  it('stops the run with 77: nothing more is sent, the rest is skipped', async () => {
    const wrong: string[] = [];
    for (const write of WRITES) {
      const jobs = new EmulatedJobs(TWENTY_CALLS);
      const faults = { [write]: { kind: 'error', code, status, times: 'always' } } as const;
      const run = await jobs.run({ faults });
      const violations = [...jobs.violations, ...untruths(run)];
      const writes = run.calls.filter(isWrite);
      if (run.result?.exitCode !== 77) violations.push(`exit code ${run.result?.exitCode}`);
      if (writes.length > write + UNDER_WAY) violations.push(`${writes.length} writes`);
      if (writes.slice(write).some((later) => later.at > refusedAt(writes[write - 1])))
        violations.push('a write was sent after the refusal');
      const skipped = [...(run.result?.outcomes.values() ?? [])].filter((one) => one.status === 'skipped');
      const because = `the run stopped when a call was refused with ${code}`;
      if (skipped.some((one) => one.because !== because)) violations.push('another reason is said');
      if (write < 20 && skipped.length === 0) violations.push('nothing is skipped');
      if (statusesOf(run).has('uncertain')) violations.push('an outcome is uncertain');
      wrong.push(...violations.map((text) => `write ${write}: ${text}`));
    }
    expect(wrong).toEqual([]);
  }, 30_000);

  it('and the next run, allowed again, does the rest', async () => {
    const wrong: string[] = [];
    for (const write of WRITES) {
      const jobs = new EmulatedJobs(TWENTY_CALLS);
      await jobs.run({ faults: { [write]: { kind: 'error', code, status } } });
      const next = await jobs.run();
      if (next.result?.exitCode !== 0) wrong.push(`write ${write}: exit code ${next.result?.exitCode}`);
    }
    expect(wrong).toEqual([]);
  }, 30_000);
});

const LATENCY_MS = 10;

const refusedAt = (call: { readonly at: number } | undefined): number => (call?.at ?? 0) + LATENCY_MS;
