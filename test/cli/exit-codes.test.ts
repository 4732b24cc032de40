import { mkdirSync, readlinkSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  ACCOUNTS,
  cloud,
  type Desk,
  DRIFT_MANIFEST,
  desk,
  type Ended,
  ensureBuilt,
  IN_SYNC_MANIFEST,
  NOBODY,
  OPS,
  readReport,
  smallState,
  writesOf,
} from '../support/processes.ts';

beforeAll(ensureBuilt, 120_000);

interface Case {
  readonly name: string;
  readonly code: number;
  readonly result: string;
  readonly mode: 'plan' | 'apply';
  readonly manifest?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly state?: Readonly<Record<string, unknown>>;
  /** The code of the first problem in the report; left out: none. */
  readonly problem?: string;
}

const denied = (actions: readonly string[]) => ({
  credentials: [
    { accessKeyId: 'EmulatorAccessKeyId', accessKeySecret: 'EmulatorAccessKeySecret', deny: actions },
  ],
});

const CASES: readonly Case[] = [
  { name: 'a plan with nothing to do', code: 0, result: 'in-sync', mode: 'plan', manifest: IN_SYNC_MANIFEST },
  {
    name: 'an apply with nothing to do',
    code: 0,
    result: 'in-sync',
    mode: 'apply',
    manifest: IN_SYNC_MANIFEST,
  },
  { name: 'an apply that made everything so', code: 0, result: 'applied', mode: 'apply' },
  { name: 'a plan with changes', code: 2, result: 'drift', mode: 'plan' },
  {
    name: 'a change that the service refuses',
    code: 3,
    result: 'partial',
    mode: 'apply',
    state: {
      faults: [{ action: 'AssociateMembers', kind: 'error', code: 'InvalidMember', times: 'always' }],
    },
  },
  {
    name: 'a removal of a protected member',
    code: 4,
    result: 'refused',
    mode: 'apply',
    manifest: `version: 1\nprotected: ["${ACCOUNTS[1]}"]\ncontacts:\n  - contact: ${OPS}\n    bind: ["${ACCOUNTS[0]}"]\n`,
  },
  {
    name: 'a plan that the guard refuses',
    code: 4,
    result: 'refused',
    mode: 'plan',
    manifest: `version: 1\ncontacts:\n  - contact: ${OPS}\n    bind: ["${ACCOUNTS[0]}"]\n`,
    args: ['--max-removals', '0'],
  },
  {
    name: 'a plan that is not the approved one',
    code: 5,
    result: 'stale',
    mode: 'apply',
    args: ['--expect', 'f'.repeat(64)],
    problem: 'stale-plan',
  },
  {
    name: 'a manifest that names an unknown account',
    code: 65,
    result: 'failed',
    mode: 'apply',
    manifest: `version: 1\ncontacts:\n  - contact: ${OPS}\n    bind: ["1999999999999999"]\n`,
    problem: 'id-not-in-directory',
  },
  {
    name: 'nothing listening',
    code: 69,
    result: 'failed',
    mode: 'apply',
    args: ['--endpoint', NOBODY],
    problem: 'cloud-unreadable',
  },
  {
    name: 'a wrong secret',
    code: 77,
    result: 'failed',
    mode: 'apply',
    env: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'not-the-secret' },
    problem: 'denied',
  },
  {
    name: 'a permission that shows only at the first write',
    code: 77,
    result: 'failed',
    mode: 'apply',
    state: denied(['AssociateMembers', 'UpdateAggregator']),
  },
  {
    name: 'another directory than the pinned one',
    code: 77,
    result: 'failed',
    mode: 'apply',
    args: ['--directory-id', 'rd-OtherOne'],
    problem: 'wrong-directory',
  },
  {
    name: 'no credentials anywhere',
    code: 78,
    result: 'failed',
    mode: 'apply',
    env: { ALIBABA_CLOUD_ACCESS_KEY_ID: undefined, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined },
    problem: 'credentials-missing',
  },
  {
    name: 'an endpoint that is not the service',
    code: 64,
    result: 'failed',
    mode: 'plan',
    args: ['--endpoint', 'http://example.com'],
    problem: 'endpoint',
  },
];

/** The last --endpoint given is the one that counts. */
async function perform(one: Case): Promise<{ ended: Ended; at: Desk }> {
  const at = desk();
  const { url } = await cloud(smallState(one.state));
  at.write('manifest.yaml', one.manifest ?? DRIFT_MANIFEST);
  const args = [one.mode, 'manifest.yaml', '--endpoint', url, '--settle', '100ms', '--json'];
  return { at, ended: await at.run([...args, ...(one.args ?? [])], one.env) };
}

