import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { marked, type Tokens } from 'marked';
import Papa from 'papaparse';
import parsePrometheus from 'parse-prometheus-text-format';
import { describe, expect, test } from 'vitest';
import { renderCsv } from '../../src/report/csv.ts';
import { csvText } from '../../src/report/csv-text.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderMetrics } from '../../src/report/metrics.ts';
import { nightReport } from './support/night-report.ts';

/** Every format, read by a parser that had no part in writing it. */

const report = nightReport();
const changes = report.targets.flatMap((target) => target.changes.map((change) => ({ target, change })));

describe('CSV, read by papaparse', () => {
  const text = renderCsv(report);
  const { data, errors, meta } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: true,
  });

  test('has one row a change, over all targets, under a header that stays', () => {
    expect(errors).toEqual([]);
    expect(meta.fields?.join()).toBe(
      'target,directory_id,kind,owner_id,owner_name,action,member_id,member_type,member_name,member_path,' +
        'source_file,source_line,status,code,reason,request_id,attempts,elapsed_ms,since,change_id',
    );
    expect(data.map((row) => [row['target'], row['change_id'], row['status']])).toEqual(
      changes.map(({ target, change }) => [target.name, change.id, change.outcome.status]),
    );
  });

  test('has every id digit for digit', () => {
    expect(data.map((row) => [row['owner_id'], row['member_id']])).toEqual(
      changes.map(({ change }) => [change.owner.id, change.member.id]),
    );
  });

  test('holds no cell that a spreadsheet takes for a formula, and no control character', () => {
    const cells = data.flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /[\u0000-\u001f\u202e]/.test(cell))).toEqual([]);
    expect(data[0]?.['owner_name']).toMatch(/^'=HYPERLINK\("https:\/\/a\.invalid","x"\)\\u001b\[31m/);
  });

  test('starts with a byte-order mark only where a letter needs it', () => {
    expect(text.startsWith('\ufeff"target"')).toBe(true);
    const plain = { ...report, targets: report.targets.slice(1) };
    expect(renderCsv(plain).startsWith('"target"')).toBe(true);
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    ' =1',
    '\u00a0=1',
    '\u3000=1',
    '＝1',
    '＋1',
    '－1',
    '＠A1',
    ' ＝1',
  ])('a cell %j gets an apostrophe', (text) => {
    expect(csvText(text)).toBe(`'${text}`);
  });

  test.each([
    ['\n=1', '\\u000a=1'],
    ['\t=1', '\\u0009=1'],
    ['\r=1', '\\u000d=1'],
    ['a=1', 'a=1'],
    ['1738084522671234', '1738084522671234'],
  ])('a cell %j stands as %j', (text, cell) => {
    expect(csvText(text)).toBe(cell);
  });
});

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly failure?: { readonly message: string; readonly type: string };
  readonly error?: { readonly message: string };
  readonly skipped?: { readonly message: string };
  readonly 'system-out'?: string;
}

interface Suite extends Record<'name' | 'tests' | 'failures' | 'errors' | 'skipped', string> {
  readonly testcase: readonly Case[];
}

describe('JUnit XML, read by fast-xml-parser', () => {
  const xml = renderJunit(report);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'testcase' || name === 'testsuite',
    processEntities: true,
    htmlEntities: true,
  });
  const { testsuites } = parser.parse(xml) as {
    testsuites: Record<string, string> & { testsuite: readonly Suite[] };
  };
  const suites = testsuites.testsuite;
  const count = (cases: readonly Case[], kind: 'failure' | 'error' | 'skipped'): string =>
    String(cases.filter((one) => one[kind] !== undefined).length);

  test('is well formed, without a character that XML 1.0 forbids', () => {
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(xml).toContain('\\u001b[31m\ufffd');
  });

  test('has a suite a target, and numbers that are those of its cases', () => {
    expect(suites.map(({ name }) => name)).toEqual(['group "a"', 'group-b', 'group-c']);
    for (const { tests, failures, errors, skipped, testcase } of suites) {
      expect({ tests, failures, errors, skipped }).toEqual({
        tests: String(testcase.length),
        failures: count(testcase, 'failure'),
        errors: count(testcase, 'error'),
        skipped: count(testcase, 'skipped'),
      });
    }
    expect(testsuites).toMatchObject({ tests: '13', failures: '5', errors: '1', skipped: '3' });
  });

  test.each([
    [0, 'passed'],
    [1, 'system-out'],
    [2, 'skipped'],
    [3, 'failure'],
    [4, 'failure'],
    [5, 'failure'],
    [6, 'skipped'],
  ])('change %i of every outcome became %s', (index, kind) => {
    const one = suites[0]?.testcase[index];
    const kinds = (['failure', 'error', 'skipped', 'system-out'] as const).filter(
      (name) => one?.[name] !== undefined,
    );
    expect(kinds).toEqual(kind === 'passed' ? [] : [kind]);
  });

  test('what the guard and the reading found are cases, and a target in sync is one that passed', () => {
    expect(suites[1]?.testcase.map(({ classname, name }) => `${classname}: ${name}`)).toEqual([
      'group-b.guard: max-removal-share',
      'group-b.guard: last-contact',
      'group-b.problems: manifest.yaml:3:9 digits-normalised',
      'group-b.problems: cloud-unreadable',
      'group-b.contact ops (c-qL4HqKONzOM7a1b2): unbind 1000048568874540 /Production/old-test (no line asks for it)',
    ]);
    expect(suites[2]?.testcase).toEqual([{ classname: 'group-c.run', name: 'in-sync', time: '0.000' }]);
  });

  test('hostile names are text', () => {
    expect(suites[0]?.testcase[0]?.name).toContain('<img src=x onerror=alert(1)> | `@all` \\u202etxt.exe');
  });
});

