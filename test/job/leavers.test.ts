import { describe, expect, it } from 'vitest';
import { leaverWarnings } from '../../src/job/leavers.ts';
import { account } from '../apply/support/emulated-directory.ts';
import { EmulatedJobs } from '../apply/support/emulated-job.ts';
import { bind, source, unbind } from '../support/world.ts';

const OPS = 'c-A000000000000000';
const behaviour = { leaversStayBound: true, unbindGone: 'refused' };

describe('an account that left the directory, and that the service refuses to unbind', () => {
  it('is told once by the run that sees it, which ends with 0', async () => {
    const contacts = [{ id: OPS, now: [1, 2], wanted: [1], unwanted: [2] }];
    const jobs = new EmulatedJobs({ accounts: 9, contacts, groups: [], behaviour });
    jobs.cloud.removeAccount(account(2));
    const { result } = await jobs.run();
    expect(result?.outcomes.get(`unbind:${OPS}:${account(2)}`)).toMatchObject({
      status: 'already',
      code: 'InvalidMember',
    });
    expect([result?.exitCode, result?.verification]).toEqual([0, { status: 'in-sync', residual: [] }]);
    expect(result?.problems).toEqual([
      {
        code: 'left-and-bound',
        severity: 'warning',
        source: { file: 'manifest.yaml', line: 6, column: expect.any(Number) },
        message: `${account(2)} left the directory, and the service refuses to unbind it from ${OPS} (InvalidMember); it counts as unmanaged, so the line can be taken out`,
      },
    ]);
  });

  it('is told of that one only, not of what is as it should be for another reason', () => {
    const [gone, other, bound] = [unbind(OPS, 1, source(3)), unbind(OPS, 2), bind(OPS, 3)];
    const effort = { because: 'it was so', attempts: 1, elapsedMs: 0, requestId: undefined };
    const warnings = leaverWarnings(
      { changes: [gone, other, bound] },
      new Map([
        [gone.id, { status: 'already', code: 'InvalidMember', ...effort }],
        [other.id, { status: 'already', ...effort }],
        [bound.id, { status: 'failed', code: 'InvalidMember', message: 'refused', ...effort }],
      ]),
    );
    expect(warnings.map(({ code, source: line }) => [code, line])).toEqual([['left-and-bound', source(3)]]);
  });
});
