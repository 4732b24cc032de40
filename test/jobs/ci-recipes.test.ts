import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureBuilt } from '../samples/support/built.ts';
import { OPERATOR, READER, SAMPLE, signingWith } from '../samples/support/quickstart.ts';
import { type BareHome, bareHome, type Ended } from './support/bare-home.ts';
import { readJobsFile } from './support/job-folder.ts';

beforeAll(ensureBuilt, 120_000);
vi.setConfig({ testTimeout: 90_000 });

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly if?: string;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<'plan' | 'apply', { readonly steps: readonly Step[] } & Readonly<Record<string, unknown>>>
  >;
}

interface Pipeline {
  readonly plan: Readonly<Record<string, unknown>> & { readonly script: readonly string[] };
  readonly apply: Readonly<Record<string, unknown>> & { readonly script: readonly string[] };
}

const workflow = load(readJobsFile('ci', 'github-actions.yml')) as Workflow;
const pipeline = load(readJobsFile('ci', 'gitlab-ci.yml')) as Pipeline;

const scriptOf = (job: 'plan' | 'apply', name: string): string => {
  const step = workflow.jobs[job].steps.find((candidate) => candidate.name === name);
  if (step?.run === undefined) throw new Error(`${job} has no step ${name}`);
  return step.run;
};

/** A checkout with the manifest in contacts/, where the recipes look for it. */
async function checkout(): Promise<{ home: BareHome; cwd: string }> {
  const home = await bareHome();
  const cwd = home.path('checkout');
  mkdirSync(cwd);
  cpSync(SAMPLE, join(cwd, 'contacts'), { recursive: true });
  const job = 'version: 1\nmode: apply\nmanifest: [manifest.yaml]\npolicy: {ownership: listed}\n';
  writeFileSync(join(cwd, 'contacts', 'job.yaml'), job);
  return { home, cwd };
}

/** How both services start a script: bash that stops at the first error. */
const BASH = ['/bin/bash', '-e', '-c'];

describe('the GitHub workflow', () => {
  const surroundings = (home: BareHome) => ({
    GITHUB_OUTPUT: home.path('output'),
    GITHUB_STEP_SUMMARY: home.path('summary.md'),
  });
  const step = (
    { home, cwd }: { home: BareHome; cwd: string },
    script: string,
    env: Readonly<Record<string, string>>,
  ): Promise<Ended> => home.sh(script, { ...surroundings(home), ...env }, { shell: BASH, cwd });

  it('comments the plan, and after approval applies that plan', async () => {
    const at = await checkout();
    expect((await step(at, scriptOf('plan', 'Plan'), signingWith(READER))).code).toBe(0);
    expect(at.home.read('output')).toBe('code=2\n');
    expect(at.home.read('checkout/comment.md')).toContain('PayOnCall');
    expect(at.home.read('summary.md')).toBe(at.home.read('checkout/comment.md'));
    expect(at.home.writes()).toEqual([]);

    at.home.install('gh', '#!/bin/sh\nprintf "%s\\n" "$@" >"$HOME/gh.txt"\n');
    await step(at, scriptOf('plan', 'Comment'), { PULL_REQUEST: '12', GH_TOKEN: 'token' });
    expect(at.home.read('gh.txt').split('\n').slice(0, 3)).toEqual(['pr', 'comment', '12']);
    expect(at.home.read('gh.txt')).toContain('--body-file\ncomment.md\n');

    expect((await step(at, scriptOf('apply', 'Apply'), signingWith(OPERATOR))).code).toBe(0);
    expect(at.home.report('checkout', 'reports').run.result).toBe('applied');
  });

  it('applies nothing when the plan is not the approved one', async () => {
    const at = await checkout();
    await step(at, scriptOf('plan', 'Plan'), signingWith(READER));
    const manifest = join(at.cwd, 'contacts', 'manifest.yaml');
    writeFileSync(
      manifest,
      at.home.read('checkout/contacts/manifest.yaml').replace('- folder:/Corporate', ''),
    );
    expect((await step(at, scriptOf('apply', 'Apply'), signingWith(OPERATOR))).code).toBe(5);
    expect(at.home.writes()).toEqual([]);
  });

  it('fails when the manifest is wrong, and writes no comment where there is no report', async () => {
    const at = await checkout();
    writeFileSync(join(at.cwd, 'contacts', 'manifest.yaml'), 'version: 1\ncontacts: [');
    expect((await step(at, scriptOf('plan', 'Plan'), signingWith(READER))).code).toBe(1);
    expect(at.home.read('output')).toBe('code=65\n');
    expect(at.home.read('summary.md')).toContain('manifest.yaml');
  });

  it('gives no job more rights than it needs, and keeps expressions out of its scripts', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.plan['permissions']).toEqual({ contents: 'read', 'pull-requests': 'write' });
    expect(workflow.jobs.apply).toMatchObject({ environment: 'production', concurrency: 'rd-reconcile' });
    const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run));
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('gives the key that may write to nothing but the approved job', () => {
    const plan = JSON.stringify(workflow.jobs.plan);
    expect(plan).toContain('RD_RECONCILE_PLAN_KEY_SECRET');
    expect(plan).not.toContain('RD_RECONCILE_APPLY_KEY');
  });
});

