import { beforeAll, expect, test } from 'vitest';
import { cloud, DRIFT_MANIFEST, desk, ensureBuilt, IN_SYNC_MANIFEST } from '../support/processes.ts';
import { chat } from './support.ts';

beforeAll(ensureBuilt, 120_000);

const JOB = `version: 1
mode: plan
manifest: [manifest.yaml]
report: {formats: [json, metrics], keep: 2}
notify: [{type: webhook, url: env:HOOK_URL}]
`;

test('night after night: told of drift once, silent while it stands, told when it is settled; old reports go', async () => {
  const hook = await chat(() => ({ body: 'ok' }));
  const { url } = await cloud();
  const at = desk();
  at.write('job.yaml', JOB);
  const night = async (manifest: string) => {
    at.write('manifest.yaml', manifest);
    const ended = await at.run(['run', 'job.yaml', '--endpoint', url], { HOOK_URL: hook.url });
    return { code: ended.code, stdout: ended.stdout, messages: hook.received.length };
  };
  expect(await night(DRIFT_MANIFEST)).toMatchObject({ code: 2, messages: 1 });
  const [first] = at.runIds();
  const since = at.latestReport().run.startedAt;

  const second = await night(DRIFT_MANIFEST);
  expect(second).toMatchObject({ code: 2, messages: 1 });
  expect(second.stdout).toContain('as many as last time: 0 new, 3 standing, 0 settled');
  expect(second.stdout).toContain(`since ${since.slice(0, 10)}`);
  expect(at.latestReport().targets[0]?.history).toMatchObject({ previousRunId: first, standing: 3 });

  expect(await night(DRIFT_MANIFEST)).toMatchObject({ code: 2, messages: 1 });
  expect(at.runIds()).toHaveLength(2);
  expect(at.runIds()).not.toContain(first);
  expect(new Set(at.latestReport().targets[0]?.changes.map((change) => change.since))).toEqual(
    new Set([since]),
  );

  const settled = await night(IN_SYNC_MANIFEST);
  expect(settled).toMatchObject({ code: 0, messages: 2 });
  expect(settled.stdout).toContain('3 fewer than last time: 0 new, 0 standing, 3 settled');
  expect(await night(IN_SYNC_MANIFEST)).toMatchObject({ code: 0, messages: 2 });
}, 60_000);

test('a notification that fails is a warning, and the run is what it was', async () => {
  const hook = await chat(() => ({ status: 500, body: 'no' }));
  const { url } = await cloud();
  const at = desk();
  at.write('job.yaml', JOB);
  at.write('manifest.yaml', DRIFT_MANIFEST);
  const ended = await at.run(['run', 'job.yaml', '--endpoint', url], { HOOK_URL: hook.url });
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('the notification to webhook failed: it was refused with HTTP 500');
  expect(ended.stderr).not.toContain(hook.url);
});

test('a notification whose address is not in the environment is a mistake of the job, before anything is read', async () => {
  const emulator = await cloud();
  const at = desk();
  at.write('job.yaml', JOB);
  at.write('manifest.yaml', DRIFT_MANIFEST);
  const ended = await at.run(['run', 'job.yaml', '--endpoint', emulator.url]);
  expect(ended.code).toBe(78);
  expect(ended.stderr).toContain('the environment variable HOOK_URL is not set; set it to the url');
  expect(emulator.cloud.calls()).toEqual([]);
});
