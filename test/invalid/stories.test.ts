import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadManifest } from '../../src/job/load-manifest.ts';
import { ensureBuilt } from '../samples/support/built.ts';
import { reconcile, temporaryFolder } from '../samples/support/processes.ts';
import {
  applyStory,
  CLOUD,
  INVALID,
  linesOf,
  manifestsOf,
  needsCloud,
  openStoryFile,
  planLinesOf,
  stories,
} from './support/stories.ts';

const CAPS = { targetsPerContact: 10, accountsPerAggregator: 200 };
const WRITES = /^(?:Associate|Disassociate|Update)/;
const expected = (story: string): string => readFileSync(join(INVALID, story, 'expected.txt'), 'utf8');

vi.setConfig({ testTimeout: 60_000 });

it('each story has its line in the README, and the other way round', () => {
  const readme = readFileSync(join(INVALID, 'README.md'), 'utf8');
  const told = [...readme.matchAll(/^\| `([a-z0-9-]+)` \| .+ \|$/gm)].map(([, name]) => name);
  expect(told).toEqual([...stories()].sort());
  expect(told.length).toBeGreaterThanOrEqual(60);
});

describe.each(stories())('%s', (story) => {
  it('is told by exactly the problems in expected.txt', async () => {
    const checked = await loadManifest(manifestsOf(story), CAPS, openStoryFile(story));
    expect(checked.ok).toBe(needsCloud(story));
    const { result } = await applyStory(story);
    const shown = needsCloud(story) ? planLinesOf(result.problems) : linesOf(result.problems);
    await expect(shown).toMatchFileSnapshot(join(INVALID, story, 'expected.txt'));
    if (!checked.ok) expect(linesOf(checked.problems)).toBe(linesOf(result.problems));
    expect(result.manifest.files.map(({ path }) => path)).toEqual(manifestsOf(story));
  });

  it('ends apply with 65, and nothing is written', async () => {
    const { result, actions, writersOpened } = await applyStory(story);
    expect({ exitCode: result.exitCode, writersOpened }).toEqual({ exitCode: 65, writersOpened: 0 });
    expect(actions.filter((action) => WRITES.test(action))).toEqual([]);
    expect(actions.length > 0).toBe(needsCloud(story));
  });
});

describe('as a process', () => {
  beforeAll(ensureBuilt, 120_000);

  it.each(['everything-at-once', 'gb18030', 'yaml-alias-bomb', 'files-disagree'])(
    'validate prints the same about %s',
    async (story) => {
      const asked = ['validate', ...manifestsOf(story), '--log-level', 'silent'];
      const { code, stdout } = await reconcile(asked, { cwd: join(INVALID, story) });
      expect({ code, stdout }).toEqual({ code: 65, stdout: expected(story) });
    },
  );

  it.each(['cloud-too-many-targets', 'cloud-id-rounded'])('plan prints the same about %s', async (story) => {
    const folder = temporaryFolder();
    const folders = ['--report-dir', join(folder, 'reports'), '--state-dir', join(folder, 'state')];
    const asked = ['plan', ...manifestsOf(story), '--emulate', CLOUD, '--log-level', 'silent', ...folders];
    const { code, stdout } = await reconcile(asked, { cwd: join(INVALID, story) });
    expect(code).toBe(65);
    for (const line of expected(story).trimEnd().split('\n')) expect(stdout).toContain(line);
  });
});
