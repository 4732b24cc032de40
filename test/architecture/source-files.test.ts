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
  // This file has to write such calls to show that they are found.
  expect(
    found.filter(([path, calls]) => calls.length > 0 && !path.endsWith('/source-files.test.ts')),
  ).toEqual([]);
});

// Texts for the search to find, because nothing else here may hold them: no test is turned off by them.
it.each([
  ["it.only('x', f)", ['it.only']],
  ["describe.skip('x', f)", ['describe.skip']],
  ["test.each.skip('x', f)", ['test.each.skip']],
  ["it.todo('x')", ['it.todo']],
  ["it.fails('x', f)", ['it.fails']],
  ["xit('x', f); fdescribe('y', f)", ['xit(', 'fdescribe(']],
  ["it.skipIf(onWindows)('x', f); it('is only skipped', f); exit(1)", []],
])('in %s the calls that turn a test off are %j', (text, calls) => {
  expect(turnedOff(text)).toEqual(calls);
});
