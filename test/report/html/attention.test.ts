import { expect, test } from 'vitest';
import { attentionItems } from '../../../src/report/html/attention.ts';
import { inlineJson } from '../../../src/report/html/inline-json.ts';
import { gravestFirst } from '../../../src/report/html/overview.ts';
import { reportOf, runRecord, targetResult } from '../sample-run.ts';
import { troubledReport } from './sample-pages.ts';

test('what needs a person stands gravest first, with its directory and what to do', () => {
  const items = attentionItems(troubledReport());
  expect(items.map(({ kind, where }) => `${kind} ${where}`)).toEqual([
    'error payments',
    'error retail',
    'guard retail',
    'guard retail',
    'failed payments',
    'uncertain payments',
    'not-visible payments',
    'residual payments',
    'residual retail',
    'unreached payments',
    'unreached retail',
    'skipped payments',
    'warning payments',
    'warning retail',
  ]);
  expect(items[2]).toEqual({
    kind: 'guard',
    found: 'max-removals: 4 removals are more than 1',
    remedy: 'pass --allow-removals 4',
    where: 'retail',
  });
  expect(items[4]).toMatchObject({
    found: '1 change: InvalidMember',
    remedy:
      'no member of the directory, says the service; run again, and if that stays so take it out of the manifest',
  });
});

test('the fault of a thousand lines takes ten places', () => {
  const fault = { code: 'x', severity: 'error', source: undefined, message: 'wrong' } as const;
  const target = targetResult({ problems: Array.from({ length: 1000 }, () => fault), plan: undefined });
  const items = attentionItems(reportOf(runRecord({ targets: [target] }))).filter(
    ({ kind }) => kind === 'error',
  );
  expect(items).toHaveLength(11);
  expect(items.at(-1)?.found).toBe('990 more problems, listed with the details of the run');
});

test('directories stand in the order of gravity of the exit codes, and keep theirs where that is the same', () => {
  const codes = [0, 2, 4, 78, 3, 69, 0, 1];
  const targets = codes.map((exitCode, index) => targetResult({ exitCode, name: String(index) }));
  const sorted = gravestFirst(reportOf(runRecord({ targets })).targets);
  expect(sorted.map(({ exitCode }) => exitCode)).toEqual([1, 78, 69, 4, 3, 2, 0, 0]);
  expect(sorted.filter(({ exitCode }) => exitCode === 0).map(({ name }) => name)).toEqual(['0', '6']);
});

test('JSON in a script element cannot end it, and reads back the same', () => {
  const value = ['</script><!-- <b>', '\u2028\u2029', '"quoted" \\ '];
  const text = inlineJson(value);
  expect(text).not.toMatch(/[<\u2028\u2029]/);
  expect(JSON.parse(text)).toEqual(value);
});
