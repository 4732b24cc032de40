import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJobFile } from '../../src/job/job-file/job-file.ts';
import type { JobFile } from '../../src/job/job-file/job-file-schema.ts';
import { allJobsFiles, JOB_NAMES, JOBS, type JobName } from './support/job-folder.ts';

const pathOf = (name: JobName): string => join(JOBS, name, 'job.yaml');

function jobOf(name: JobName): JobFile {
  const read = readJobFile(`jobs/${name}/job.yaml`, readFileSync(pathOf(name)));
  expect(read).toMatchObject({ ok: true, warnings: [] });
  if (!read.ok) throw new Error('unreadable');
  return read.value;
}

describe.each(JOB_NAMES)('jobs/%s', (name) => {
  it('has a job file without a problem, whose manifests are there', () => {
    const { manifest = [] } = jobOf(name);
    expect(manifest.length).toBeGreaterThan(0);
    expect(manifest.filter((path) => !existsSync(join(dirname(pathOf(name)), path)))).toEqual([]);
  });

  it('comes with a crontab line, a service and a timer', () => {
    const files = ['crontab.example', `rd-reconcile-${name}.service`, `rd-reconcile-${name}.timer`];
    expect(files.filter((file) => !existsSync(join(JOBS, name, file)))).toEqual([]);
  });
});

it.each([
  { name: 'nightly', mode: 'apply', ownership: 'listed' },
  { name: 'migration', mode: 'apply', ownership: 'add-only' },
  { name: 'dry-run', mode: 'plan', ownership: 'listed' },
] as const)('$name is of mode $mode and removes what $ownership removes', ({ name, mode, ownership }) => {
  expect(jobOf(name)).toMatchObject({ mode, policy: { ownership }, pace: { deadline: expect.any(String) } });
});

it('the pause and the window that stand in the migration as comments can be used as they are', () => {
  const text = readFileSync(pathOf('migration'), 'utf8').replaceAll(/^( *)# ((?:pause|window): )/gm, '$1$2');
  expect(readJobFile('job.yaml', new TextEncoder().encode(text))).toMatchObject({
    ok: true,
    value: { pace: { pause: '10s', window: '22:00-05:00 Asia/Shanghai', deadline: '2h' } },
  });
});

describe('the files below jobs/', () => {
  it.each(allJobsFiles())('$path names no folder of anybody’s machine, no key and no address', ({ text }) => {
    expect(text).not.toMatch(/\/(?:home|root|work|Users)\//);
    expect(text).not.toMatch(/LTAI[A-Za-z0-9]{8}/);
    expect(text).not.toMatch(/[\w.]+@[\w-]+\.[a-z]{2,}/);
  });
});
