import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { otherNames, programFiles, turnedOff } from './source-files.ts';

it('files and folders are named in kebab case', () => {
  const files = [...programFiles('src'), ...programFiles('test')];
  expect(files).toEqual(expect.arrayContaining(['src/main.ts', 'test/architecture/source-files.test.ts']));
  expect(otherNames(files)).toEqual([]);
});

it.each([
  ['src/plan/build-plan.ts', true],
  ['test/signature-v3.test.ts', true],
  ['test/diff/diff.properties.test.ts', true],
  ['src/cloud/proxy-from-env.d.ts', true],
  ['src/cloud/proxyFromEnv.d.ts', false],
  ['src/plan/buildPlan.ts', false],
  ['src/Plan/build.ts', false],
  ['src/plan/build_plan.ts', false],
  ['src/plan/build-plan.spec.ts', false],
])('whether %s is in kebab case: %s', (path, fits) => {
  expect(otherNames([path])).toEqual(fits ? [] : [path]);
});

it('no test is turned off, and none keeps the others from running', () => {
  const tests = programFiles('test').filter((path) => path.endsWith('.test.ts'));
  const found = tests.map((path) => [path, turnedOff(readFileSync(path, 'utf8'))] as const);
  expect(found.filter(([, calls]) => calls.length > 0)).toEqual([]);
});

it.each([
  ['it', 'only'],
  ['describe', 'skip'],
  ['test', 'each.skip'],
  ['it', 'todo'],
  ['it', 'fails'],
])('a test is turned off by %s with %s behind it', (runner, modifier) => {
  const call = `${runner}.${modifier}`;
  expect(turnedOff(`${call}('x', f)`)).toEqual([call]);
});

it.each([
  ['x', 'it'],
  ['f', 'describe'],
])('a test is turned off by the letter %s before %s', (letter, runner) => {
  const call = `${letter}${runner}(`;
  expect(turnedOff(`${call}'x', f)`)).toEqual([call]);
});

it('a test that runs where it can is not turned off, and neither are words like it', () => {
  expect(turnedOff("it.skipIf(onWindows)('x', f); it('is only skipped', f); exit(1)")).toEqual([]);
});
