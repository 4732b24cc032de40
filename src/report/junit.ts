import { createCB } from 'xmlbuilder2';
import { type JunitCase, junitCases } from './junit-cases.ts';
import type { Report, ReportTarget } from './report-schema.ts';
import { xmlText } from './xml-text.ts';

type Writer = ReturnType<typeof createCB>;

/**
 * The run for a CI server that shows tests: a suite a target, a case a change, and a case for everything else that
 * needs a person. Written piece by piece, without a tree of the whole.
 */
export function renderJunit(report: Report): string {
  const pieces: string[] = [];
  const xml = createCB({ data: (piece: string) => void pieces.push(piece), prettyPrint: true });
  const suites = report.targets.map((target) => ({ target, cases: junitCases(target) }));
  xml.dec({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', {
    name: `${report.tool.name} ${report.run.mode}`,
    ...totalsOf(suites.flatMap(({ cases }) => cases)),
    time: seconds(report.run.elapsedMs),
  });
  for (const { target, cases } of suites) writeSuite(xml, report, target, cases);
  xml.end();
  return `${pieces.join('')}\n`;
}

function writeSuite(xml: Writer, { run }: Report, target: ReportTarget, cases: readonly JunitCase[]): void {
  const name = xmlText(target.name);
  xml.ele('testsuite', { name, ...totalsOf(cases), timestamp: run.startedAt.replace(/Z$/, '') });
  xml.ele('properties');
  for (const [key, value] of propertiesOf(target)) xml.ele('property', { name: key, value }).up();
  xml.up();
  for (const one of cases) writeCase(xml, name, one);
  xml.up();
}

function writeCase(xml: Writer, suite: string, { of, name, elapsedMs, verdict }: JunitCase): void {
  xml.ele('testcase', { classname: `${suite}.${of}`, name, time: seconds(elapsedMs) });
  if (verdict.status === 'noted') xml.ele('system-out').txt(verdict.text).up();
  else if (verdict.status === 'skipped') xml.ele('skipped', { message: verdict.text }).up();
  else if (verdict.status !== 'passed') {
    xml.ele(verdict.status, { type: verdict.type, message: verdict.text }).up();
  }
  xml.up();
}

function propertiesOf({ directoryId, plan, result, exitCode }: ReportTarget): [string, string][] {
  return [
    ['result', result],
    ['exitCode', String(exitCode)],
    ...(directoryId === null ? [] : [['directoryId', xmlText(directoryId)] satisfies [string, string]]),
    ...(plan === null ? [] : [['digest', xmlText(plan.digest)] satisfies [string, string]]),
  ];
}

function totalsOf(cases: readonly JunitCase[]): Record<string, string> {
  const count = (status: JunitCase['verdict']['status']): string =>
    String(cases.filter(({ verdict }) => verdict.status === status).length);
  return {
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
