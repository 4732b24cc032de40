import { beforeAll, describe, expect, test } from 'vitest';
import { chat } from '../notify/support.ts';
import {
  cloud,
  type Desk,
  DRIFT_MANIFEST,
  desk,
  type Ended,
  ensureBuilt,
  FINANCE,
  NOBODY,
  OPS,
} from '../support/processes.ts';
import { filesIn, KEY, peopledState, SENTINELS, sentinelsIn } from './sentinels.ts';

/** Real programs against a real server: whatever happens, no secret and no address of a person comes out. */

beforeAll(ensureBuilt, 120_000);

const ALL_FORMATS = 'json,markdown,html,csv,junit,metrics';
const GIVEN = ['manifest.yaml', 'job.yaml'];

function deskWithManifest(): Desk {
  const at = desk();
  at.write('manifest.yaml', DRIFT_MANIFEST);
  return at;
}

/** Names of the sentinels in both streams and every file, with where they stand. */
function leaks(at: Desk, { stdout, stderr }: Ended): string[] {
  const places = [
    { path: 'stdout', text: stdout },
    { path: 'stderr', text: stderr },
    ...filesIn(at.folder, GIVEN),
  ];
  return places.flatMap(({ path, text }) => sentinelsIn(text).map((name) => `${name} in ${path}`));
}

const SIGNATURE = /(?:x-acs-)?signature["']?\s*[=:]\s*["']?(?!\[redacted\])[\w%+/]{20,}/i;

async function checked(args: readonly string[], state: object, env: Readonly<Record<string, string>> = {}) {
  const emulator = await cloud(state);
  const at = deskWithManifest();
  const urls = ['--endpoint', emulator.url, '--call-timeout', '500ms', '--settle', '1s'];
  const ended = await at.run([...args, ...urls, '--log-level', 'trace'], { ...KEY, ...env });
  expect(leaks(at, ended)).toEqual([]);
  expect(`${ended.stdout}${ended.stderr}`).not.toMatch(SIGNATURE);
  return { ...ended, calls: emulator.cloud.calls().length };
}

const APPLY = ['apply', 'manifest.yaml', '--format', ALL_FORMATS, '--deadline', '4s'];

describe('an apply at log level trace', () => {
  test.each([
    ['silent'],
    ['throttling'],
    ['unavailable-html'],
    ['bad-gateway-html'],
    ['html-ok'],
    ['truncated'],
    ['empty-ok'],
    ['reset-after'],
    ['partial'],
  ])('when a call meets %s', async (kind) => {
    const faults = ['ListMessageContacts', 'AssociateMembers', 'UpdateAggregator'].map((action) => ({
      action,
      kind,
      times: 1,
    }));
    expect((await checked(APPLY, peopledState({ faults }))).calls).toBeGreaterThan(3);
  });

  test('when a refusal quotes the data of a person', async () => {
    const { email, phone, nameEmail } = SENTINELS;
    const message = `contact ${nameEmail} <${email}> (${phone}) is not verified`;
    const faults = [
      { action: 'AssociateMembers', kind: 'error', code: 'InvalidMember', message, times: 'always' },
    ];
    const ended = await checked(APPLY, peopledState({ faults }));
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('[e-mail]');
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['the secret is wrong', { ALIBABA_CLOUD_ACCESS_KEY_SECRET: `${SENTINELS.accessKeySecret}x` }],
    ['the key is unknown', { ALIBABA_CLOUD_ACCESS_KEY_ID: `${SENTINELS.accessKeyId}x` }],
    ['the token is wrong', { ALIBABA_CLOUD_SECURITY_TOKEN: `${SENTINELS.securityToken}x` }],
  ])('when %s', async (_, env) => {
    expect((await checked(APPLY, peopledState(), env)).code).toBe(77);
  });

  test('when a permission is missing', async () => {
    const { accessKeyId, accessKeySecret, securityToken } = SENTINELS;
    const credentials = [{ accessKeyId, accessKeySecret, securityToken, deny: ['AssociateMembers'] }];
    expect((await checked(APPLY, peopledState({ credentials }))).code).toBe(77);
  });

  test('when the libraries of the official client are asked to print what they send', async () => {
    await checked(APPLY, peopledState(), { DEBUG: '*' });
  });

  test.each(['http', 'fs,https', 'net', 'TLS', '_http_client', '*', 'ht*'])(
    'when Node is asked to print %s: it does not start',
    async (modules) => {
      const at = deskWithManifest();
      const ended = await at.run(APPLY, { ...KEY, NODE_DEBUG: modules });
      expect(ended.code).toBe(64);
      expect(ended.stderr).toMatch(
        /NODE_DEBUG=\S+ would print requests with their keys and tokens; unset it/,
      );
      expect(leaks(at, ended)).toEqual([]);
    },
  );

  test('when Node is asked to trust any server: it does not start, and says all that is in the way', async () => {
    const at = deskWithManifest();
    const env = { ...KEY, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_DEBUG: 'http' };
    const { code, stdout, stderr } = await at.run(APPLY, env);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^NODE_DEBUG=http would print/),
      expect.stringMatching(
        /^NODE_TLS_REJECT_UNAUTHORIZED=0 would send keys to a server that nobody has checked/,
      ),
      '',
    ]);
  });

  test('when nobody listens', async () => {
    const at = deskWithManifest();
    const ended = await at.run([...APPLY, '--endpoint', NOBODY, '--log-level', 'trace'], KEY);
    expect(leaks(at, ended)).toEqual([]);
    expect(ended.code).toBe(69);
  });
});

