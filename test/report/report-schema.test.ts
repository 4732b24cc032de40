import { expect, test } from 'vitest';
import * as z from 'zod';
import { type Report, reportSchema } from '../../src/report/report-schema.ts';
import { planRecord, reportOf, runRecord, targetResult } from './sample-run.ts';

const unread = targetResult({
  result: 'failed',
  exitCode: 69,
  actual: undefined,
  plan: undefined,
  outcomes: new Map(),
  calls: [],
  coverage: undefined,
  verification: { status: 'not-run', residual: [] },
  problems: [{ code: 'read-failed', severity: 'error', source: undefined, message: 'no answer' }],
});

test.each([
  ['an apply with every outcome', runRecord()],
  ['a plan', planRecord()],
  ['a run that read nothing', runRecord({ targets: [unread] })],
  ['a run without targets', runRecord({ targets: [] })],
  ['a run over two directories', runRecord({ targets: [targetResult(), unread] })],
])('the schema accepts the report of %s, also after a round trip through a file', (_, run) => {
  const report = reportOf(run);
  expect(reportSchema.parse(report)).toEqual(report);
  expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toStrictEqual(report);
});

type Path = readonly (string | number)[];

/** Every object in the report, by the way that leads to it. Records have free keys and are left out. */
function objectPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, item]) => objectPaths(item, [...path, key]));
  const free = Array.isArray(value) || path.at(-1) === 'byAction' || path.at(-1) === 'byFailure';
  return free ? below : [path, ...below];
}

function at(report: Report, path: Path): Record<string, unknown> {
  let value: unknown = report;
  for (const key of path) value = (value as Record<string, unknown>)[key];
  return value as Record<string, unknown>;
}

const full = reportOf(runRecord({ targets: [targetResult({ problems: unread.problems })] }));
/** `timeline`, `map`, `protected` and `estimate` came later: reports without them are still read. */
const OPTIONAL = new Set(['path', 'requestId', 'timeline', 'map', 'protected', 'estimate']);
const mayLack = (path: Path, name: string): boolean =>
  OPTIONAL.has(name) || (name === 'subject' && path.includes('reasons'));

test.each(objectPaths(full).map((path) => [path.join('.') || 'the top', path] as const))(
  'at %s the schema refuses a field that it does not know, and misses every one that it does',
  (_, path) => {
    const extra = structuredClone(full);
    at(extra, path)['surprise'] = 1;
    expect(reportSchema.safeParse(extra).success).toBe(false);
    for (const key of Object.keys(at(full, path)).filter((name) => !mayLack(path, name))) {
      const lacking = structuredClone(full);
      delete at(lacking, path)[key];
      expect(reportSchema.safeParse(lacking).success, key).toBe(false);
    }
  },
);

test.each([
  ['another schema version', ['schemaVersion'], 2],
  ['an id that is a number', ['targets', 0, 'directoryId'], 1738084522671234],
  ['a time without its zone', ['run', 'startedAt'], '2026-11-21T09:30:00'],
  ['a mode that does not exist', ['run', 'mode'], 'dry'],
  ['an outcome that does not exist', ['targets', 0, 'changes', 0, 'outcome', 'status'], 'done'],
  ['line 0', ['targets', 0, 'changes', 0, 'source', 'line'], 0],
  ['half a call', ['targets', 0, 'calls', 'total'], 0.5],
] as const)('the schema refuses %s', (_, path, value) => {
  const report = structuredClone(full);
  at(report, path.slice(0, -1))[String(path.at(-1))] = value;
  expect(reportSchema.safeParse(report).success).toBe(false);
});

test('a JSON Schema can be made of it that closes every object', () => {
  const schema = z.toJSONSchema(reportSchema);
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  expect(schema.required).toEqual(['schemaVersion', 'tool', 'run', 'targets']);
});