describe('Prometheus metrics, read by parse-prometheus-text-format', async () => {
  const families = parsePrometheus(await renderMetrics(report));
  const family = (name: string) => families.find((one) => one.name === `rd_reconcile_${name}`);
  const only = (name: string): number => Number(family(name)?.metrics[0]?.value);

  test('every family has its prefix, a help and a type', () => {
    expect(families.length).toBeGreaterThan(10);
    for (const { name, help, type } of families) {
      expect(name).toMatch(/^rd_reconcile_[a-z_]+$/);
      expect(help).toMatch(/^[A-Z].*\.$/);
      expect(type).toBe('GAUGE');
    }
  });

  test('the heartbeat is the end of the run, in seconds', () => {
    expect(only('last_run_timestamp_seconds')).toBe(Date.parse(report.run.finishedAt) / 1000);
    expect(only('last_run_exit_code')).toBe(4);
    expect(only('last_run_duration_seconds')).toBe(12.4);
  });

  test('changes are counted by target, action and outcome', () => {
    const counted = (family('changes')?.metrics ?? []).map(({ labels, value }) => ({ ...labels, value }));
    expect(counted).toHaveLength(8);
    expect(counted).toContainEqual({ target: 'group "a"', action: 'bind', outcome: 'applied', value: '1' });
    expect(counted).toContainEqual({
      target: 'group-b',
      action: 'unbind',
      outcome: 'skipped',
      value: '1',
    });
    expect(family('open_changes')?.metrics.map(({ value }) => value)).toEqual(['5', '1', '0']);
  });

  test('labels hold targets, actions and other words of a fixed list, and never a name of the cloud', () => {
    const labels = families.flatMap(({ metrics }) => metrics.flatMap((one) => Object.keys(one.labels ?? {})));
    expect([...new Set(labels)].sort()).toEqual([
      'action',
      'class',
      'mode',
      'outcome',
      'result',
      'rule',
      'severity',
      'target',
      'version',
    ]);
  });

  test('the oldest drift is the one that stands longest', () => {
    expect(family('oldest_drift_timestamp_seconds')?.metrics[0]?.value).toBe(
      String(Date.parse('2026-11-18T09:30:00.000Z') / 1000),
    );
  });
});

describe('Markdown, read by marked', () => {
  const tokens = marked.lexer(renderMarkdown(report));
  const tables = tokens.filter((token): token is Tokens.Table => token.type === 'table');

  test('has one table row a change, and as many cells as the header', () => {
    const rows = tables.slice(1).flatMap((table) => table.rows);
    expect(rows).toHaveLength(changes.length);
    for (const row of rows) expect(row).toHaveLength(6);
  });

  test('has no tag, link, image or mention that a name brought', () => {
    const kinds = new Set<string>();
    void marked.walkTokens(tokens, ({ type, raw }) => {
      kinds.add(type === 'html' ? `html ${raw}` : type);
    });
    expect([...kinds].filter((kind) => /image|link|html (?!<\/?code>)/.test(kind))).toEqual([]);
  });

  test('shows names whole, with what is dangerous made visible', () => {
    const html = marked.parse(renderMarkdown(report), { async: false });
    expect(html).not.toMatch(/<img|\u202e/);
    expect(html).toContain('&#92;u202etxt&#46;exe');
  });
});
