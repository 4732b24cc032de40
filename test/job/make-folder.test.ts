import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../../src/job/files/make-folder.ts';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'make-folder-'));
  onTestFinished(() => rmSync(base, { recursive: true }));
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('a folder', () => {
  test('is made with those it stands in, each for its owner only', () => {
    makeFolder(join(base, 'a', 'b', 'c'));
    expect(['a', 'a/b', 'a/b/c'].map((path) => modeOf(join(base, path)))).toEqual([0o700, 0o700, 0o700]);
  });

  test('that is there stays as it is, also behind a link', () => {
    mkdirSync(join(base, 'there'), { mode: 0o755 });
    symlinkSync('there', join(base, 'link'));
    makeFolder(join(base, 'there'));
    makeFolder(join(base, 'link', 'new'));
    expect([modeOf(join(base, 'there')), modeOf(join(base, 'there', 'new'))]).toEqual([0o755, 0o700]);
  });
});

describe('a folder that cannot be made', () => {
  // Node's own way to make folders with their parents spins for ever on the first.
  test.each([
    ['in a file system that takes none', () => '/proc/nope', 'ENOENT'],
    ['anywhere below it', () => '/proc/nope/reports/run', 'ENOENT'],
    ['where a file stands', () => join(base, 'file'), 'EEXIST'],
    ['in a file', () => join(base, 'file', 'reports'), 'ENOTDIR'],
    ['behind a link that leads nowhere', () => join(base, 'dangling'), 'EEXIST'],
  ])('%s: the error says so', (_, path, code) => {
    writeFileSync(join(base, 'file'), '');
    symlinkSync('nowhere', join(base, 'dangling'));
    expect(() => makeFolder(path())).toThrow(expect.objectContaining({ code }));
  });
});
