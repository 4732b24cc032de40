import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { jobFileSchema } from '../../src/job/job-file/job-file-schema.ts';
import { jsonSchema } from '../../src/job/schemas/schemas.ts';
import { SCHEMA_NAMES } from '../../src/model/file-formats.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { TOOL } from '../../src/tool.ts';

const JOBS = fileURLToPath(new URL('../../jobs', import.meta.url));
const withJob = readdirSync(JOBS).filter((name) => existsSync(`${JOBS}/${name}/job.yaml`));
const job = (name: string): unknown => load(readFileSync(`${JOBS}/${name}/job.yaml`, 'utf8'));
const compile = (name: (typeof SCHEMA_NAMES)[number]) =>
  new Ajv({ allowUnionTypes: true, strictRequired: false, validateFormats: false }).compile(jsonSchema(name));

describe.each(SCHEMA_NAMES)('schema %s', (name) => {
  it('is a schema of draft 7 with a title, for an object that takes no other keys', () => {
    expect(compile(name)).toBeInstanceOf(Function);
    expect(jsonSchema(name)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: expect.stringMatching(/^rd-reconcile /),
      type: 'object',
      additionalProperties: false,
    });
  });
});

describe('the schema of job files', () => {
  const validate = compile('job');

  it.each(withJob)('takes jobs/%s/job.yaml', (name) => {
    expect({ fits: validate(job(name)), errors: validate.errors }).toEqual({ fits: true, errors: null });
    expect(jobFileSchema.safeParse(job(name)).success).toBe(true);
  });

  const FULL = {
    version: 1,
    mode: 'plan',
    manifest: ['manifest.yaml'],
    policy: { ownership: 'listed', maxRemovalShare: 0.25, onGuard: 'refuse' },
    pace: { concurrency: 5, deadline: '30m' },
    report: { dir: 'reports', formats: ['json', 'markdown', 'html', 'metrics'], keep: 30 },
    notify: [
      {
        type: 'dingtalk',
        url: 'env:DINGTALK_URL',
        secret: 'env:DINGTALK_SECRET',
        when: ['changed', 'failed'],
      },
    ],
    targets: [
      {
        name: 'group-a',
        directory: 'rd-3mNq8W',
        profile: 'group-a',
        site: 'china',
        manifest: ['group-a.csv'],
      },
    ],
  };

  it('takes the job file with every key of the documentation', () => {
    expect({ fits: validate(FULL), errors: validate.errors }).toEqual({ fits: true, errors: null });
  });

  it.each([
    { version: 2 },
    { mode: 'destroy' },
    { manifest: [] },
    { manifest: 'manifest.yaml' },
    { policy: { maxRemovalShare: 25 } },
    { policy: { maxRemovalshare: 0.2 } },
    { pace: { deadline: '30 minutes' } },
    { pace: { concurrency: 0 } },
    { report: { formats: ['pdf'] } },
    { notify: [{ type: 'dingtalk' }] },
    { targets: [{ profile: 'nameless' }] },
    { targets: [] },
    { anything: 1 },
  ])('refuses %j', (part) => {
    expect(validate({ ...FULL, ...part })).toBe(false);
    expect(jobFileSchema.safeParse({ ...FULL, ...part }).success).toBe(false);
  });
});

describe('the schema of reports', () => {
  it('takes what a run writes, and no key more', () => {
    const validate = compile('report');
    const report = buildReport({ id: 'r', mode: 'plan', startedAt: 0, finishedAt: 1, targets: [] }, TOOL);
    expect({ fits: validate(report), errors: validate.errors }).toEqual({ fits: true, errors: null });
    expect(validate({ ...report, more: 1 })).toBe(false);
  });
});
