import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/job/report-files/render-report.ts';
import { type Desk, desk, ensureBuilt } from '../support/processes.ts';
import { nightReport } from './support/night-report.ts';

beforeAll(ensureBuilt, 120_000);

async function deskWithReport(): Promise<Desk> {
  const at = desk();
  at.write('report.json', await renderReport(nightReport(), 'json'));
  return at;
}

const messages = (stderr: string): string[] =>
  stderr
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

describe('render', () => {
  test.each(['markdown', 'html', 'csv', 'junit', 'metrics'] as const)(
    'prints %s as the run itself wrote it, byte for byte',
    async (format) => {
      const at = await deskWithReport();
      const { code, stdout } = await at.run(['render', 'report.json', '--format', format]);
      expect(code).toBe(0);
      expect(stdout).toBe(await renderReport(nightReport(), format));
    },
  );

  test('prints text when no format is named, and says which report it is', async () => {
    const { code, stdout } = await (await deskWithReport()).run(['render', 'report.json']);
    expect(code).toBe(0);
    expect(stdout).toContain('apply: refused in 12.4 s\n');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('report    report.json');
  });

  test('prints ASCII only where the locale has no other letters; names can still be told apart', async () => {
    const at = await deskWithReport();
    const { stdout } = await at.run(['render', 'report.json'], { LC_ALL: 'C' });
    expect(stdout).toMatch(/^[\n -~]*$/);
    expect(stdout).toContain('"&amp;" \\u652f\\u4ed8');
    expect((await at.run(['render', 'report.json'], { LC_ALL: 'C.UTF-8' })).stdout).toContain('支付');
  });

  test('writes to a file that its owner alone can read', async () => {
    const at = await deskWithReport();
    writeFileSync(at.path('view.csv'), 'old', { mode: 0o644 });
    const { code, stdout } = await at.run(['render', 'report.json', '--format', 'csv', '--out', 'view.csv']);
    expect([code, stdout]).toEqual([0, '']);
    expect(statSync(at.path('view.csv')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at.path('view.csv'), 'utf8')).toBe(await renderReport(nightReport(), 'csv'));
  });

  test('a file that is not there is a mistake of the command line', async () => {
    const { code, stdout, stderr } = await desk().run(['render', 'none.json']);
    expect([code, stdout]).toEqual([64, '']);
    expect(messages(stderr)).toEqual([
      'none.json:1:1  the report cannot be read (ENOENT); check the path and its permissions',
    ]);
  });

  test.each<[string, string, string[]]>([
    [
      'cut off',
      '{"schemaVersion": 1, "tool"',
      ['x.json:1:1  the report is not JSON, or was cut off; give the report.json of a run'],
    ],
    [
      'of a later version',
      '{"schemaVersion": 2}',
      ['x.json:1:1  the report has schemaVersion 2, and this program reads 1; use the one that wrote it'],
    ],
    [
      'of another kind',
      '{"schemaVersion": 1, "tool": {"name": "a", "version": "1"}, "targets": [{}], "extra": 1}',
      [
        'x.json:1:1  the report does not have the form that it should; give a report.json as a run wrote it',
        'x.json:1:1  at run: Invalid input: expected object, received undefined',
        'x.json:1:1  at targets.0.name: Invalid input: expected string, received undefined',
      ],
    ],
  ])('a report that is %s is refused with everything that is wrong', async (_, text, expected) => {
    const at = desk();
    at.write('x.json', text);
    const { code, stdout, stderr } = await at.run(['render', 'x.json']);
    expect([code, stdout]).toEqual([65, '']);
    expect(messages(stderr).slice(0, expected.length)).toEqual(expected);
  });

  test('a place that cannot be written to is a mistake of the command line', async () => {
    const at = await deskWithReport();
    const { code, stderr } = await at.run(['render', 'report.json', '--out', 'none/view.txt']);
    expect(code).toBe(64);
    expect(messages(stderr)).toEqual([
      'none/view.txt cannot be written (ENOENT); choose another file for --out',
    ]);
  });
});