describe('the way a run ends', () => {
  test.each(CASES)(
    '$name: exit $code, and the report says so on disk and on stdout',
    async (one) => {
      const { ended, at } = await perform(one);
      expect(ended.code).toBe(one.code);
      const report = readReport(ended.stdout);
      expect(report.run).toMatchObject({ exitCode: one.code, result: one.result, mode: one.mode });
      expect(report.targets.map(({ problems }) => problems[0]?.code)).toEqual([one.problem]);
      expect(at.latestReport()).toEqual(report);
      expect(at.runIds()).toEqual([report.run.id]);
      expect(readlinkSync(at.path('reports', 'latest'))).toBe(report.run.id);
      expect(statSync(at.path('reports', 'latest', 'report.json')).mode & 0o777).toBe(0o600);
    },
    60_000,
  );

  test('latest leads to the newest report', async () => {
    const at = desk();
    const { url } = await cloud();
    at.write('manifest.yaml', IN_SYNC_MANIFEST);
    const codes = [];
    for (const mode of ['plan', 'apply', 'plan'])
      codes.push((await at.run([mode, 'manifest.yaml', '--endpoint', url])).code);
    expect(codes).toEqual([0, 0, 0]);
    expect(at.runIds()).toHaveLength(3);
    expect(readlinkSync(at.path('reports', 'latest'))).toBe(at.runIds().at(-1));
  });
});

describe('usage', () => {
  test.each([
    ['an unknown option', ['plan', 'm.yaml', '--dry-run'], "unknown option '--dry-run'"],
    ['an unknown command', ['destroy'], "unknown command 'destroy'"],
    ['no command', [], 'Usage: rd-reconcile'],
    ['no manifest', ['plan'], "missing required argument 'file'"],
    ['a number that is none', ['plan', 'm.yaml', '--max-changes', 'all'], 'Expected a whole number'],
    ['a duration without a unit', ['apply', 'm.yaml', '--settle', '30'], 'Expected a duration'],
    ['a share above one', ['apply', 'm.yaml', '--max-removal-share', '25'], 'Expected a share from 0 to 1'],
    [
      'an endpoint beside an emulator',
      ['plan', 'm.yaml', '--emulate', 'cloud.yaml', '--endpoint', NOBODY, '--sts-endpoint', NOBODY],
      '--endpoint and --sts-endpoint would not be used; drop --endpoint and --sts-endpoint, or --emulate',
    ],
    [
      'a profile beside an emulator',
      ['plan', 'm.yaml', '--emulate', 'cloud.yaml', '--profile', 'group-a'],
      '--profile would not be used; drop --profile, or --emulate',
    ],
    ['calls that may take no time', ['plan', 'm.yaml', '--call-timeout', '0'], 'Expected a duration above 0'],
    [
      'a port that there is not',
      ['emulate', '--generate', 'accounts=2', '--port', '65536'],
      'Expected a port from 0 to 65535',
    ],
    [
      'an endpoint beside an emulator, of a command that only looks',
      ['export', '--config-endpoint', NOBODY, '--emulate', 'cloud.yaml'],
      'drop --config-endpoint, or --emulate',
    ],
    [
      'a plan that is confined and is not there',
      ['coverage', '--contact', OPS, '--endpoint', NOBODY],
      '--contact would confine the plan of a manifest, and none is named; name a FILE, or drop --contact',
    ],
    ['an unknown format', ['plan', 'm.yaml', '--format', 'pdf'], 'Expected a list of'],
  ])('%s: exit 64, said on stderr, nothing on stdout', async (_, args, words) => {
    const ended = await desk().run(args);
    expect(ended).toMatchObject({ code: 64, stdout: '' });
    expect(ended.stderr).toContain(words);
  });

  test.each([[['--version']], [['--help']], [['plan', '--help']]])(
    '%s is an answer: exit 0 and stdout',
    async (args) => {
      const ended = await desk().run(args);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).not.toBe('');
    },
  );
});