describe('the GitLab pipeline', () => {
  const script = (job: 'plan' | 'apply'): string => pipeline[job].script.join('\n');
  const run = (
    { home, cwd }: { home: BareHome; cwd: string },
    text: string,
    env: Readonly<Record<string, string>>,
  ): Promise<Ended> => home.sh(`set -o pipefail\n${text}`, env, { shell: BASH, cwd });
  const MERGE_REQUEST = {
    CI_API_V4_URL: 'http://127.0.0.1:9/api/v4',
    CI_PROJECT_ID: '7',
    CI_MERGE_REQUEST_IID: '12',
    RD_RECONCILE_BOT_TOKEN: 'bot-token',
  };

  async function pipelineCheckout() {
    const at = await checkout();
    at.home.install('curl', '#!/bin/sh\nprintf "%s\\n" "$@" >"$HOME/curl.txt"\n');
    at.home.install('node', `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
    return at;
  }

  it('comments the plan of a merge request', async () => {
    const at = await pipelineCheckout();
    const { code, stderr } = await run(at, script('plan'), { ...signingWith(READER), ...MERGE_REQUEST });
    expect(code, stderr).toBe(0);
    const asked = at.home.read('curl.txt');
    expect(asked).toContain('--data-urlencode\nbody@reports/latest/report.md\n');
    expect(asked).toContain('/projects/7/merge_requests/12/notes\n');
    expect(at.home.writes()).toEqual([]);
  });

  it('hands the digest on, and applies the plan that has it', async () => {
    const at = await pipelineCheckout();
    expect((await run(at, script('plan'), signingWith(READER))).code).toBe(0);
    const [, DIGEST = ''] = /^DIGEST=([0-9a-f]{64})\n$/.exec(at.home.read('checkout/plan.env')) ?? [];
    expect(DIGEST).toBe(at.home.report('checkout', 'reports').targets[0]?.plan?.digest);
    const other = await run(at, script('apply'), { ...signingWith(OPERATOR), DIGEST: '0'.repeat(64) });
    expect(other.code).toBe(5);
    expect(at.home.writes()).toEqual([]);
    expect((await run(at, script('apply'), { ...signingWith(OPERATOR), DIGEST })).code).toBe(0);
    expect(at.home.report('checkout', 'applied').run.result).toBe('applied');
  });

  it('fails with the code of the run when the manifest is wrong', async () => {
    const at = await pipelineCheckout();
    writeFileSync(join(at.cwd, 'contacts', 'manifest.yaml'), 'version: 1\ncontacts: [');
    expect((await run(at, script('plan'), { ...signingWith(READER), ...MERGE_REQUEST })).code).toBe(65);
  });

  it('applies by hand alone, one at a time, and keeps the report', () => {
    expect(pipeline.apply).toMatchObject({
      rules: [{ when: 'manual' }],
      environment: 'production',
      resource_group: 'rd-reconcile',
      artifacts: { when: 'always', paths: ['applied/'] },
    });
  });
});
