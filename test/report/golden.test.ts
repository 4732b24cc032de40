import { expect, test } from 'vitest';
import { renderReport } from '../../src/job/report-files/render-report.ts';
import { reportSchema } from '../../src/report/report-schema.ts';
import { renderText } from '../../src/report/text.ts';
import { nightReport } from './support/night-report.ts';

const golden = (name: string): string => new URL(`golden/${name}`, import.meta.url).pathname;

test('the report that the golden files are made from is one', () => {
  expect(reportSchema.parse(nightReport())).toEqual(nightReport());
});

test('text', async () => {
  const options = { color: false, width: 120, reportPath: 'reports/run-1/report.json' };
  await expect(renderText(nightReport(), options)).toMatchFileSnapshot(golden('report.txt'));
});

test.each([
  ['markdown', 'report.md'],
  ['csv', 'report.csv'],
  ['junit', 'junit.xml'],
  ['metrics', 'metrics.prom'],
] as const)('%s', async (format, name) => {
  await expect(await renderReport(nightReport(), format)).toMatchFileSnapshot(golden(name));
});

test.each(['markdown', 'html', 'csv', 'junit', 'metrics'] as const)(
  '%s of a report that was written and read again is the same, byte for byte',
  async (format) => {
    const again = reportSchema.parse(JSON.parse(await renderReport(nightReport(), 'json')));
    expect(await renderReport(again, format)).toBe(await renderReport(nightReport(), format));
  },
);
