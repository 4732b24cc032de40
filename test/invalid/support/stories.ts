import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCloudReader } from '../../../src/cloud/cloud-reader.ts';
import { EmulatedCloud } from '../../../src/emulator/emulated-cloud.ts';
import { readState } from '../../../src/emulator/state-file.ts';
import type { OpenFile } from '../../../src/job/files/byte-source.ts';
import { runTarget } from '../../../src/job/run-target.ts';
import { HaltSwitch } from '../../../src/model/halt.ts';
import { formatProblem, type Problem } from '../../../src/model/problem.ts';
import type { TargetResult } from '../../../src/model/target-result.ts';
import { displayText } from '../../../src/report/scrub.ts';
import { problemInWords } from '../../../src/report/words.ts';
import { ROOT } from '../../samples/support/built.ts';
import { emulatedCall } from '../../simulation/emulated-call.ts';
import { applySettings } from '../../support/apply-settings.ts';
import { FakeClock } from '../../support/fake-time.ts';
import { heldBytes, notToBeRead } from '../../support/held-bytes.ts';

export const INVALID = join(ROOT, 'samples', 'invalid');
export const CLOUD = join(INVALID, 'cloud.yaml');

export const stories = (): readonly string[] =>
  readdirSync(INVALID, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Those that only the directory shows to be wrong. */
export const needsCloud = (story: string): boolean => story.startsWith('cloud-');

export const manifestsOf = (story: string): readonly string[] =>
  readdirSync(join(INVALID, story))
    .filter((name) => name !== 'expected.txt')
    .sort();

export const openStoryFile =
  (story: string): OpenFile =>
  async (path) =>
    heldBytes(readFileSync(join(INVALID, story, path)));

/** As validate prints them. */
export const linesOf = (problems: readonly Problem[]): string =>
  problems.map((problem) => `${displayText(formatProblem(problem))}\n`).join('');

/** As plan prints them. */
export const planLinesOf = (problems: readonly Problem[]): string =>
  problems
    .map(({ source, code, severity, message }) => {
      const { file = null, line = null, column = null } = source ?? {};
      return `${problemInWords({ code, severity, file, line, column, message })}\n`;
    })
    .join('');

export interface Applied {
  readonly result: TargetResult;
  /** Every action that the service received. */
  readonly actions: readonly string[];
  readonly writersOpened: number;
}

/** Applies a story to the emulator's core, in virtual time. */
export async function applyStory(story: string): Promise<Applied> {
  const clock = new FakeClock();
  const cloud = new EmulatedCloud(readState(readFileSync(CLOUD, 'utf8')), { now: () => clock.now() });
  let writersOpened = 0;
  const unexpected = (what: string) => (): never => {
    throw new Error(`${what} was not to be asked for`);
  };
  const work = runTarget(applySettings({ manifest: manifestsOf(story) }), {
    readFile: notToBeRead,
    openFile: openStoryFile(story),
    reader: createCloudReader(emulatedCall(cloud, clock, 10_000, WATCHES_NOTHING)),
    lock: async () => undefined,
    openWriter: () => {
      writersOpened += 1;
      throw new Error('a writer was opened');
    },
    refusedLeavers: () => new Set(),
    loadExecutor: unexpected('an executor'),
    openJournal: unexpected('a journal'),
    earlierWritesUntil: () => undefined,
    clock,
    random: () => 0.5,
    newToken: unexpected('a token'),
    halt: new HaltSwitch(),
    emit: () => undefined,
  });
  const result = await clock.finish(work);
  return { result, actions: cloud.calls().map(({ action }) => action), writersOpened };
}

const WATCHES_NOTHING = { leaving: () => undefined, received: () => undefined, answered: () => undefined };
