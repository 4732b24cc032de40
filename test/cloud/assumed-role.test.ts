import { describe, expect, onTestFinished, test } from 'vitest';
import { assumeRole } from '../../src/cloud/assumed-role.ts';
import { resolveCredential } from '../../src/cloud/credentials.ts';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';
import { always } from '../support/fake-time.ts';
import { smallState } from '../support/processes.ts';

const ROLE = 'acs:ram::1738084522671234:role/reconcile';

interface Trial {
  readonly emulator: RunningEmulator;
  readonly slept: number[];
  readonly assume: (signal?: AbortSignal) => ReturnType<typeof assumeRole>;
}

async function sts(fault: object | undefined, roleArn = ROLE, callMs = 10_000): Promise<Trial> {
  const faults = fault === undefined ? [] : [{ action: 'AssumeRole', ...fault }];
  const emulator = await startEmulator({ state: stateFrom(smallState({ roles: [{ arn: ROLE }], faults })) });
  onTestFinished(() => emulator.close());
  const slept: number[] = [];
  const clock = { now: () => 0, monotonic: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const { accessKeyId, accessKeySecret } = DEFAULT_CREDENTIAL;
  const source = () => resolveCredential({ keys: { accessKeyId, accessKeySecret } });
  const assume: Trial['assume'] = (signal) =>
    assumeRole({
      roleArn,
      stsEndpoint: new URL(emulator.url),
      callMs,
      source,
      clock,
      random: always(0.5),
      signal,
    });
  return { emulator, slept, assume };
}

const asked = ({ emulator }: Trial): number =>
  emulator.cloud.calls().filter(({ action }) => action === 'AssumeRole').length;

const PASSING = [
  { kind: 'throttling' },
  { kind: 'unavailable' },
  { kind: 'bad-gateway-html' },
  { kind: 'reset-before' },
];

describe.each(PASSING)('STS that answers with $kind', (fault) => {
  test('twice is asked a third time, after waits as between other calls, and the role is assumed', async () => {
    const trial = await sts({ ...fault, times: 2 });
    const { accessKey } = await trial.assume();
    expect(trial.slept).toEqual([250, 500]);
    expect((await accessKey()).accessKeyId).toMatch(/^STS\./);
    expect(asked(trial)).toBe(3);
  });

  test('always is asked five times, and then counts as out of reach', async () => {
    const trial = await sts({ ...fault, times: 'always' });
    await expect(trial.assume()).rejects.toMatchObject({ name: 'StsUnreachable' });
    expect(trial.slept).toEqual([250, 500, 1000, 2000]);
    expect(asked(trial)).toBe(5);
  });
});

test('a role that may not be assumed is asked for once', async () => {
  const trial = await sts(undefined, `${ROLE}-of-somebody-else`);
  await expect(trial.assume()).rejects.toMatchObject({ name: 'RoleRefused' });
  expect([asked(trial), trial.slept]).toEqual([1, []]);
});

test('STS that does not answer is given the time of a call, and counts as out of reach', async () => {
  const trial = await sts({ kind: 'silent', times: 'always' }, ROLE, 200);
  await expect(trial.assume()).rejects.toMatchObject({
    name: 'StsUnreachable',
    message: expect.stringContaining('NoAnswer'),
  });
  expect(asked(trial)).toBe(5);
});

test('a halt ends the tries', async () => {
  const trial = await sts({ kind: 'throttling', times: 'always' });
  await expect(trial.assume(AbortSignal.abort())).rejects.toMatchObject({ name: 'StsUnreachable' });
  expect(asked(trial)).toBe(1);
});
