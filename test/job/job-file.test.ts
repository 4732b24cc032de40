import { describe, expect, test } from 'vitest';
import { readJobFile } from '../../src/job/job-file/job-file.ts';
import { formatProblem } from '../../src/model/problem.ts';

const read = (text: string, look?: Parameters<typeof readJobFile>[2]) =>
  readJobFile('job.yaml', new TextEncoder().encode(text), look);

function problemsOf(text: string): readonly string[] {
  const checked = read(text);
  return checked.ok ? [] : checked.problems.map(formatProblem);
}

const GOOD = `version: 1
mode: apply
manifest: [manifest.yaml]
policy: {ownership: listed, maxRemovals: 4, maxRemovalShare: 0.25, onGuard: refuse}
pace: {concurrency: 5, deadline: 30m, parallel: 8}
report: {dir: reports, formats: [json, markdown, html, metrics], keep: 30}
targets:
  - name: group-a
    directory: rd-3mNq8W
    profile: group-a
    site: china
    manifest: [group-a.csv]
  - name: 2024
    roleArn: acs:ram::1738084522671234:role/reconcile
    policy: {ownership: add-only}
`;

describe('a job file', () => {
  test('is read with numbers as numbers and names as text', () => {
    const checked = read(GOOD);
    expect(checked).toMatchObject({
      ok: true,
      warnings: [],
      value: {
        version: 1,
        mode: 'apply',
        policy: { maxRemovals: 4, maxRemovalShare: 0.25 },
        pace: { concurrency: 5, deadline: '30m', parallel: 8 },
        targets: [
          { name: 'group-a', manifest: ['group-a.csv'] },
          { name: '2024', roleArn: 'acs:ram::1738084522671234:role/reconcile' },
        ],
      },
    });
  });

  test('may be JSON', () => {
    expect(read('{"version": 1, "mode": "plan", "manifest": ["a.csv"]}')).toMatchObject({ ok: true });
  });

  test('is told all that is wrong with it at once, each with its place', () => {
    const text = `version: 2
mode: aply
manifests: [a.yaml]
policy: {ownership: mine, maxRemovalShare: 25, onGuard: refuse}
pace: {deadline: soon, concurrency: 0}
report: {keep: many, formats: [jsn]}
targets:
  - {name: a, profile: p, roleArn: "acs:ram::1738084522671234:role/r"}
  - {name: a, directory: 3mNq8W}
  - {profile: p, manifest: []}
`;
    expect(problemsOf(text)).toEqual([
      'job.yaml:1:10  version is "2", expected 1',
      'job.yaml:2:7  mode is "aply", expected plan or apply; did you mean "apply"?',
      'job.yaml:3:1  key "manifests" is not known in the job; did you mean "manifest"?',
      'job.yaml:4:21  ownership is "mine", expected add-only, listed or exclusive',
      'job.yaml:4:44  maxRemovalShare is "25", expected a share from 0 to 1, for example 0.25; correct it or leave it out',
      'job.yaml:5:18  deadline is "soon", expected a duration such as 250ms, 30s, 5m or 1h; correct it or leave it out',
      'job.yaml:5:37  concurrency is "0", expected a whole number from 1 on; correct it or leave it out',
      'job.yaml:6:16  keep is "many", expected a whole number from 1 on; correct it or leave it out',
      'job.yaml:6:32  formats is "jsn", expected json, markdown, html, csv, junit or metrics; did you mean "json"?',
      'job.yaml:8:5  target "a" has no manifest, and the job has none; write manifest: in either',
      'job.yaml:8:36  target "a" has both profile and roleArn; keep one: a profile can assume a role by itself',
      'job.yaml:9:5  target "a" has no manifest, and the job has none; write manifest: in either',
      'job.yaml:9:12  target "a" stands twice, first in line 8; give each a name of its own',
      'job.yaml:9:26  directory is "3mNq8W", expected the id of a resource directory such as rd-3mNq8W; correct it or leave it out',
      'job.yaml:10:5  a target has no name; write name: with a name of its own',
      'job.yaml:10:28  manifest is empty; name at least one or leave manifest out',
    ]);
  });

  test.each([
    ['22:00-05:00 Asia/Shanghai', true],
    ['22:00-05:00', true],
    ['09:00-24:00 Europe/Berlin', true],
    ['22:00-05:00 Asia/Shangai', false],
    ['22:00-22:00', false],
    ['10pm-5am', false],
  ])('may say when writes start: %s, %s', (window, isOne) => {
    const text = `version: 1\nmode: apply\nmanifest: [a]\npace: {pause: 30s, window: ${window}}\n`;
    const expected = `job.yaml:4:28  window is "${window}", expected a time of day such as 22:00-05:00, with a time zone such as Asia/Shanghai after it or UTC; correct it or leave it out`;
    expect(problemsOf(text)).toEqual(isOne ? [] : [expected]);
  });

  test.each([
    [
      '',
      'job.yaml:1:1  the file is empty, expected version, mode and manifest; check that it was written completely',
    ],
    [
      'version: 1\nmode: plan\n',
      'job.yaml:1:1  the job has no manifest; write manifest: [manifest.yaml], with paths relative to this file',
    ],
    [
      'version: 1\nmanifest: [a]\n',
      'job.yaml:1:1  the job has no mode; write mode: plan, or mode: apply to write to the cloud',
    ],
    [
      'version: 1\nmode: plan\nmanifest: a.yaml\n',
      'job.yaml:3:11  manifest is "a.yaml", expected a list of paths (manifest: [manifest.yaml]); correct it or leave it out',
    ],
    ['version: 1\nmode:\nmanifest: [a]\n', 'job.yaml:2:1  mode has no value; fill it in or remove it'],
    [
      'version: 1\nmode: plan\nmode: apply\nmanifest: [a]\n',
      'job.yaml:3:1  key "mode" stands twice, first in line 2; keep one of them',
    ],
    ['version: 1\nmode: plan\nmanifest: [a\n', 'job.yaml:4:1  the file ends too soon'],
    ['- a\n', 'job.yaml:1:1  the job is a list, expected a map of keys'],
  ])('%j: %s', (text, expected) => {
    expect(problemsOf(text)[0]).toContain(expected);
    expect(problemsOf(text)).toHaveLength(1);
  });

  test('whose values from the environment are missing is told so at their place', () => {
    const text = `version: 1\nmode: plan\nmanifest: [a]\nnotify:\n  - {type: slack, url: env:SLACK_URL}\n`;
    const checked = read(text, () => [{ path: ['notify', 0, 'url'], message: 'SLACK_URL is not set' }]);
    expect(checked.ok ? [] : checked.problems.map(formatProblem)).toEqual([
      'job.yaml:5:24  SLACK_URL is not set',
    ]);
  });

  test('which has a secret or an address written out is told so, and neither is repeated', () => {
    const text =
      'version: 1\nmode: plan\nmanifest: [a]\nnotify:\n' +
      '  - {type: dingtalk, url: https://example.com/hooks/T0KEN, secret: SECabcdef0123}\n';
    expect(problemsOf(text)).toEqual([
      'job.yaml:5:27  url is written out, expected the name of a variable that holds it, such as env:DINGTALK_URL; set that in the environment',
      'job.yaml:5:68  secret is written out, expected the name of a variable that holds it, such as env:DINGTALK_SECRET; set that in the environment',
    ]);
  });

  test('with a notification of a type that there is not is told those that there are', () => {
    const notify = 'notify:\n  - {type: slac, url: env:HOOK_URL}\n  - {type: sms, url: env:HOOK_URL}\n';
    expect(problemsOf(`version: 1\nmode: plan\nmanifest: [a]\n${notify}`)).toEqual([
      'job.yaml:5:12  type is "slac", expected dingtalk, feishu, webhook, wecom or slack; did you mean "slack"?',
      'job.yaml:6:12  type is "sms", expected dingtalk, feishu, webhook, wecom or slack',
    ]);
  });

  test('with a secret for a notification that is not signed is told that its type takes none', () => {
    const notify = 'notify:\n  - {type: slack, url: env:HOOK_URL, secret: env:HOOK_SECRET}\n';
    expect(problemsOf(`version: 1\nmode: plan\nmanifest: [a]\n${notify}`)).toEqual([
      'job.yaml:5:38  a notification of type "slack" takes no secret; leave it out',
    ]);
  });

  test('is never recited with e-mail addresses', () => {
    expect(problemsOf('version: 1\nmode: someone@example.com\nmanifest: [a]\n').join()).not.toContain('@');
  });
});