describe('validate', () => {
  test('a good manifest: exit 0 and a count', async () => {
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    expect(await at.run(['validate', 'manifest.yaml'])).toMatchObject({
      code: 0,
      stdout: 'ok: 6 entries in 1 file\n',
      stderr: '',
    });
    at.write('one.csv', `contact_id,member_id\n${OPS},${ACCOUNTS[0]}\n`);
    expect((await at.run(['validate', 'one.csv'])).stdout).toBe('ok: 1 entry in 1 file\n');
  });

  test('every problem at once with its place: exit 65', async () => {
    const at = desk();
    at.write('m.csv', 'contact_id,member_id\nc-Operations000001,1.73808E+15\nc-Operations000001,12\n');
    const ended = await at.run(['validate', 'm.csv', 'missing.yaml', '--json']);
    expect(ended.code).toBe(65);
    const { ok, problems } = JSON.parse(ended.stdout) as {
      ok: boolean;
      problems: { source: { file: string; line: number } }[];
    };
    expect(ok).toBe(false);
    expect(problems.map(({ source }) => `${source.file}:${source.line}`)).toEqual([
      'missing.yaml:1',
      'm.csv:2',
      'm.csv:3',
    ]);
  });
});

describe('a server that accepts and never answers', () => {
  test('exit 69 in bounded time, and what was waited for in the report', async () => {
    const at = desk();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const ended = await at.run([
      'plan',
      'manifest.yaml',
      '--endpoint',
      await mute(),
      '--call-timeout',
      '100ms',
    ]);
    expect(ended.code).toBe(69);
    const [target] = at.latestReport().targets;
    expect(target?.problems.map(({ code }) => code)).toEqual(['cloud-unreadable']);
    expect(target?.calls.total).toBe(4);
  }, 60_000);
});

describe('the two streams', () => {
  test('the result is on stdout, the log on stderr, as JSON lines where that is no terminal', async () => {
    const at = desk();
    const { url } = await cloud();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const ended = await at.run(['apply', 'manifest.yaml', '--endpoint', url, '--log-level', 'debug']);
    const lines = ended.stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toContain('AssociateMembers ok');
    expect(ended.stdout).toContain('apply: applied');
    expect(ended.stdout).not.toContain('AssociateMembers ok');
    expect(ended.stdout + ended.stderr).not.toContain('\u001b[');
  });

  test.each([[['--quiet']], [['--log-level', 'silent']]])(
    'with %s a good run leaves stderr empty',
    async (flags) => {
      const at = desk();
      const { url } = await cloud();
      at.write('manifest.yaml', DRIFT_MANIFEST);
      const ended = await at.run(['plan', 'manifest.yaml', '--endpoint', url, ...flags]);
      expect(ended).toMatchObject({ code: 2, stderr: '' });
      expect(ended.stdout).toContain('plan: drift');
    },
  );

  test.each([
    [['--no-color'], {}],
    [[], { NO_COLOR: '1' }],
    [[], { FORCE_COLOR: '1' }],
  ])('with %s and %s nothing that is piped holds colour codes', async (flags, env) => {
    const at = desk();
    const { url } = await cloud();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    const ended = await at.run(['plan', 'manifest.yaml', '--endpoint', url, ...flags], env);
    expect(ended.code).toBe(2);
    expect(ended.stdout + ended.stderr).not.toContain('\u001b[');
  });
});

describe('secrets', () => {
  test('no stream, report or journal holds the access key, at no log level', async () => {
    const at = desk();
    const { url } = await cloud();
    at.write('manifest.yaml', DRIFT_MANIFEST);
    mkdirSync(at.path('again'));
    const good = await at.run([
      'apply',
      'manifest.yaml',
      '--endpoint',
      url,
      '--log-level',
      'trace',
      '--json',
    ]);
    const bad = await at.run(['plan', 'manifest.yaml', '--endpoint', url, '--log-level', 'trace'], {
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'WrongSecretValue',
    });
    const report = JSON.stringify(at.runIds().map((id) => at.report(id)));
    const journals = JSON.stringify([...at.journals()]);
    const everything = [good, bad].map(({ stdout, stderr }) => stdout + stderr).join('') + report + journals;
    expect([good.code, bad.code]).toEqual([0, 77]);
    expect(everything).not.toMatch(/EmulatorAccessKey|WrongSecretValue|Signature=/);
  });
});

test('a refused run has written nothing', async () => {
  const at = desk();
  const emulator = await cloud();
  at.write('manifest.yaml', DRIFT_MANIFEST);
  const ended = await at.run([
    'apply',
    'manifest.yaml',
    '--endpoint',
    emulator.url,
    '--expect',
    '0'.repeat(64),
  ]);
  expect(ended.code).toBe(5);
  expect(emulator.cloud.calls().length).toBeGreaterThan(0);
  expect(writesOf(emulator)).toEqual([]);
});

/** Reads what comes and says nothing. */
async function mute(): Promise<string> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}
