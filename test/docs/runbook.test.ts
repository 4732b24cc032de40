import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/wire/error-codes.ts';
import { PROBLEMS, SKIPPED } from './runbook-tables.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

function sourceOf(...folders: readonly string[]): string {
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, 'src', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, 'src', folder, name), 'utf8')),
  );
  return files.join('\n');
}

const allIn = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, found]) => found ?? '')),
];

describe('the runbook', () => {
  it('has every problem that a run can tell, and no other', () => {
    const source = sourceOf('job', 'apply', 'commands');
    const told = allIn(source, /(?:problem\(|code: |denied \? )\s*'([a-z]+(?:-[a-z]+)*)'(?!:)/g);
    const codes = told.filter((code) => !NO_PROBLEMS.has(code));
    expect(codes.filter((code) => PROBLEMS[code] === undefined)).toEqual([]);
    expect(Object.keys(PROBLEMS).filter((code) => !source.includes(`'${code}'`))).toEqual([]);
    expect(Object.keys(PROBLEMS)).toEqual(Object.keys(PROBLEMS).toSorted());
  });

  it('has every reason for which the executor and the job skip a change', () => {
    const source = sourceOf('apply', 'job');
    const worded = [
      ...allIn(source, /because: ['`]([^'`]+)['`]/g),
      ...allIn(source, /const because = ['`]([^'`]+)['`]/g),
      ...allIn(source, /(?:#skipAll|withheld|refused)\(\s*['`]([^'`]+)['`]/g),
    ].filter((because) => !ALREADY.has(because));
    expect(worded.length).toBeGreaterThan(8);
    const known = SKIPPED.map(([because]) => because);
    const start = (because: string): string => because.split('${')[0] ?? '';
    expect(worded.filter((because) => !known.some((one) => one.startsWith(start(because))))).toEqual([]);
  });

  it('has every kind of halt', () => {
    const kinds = allIn(readFileSync(join(ROOT, 'src/model/halt.ts'), 'utf8'), /readonly kind: '([a-z]+)'/g);
    expect(kinds.toSorted()).toEqual([
      'deadline',
      'ended',
      'interrupted',
      'refused',
      'systemic',
      'unrecorded',
      'window',
    ]);
    // What ended the run says more than that it has ended.
    expect(SKIPPED.filter(([because]) => because === 'the run has ended')).toEqual([]);
  });

  it('has every rule of the guard', () => {
    const rules = allIn(readFileSync(join(ROOT, 'src/plan/guard.ts'), 'utf8'), /rule: '([a-z-]+)'/g);
    expect(rules).toHaveLength(5);
    expect(rules.filter((rule) => !readme.includes(`\n| \`${rule}\` |`))).toEqual([]);
  });

  it('has every error code of the service with what to do', () => {
    const lacking = ERROR_CODES.filter(
      ({ code }) => !new RegExp(`^\\| \`${code}\` .*[a-z] \\|$`, 'm').test(readme),
    );
    expect(lacking).toEqual([]);
  });
});

/** Outcomes, results and words of other lists, which the pattern meets too. */
const NO_PROBLEMS = new Set(['failed']);

/** Of changes that need nothing any more. */
const ALREADY = new Set([
  'it was so when everything was read back',
  'it left the directory, and the service no longer lets its id be unbound',
]);
