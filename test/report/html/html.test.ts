import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/html.ts';
import { PAGE_SCRIPT } from '../../../src/report/html/page-script.ts';
import { planRecord, reportOf, runRecord, targetResult } from '../sample-run.ts';
import { changesReport, directoryReport } from './large-report.ts';
import { hostileReport, troubledReport } from './sample-pages.ts';

const UNREAD = targetResult({
  result: 'failed',
  exitCode: 69,
  actual: undefined,
  plan: undefined,
  outcomes: new Map(),
  calls: [],
  pace: [],
  coverage: undefined,
  verification: { status: 'not-run', residual: [] },
});

const PAGES = {
  'an apply': reportOf(),
  'a plan': reportOf(planRecord()),
  'a run that read nothing': reportOf(runRecord({ targets: [UNREAD] })),
  'a run without targets': reportOf(runRecord({ targets: [] })),
  'every kind of failure': troubledReport(),
  'hostile names': hostileReport(),
};

test('the body of a small report is the one that was looked at', async () => {
  const withoutScript = renderHtml(reportOf()).replace(PAGE_SCRIPT, '');
  await expect(withoutScript.slice(withoutScript.indexOf('<body>'))).toMatchFileSnapshot(
    join(import.meta.dirname, 'golden', 'report-body.html'),
  );
});

describe.each(Object.entries(PAGES))('the page of %s', (_, report) => {
  const html = renderHtml(report);

  test('allows the one style and the one script that stand in it, and nothing else', () => {
    const hashOf = (tag: string) => {
      const [, text] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html) ?? [];
      return `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`;
    };
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).toContain(
      `content="default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; ` +
        `base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(/ style="| on\w+="/);
  });

  test('names no address, loads no file and speaks no undefined', () => {
    expect(html).not.toMatch(
      /<link|<iframe|<object|<embed|<base |@import|url\((?!#)| src=(?!x)| href="(?!#)/,
    );
    const [text = ''] = html.split('<script>');
    expect(text).not.toMatch(/undefined|\[object |NaN|Infinity/);
  });

  test('has one heading of the first level, and skips none below it', () => {
    const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test('gives no id twice, and leads to places that are there', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
    const places = [...html.matchAll(/ (?:href="#|for="|aria-labelledby=")([^"]+)"/g)].map(([, id]) => id);
    expect(places.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('a page stays one that can be opened', () => {
  test('with 50,000 changes: under 8 MB, a fifth of the report', () => {
    const report = changesReport(50_000);
    const html = renderHtml(report);
    expect(html.length).toBeLessThan(8_000_000);
    expect(html.length).toBeLessThan(JSON.stringify(report, null, 2).length / 5);
    expect(html.match(/<tr/g)?.length).toBeLessThan(3000);
  }, 60_000);

  test('with 5,000 accounts: under 2 MB, each with a cell of its own', () => {
    const html = renderHtml(directoryReport(5000));
    expect(html.length).toBeLessThan(2_000_000);
    expect(html.match(/<i class="cell /g)).toHaveLength(5000);
    expect(html.match(/<i class="cell none"/g)).toHaveLength(136);
  });
});
