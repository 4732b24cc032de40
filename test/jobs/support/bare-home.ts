import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../../src/emulator/server.ts';
import { statesFrom } from '../../../src/emulator/several-states.ts';
import { readState } from '../../../src/emulator/state-file.ts';
import { type Report, reportSchema } from '../../../src/report/report-schema.ts';
import { ROOT, TOOL } from '../../samples/support/built.ts';
import { CLOUD, type Key, OPERATOR, READER } from '../../samples/support/quickstart.ts';

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

/** Directories where every system keeps its programs. */
export const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';

/**
 * The home of a user who has jobs/ and samples/ in ~/rd-reconcile, the program installed as `rd-reconcile`, and the
 * sample's keys as profiles. Programs get PATH and HOME and nothing else, as cron gives them.
 */
export class BareHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-home-'));
  readonly emulator: RunningEmulator;

  constructor(emulator: RunningEmulator) {
    this.emulator = emulator;
    for (const name of ['jobs', 'samples'])
      cpSync(join(ROOT, name), this.path('rd-reconcile', name), { recursive: true });
    for (const name of ['bin', '.aliyun', 'tmp']) mkdirSync(this.path(name));
    this.#installTool();
    writeFileSync(this.path('.aliyun', 'config.json'), JSON.stringify({ current: '', profiles: PROFILES }));
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  job(...parts: readonly string[]): string {
    return this.path('rd-reconcile', 'jobs', ...parts);
  }

  read(...parts: readonly string[]): string {
    return readFileSync(this.path(...parts), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  /** A program of that name, found before those of the system. */
  install(name: string, script: string): void {
    const path = this.path('bin', name);
    writeFileSync(path, script);
    chmodSync(path, 0o755);
  }

  /** Through the shell that cron uses. @param env  PATH and HOME are there without */
  sh(
    command: string,
    env: Readonly<Record<string, string>> = {},
    { shell = ['/bin/sh', '-c'], cwd = this.folder } = {},
  ): Promise<Ended> {
    return this.start(command, env, { shell, cwd }).ended;
  }

  /** The same, not waited for. A command that begins with exec can be killed. */
  start(
    command: string,
    env: Readonly<Record<string, string>> = {},
    { shell = ['/bin/sh', '-c'], cwd = this.folder } = {},
  ): Running {
    const [program = '', ...flags] = shell;
    return started(program, [...flags, command], {
      cwd,
      env: { HOME: this.folder, ...env, PATH: `${this.path('bin')}:${env['PATH'] ?? SYSTEM_PATH}` },
    });
  }

  /** The newest report in a folder, checked against its schema. */
  report(...reportDir: readonly string[]): Report {
    return readReport(this.path(...reportDir, 'latest', 'report.json'));
  }

  /** Actions that wrote, as the service received them. */
  writes(): string[] {
    return this.emulator.cloud
      .calls()
      .map(({ action }) => action)
      .filter((action) => WRITES.includes(action));
  }

  /** Where the cloud is, and how patient the run is, are the only things that the jobs' own lines do not decide. */
  #installTool(): void {
    const connected = `"$@" --endpoint ${this.emulator.url} --settle 1s`;
    this.install(
      'rd-reconcile',
      `#!/bin/sh
case $1 in
  run | plan | apply | undo) exec '${process.execPath}' '${TOOL}' ${connected} ;;
  *) exec '${process.execPath}' '${TOOL}' "$@" ;;
esac
`,
    );
  }
}

const WRITES: readonly string[] = ['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator'];

const SAMPLE_STATE = readFileSync(CLOUD, 'utf8');

const PROFILES = [
  { name: 'nightly', ...profileOf(OPERATOR) },
  { name: 'migration', ...profileOf(OPERATOR) },
  { name: 'auditor', ...profileOf(READER) },
];

function profileOf({ id, secret }: Key) {
  return { mode: 'AK', access_key_id: id, access_key_secret: secret, region_id: 'cn-hangzhou' };
}

export const readReport = (path: string): Report =>
  reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

/** A home before the cloud of the sample, or of the state given; both are gone after the test. */
export async function bareHome(state?: object): Promise<BareHome> {
  const emulator = await startEmulator({
    state: state === undefined ? readState(SAMPLE_STATE) : statesFrom(state),
  });
  const home = new BareHome(emulator);
  onTestFinished(async () => {
    await emulator.close();
    rmSync(home.folder, { recursive: true, force: true });
  });
  return home;
}

interface Where {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export const ended = (program: string, args: readonly string[], where: Where): Promise<Ended> =>
  started(program, args, where).ended;

function started(program: string, args: readonly string[], where: Where): Running {
  const child = spawn(program, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
  return { ended: endOf(child), kill: (signal) => void child.kill(signal) };
}

async function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const part of stream) text += String(part);
  return text;
}