describe('every command at log level trace', () => {
  test.each([
    [['validate', 'manifest.yaml']],
    [['plan', 'manifest.yaml', '--format', ALL_FORMATS]],
    [['plan', 'manifest.yaml', '--json']],
    [['plan', 'manifest.yaml', '--out', 'plan.json']],
    [['apply', 'manifest.yaml', '--json']],
    [['export', '--as', 'yaml']],
    [['export', '--as', 'csv']],
    [['coverage', 'manifest.yaml']],
    [['coverage', '--json']],
    [['explain', 'account-2', 'manifest.yaml']],
    [['doctor']],
    [['doctor', '--json']],
  ] as const)('%j', async (args) => {
    const needsCloud = args[0] !== 'validate';
    const emulator = await cloud(peopledState());
    const at = deskWithManifest();
    const ended = await at.run(
      [...args, ...(needsCloud ? ['--endpoint', emulator.url] : []), '--log-level', 'trace'],
      KEY,
    );
    expect(leaks(at, ended)).toEqual([]);
    expect([0, 2]).toContain(ended.code);
    expect(emulator.cloud.calls().length > 0).toBe(needsCloud);
  });

  test('undo, render and recover of a run that was made', async () => {
    const emulator = await cloud(peopledState());
    const at = deskWithManifest();
    const urls = ['--endpoint', emulator.url, '--settle', '1s', '--log-level', 'trace'];
    expect((await at.run(['apply', 'manifest.yaml', ...urls], KEY)).code).toBe(0);
    const report = `reports/${at.runIds()[0]}/report.json`;
    for (const args of [
      ['undo', report, ...urls],
      ['render', report, '--format', 'text'],
      ['render', report, '--format', 'html', '--out', 'view.html'],
      ['recover', '--log-level', 'trace'],
    ]) {
      const ended = await at.run(args, KEY);
      expect([args[0], leaks(at, ended)]).toEqual([args[0], []]);
    }
  });
});

describe('a person who asks for personal data', () => {
  const { email, phone } = SENTINELS;

  /** Where e-mail address and phone number of a contact are, and no other sentinel. */
  async function shown(args: readonly string[]) {
    const emulator = await cloud(peopledState());
    const at = deskWithManifest();
    const urls = ['--endpoint', emulator.url, '--log-level', 'trace'];
    const ended = await at.run([...args, '--show-personal-data', ...urls], KEY);
    const found = leaks(at, ended).map((leak) => leak.replace(/reports\/[^/]+/, 'reports/RUN'));
    const folder = `${at.folder}/`;
    return { at, ended, found: [...new Set(found.map((leak) => leak.replace(folder, '')))].sort() };
  }
  const inPlaces = (...places: string[]) =>
    ['email', 'phone'].flatMap((what) => places.map((place) => `${what} in ${place}`));

  test('sees it in the text and in report.json of a run, and nowhere else', async () => {
    const { at, ended, found } = await shown(['apply', 'manifest.yaml', '--format', ALL_FORMATS]);
    expect(ended.code).toBe(0);
    expect(found).toEqual(inPlaces('reports/RUN/report.json', 'stdout'));
    expect(ended.stdout).toContain(`(${OPS})  ${email}, ${phone}  +`);
    const owners = at.latestReport().targets[0]?.changes.map(({ owner }) => owner);
    expect(owners?.find(({ id }) => id === OPS)).toMatchObject({ emailAddress: email, phoneNumber: phone });
  });

  test('does not find it in a plan that is saved', async () => {
    const { found } = await shown(['plan', 'manifest.yaml', '--out', 'plan.json']);
    expect(found).toEqual(inPlaces('reports/RUN/report.json', 'stdout'));
  });

  test.each([
    [['coverage'], `Finance: ${email}, ${phone}`],
    [['coverage', '--json'], `"emailAddress": "${email}"`],
    [['explain', FINANCE], `${email}, ${phone}`],
    [['explain', 'account-2', '--json'], `"phoneNumber": "${phone}"`],
  ] as const)('sees it in %j', async (args, text) => {
    const { ended, found } = await shown(args);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(text);
    expect(found).toEqual(inPlaces('stdout'));
  });
});

describe('a run that tells others', () => {
  const JOB = `version: 1
mode: plan
manifest: [manifest.yaml]
report: {formats: [json, markdown, html, csv, junit, metrics]}
notify:
  - {type: dingtalk, url: env:HOOK_URL, secret: env:HOOK_SECRET}
  - {type: webhook, url: env:HOOK_URL, secret: env:HOOK_SECRET}
`;

  test.each([
    ['takes the message', 200, '{"errcode":0}'],
    ['refuses it and quotes the address', 403, `no such robot: ${SENTINELS.hookToken}`],
    ['breaks', 500, 'x'],
  ])('where the other side %s', async (_, status, body) => {
    const hook = await chat(() => ({ status, body }));
    const emulator = await cloud(peopledState());
    const at = deskWithManifest();
    at.write('job.yaml', JOB);
    const ended = await at.run(['run', 'job.yaml', '--endpoint', emulator.url, '--log-level', 'trace'], {
      ...KEY,
      HOOK_URL: `${hook.url}/robot/send?access_token=${SENTINELS.hookToken}`,
      HOOK_SECRET: SENTINELS.hookSecret,
    });
    expect(leaks(at, ended)).toEqual([]);
    expect(ended.code).toBe(2);
    expect(hook.received).toHaveLength(2);
    for (const { body: sent } of hook.received) expect(sentinelsIn(sent)).toEqual([]);
  });
});

test('the search finds what it looks for', () => {
  for (const [name, value] of Object.entries(SENTINELS)) {
    expect(sentinelsIn(`a ${value} b`)).toContain(name);
    expect(sentinelsIn(encodeURIComponent(value))).toContain(name);
    expect(sentinelsIn(Buffer.from(value).toString('base64'))).toContain(name);
  }
});
