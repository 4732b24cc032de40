import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LoggedCall } from '../../src/emulator/call-log.ts';
import { DEFAULT_CREDENTIAL } from '../../src/emulator/default-credential.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { stateFrom } from '../../src/emulator/state-file.ts';
import type { JournalLine } from '../../src/job/records/journal-line.ts';
import { type Report, reportSchema } from '../../src/report/report-schema.ts';
import { TOOL } from '../samples/support/built.ts';

export { ensureBuilt } from '../samples/support/built.ts';

/** Nothing listens there: a service that answers to users' programs does not use the discard port. */
const CLOSED_PORT = 9;
export const NOBODY = `http://127.0.0.1:${CLOSED_PORT}`;

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that was started and has not been waited for. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  send(signal: NodeJS.Signals): void;
}

/** A folder of a user's own: the working directory of every program started in it, with an empty home inside. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-cli-'));
  readonly #children = new Set<ChildProcess>();

  constructor() {
    mkdirSync(join(this.folder, 'home'));
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return name;
  }

  /** @param env  added to credentials that the emulator takes; undefined takes a variable away */
  start(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Running {
    return this.startNode([TOOL, ...args], env);
  }

  /** Any script, in the same surroundings. */
  startNode(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Running {
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      env: { ...surroundings(this.path('home')), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    const { pid } = child;
    if (pid === undefined) throw new Error('the program could not be started');
    return { pid, ended: endOf(child), send: (signal) => void child.kill(signal) };
  }

  run(args: readonly string[], env?: Readonly<Record<string, string | undefined>>): Promise<Ended> {
    return this.start(args, env).ended;
  }

  async clear(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The newest report, checked against its schema. */
  latestReport(reportDir = 'reports'): Report {
    return this.report('latest', reportDir);
  }

  report(runId: string, reportDir = 'reports'): Report {
    return readReport(readFileSync(this.path(reportDir, runId, 'report.json'), 'utf8'));
  }

  /** Run ids with a folder of their own, oldest first. */
  runIds(reportDir = 'reports'): string[] {
    if (!existsSync(this.path(reportDir))) return [];
    return readdirSync(this.path(reportDir))
      .filter((name) => /^\d{4}-/.test(name))
      .sort();
  }

  /** Of the directory of the test world, by run id. */
  journals(stateDir = '.rd-reconcile'): Map<string, JournalLine[]> {
    const folder = this.path(stateDir, DIRECTORY, 'journal');
    if (!existsSync(folder)) return new Map();
    const names = readdirSync(folder).sort();
    return new Map(
      names.map((name) => [name.replace('.jsonl', ''), parseLines(readFileSync(join(folder, name), 'utf8'))]),
    );
  }
}

export const readReport = (text: string): Report => reportSchema.parse(JSON.parse(text));

/** A desk that is cleared after the test. @param files  that lie on it, by name */
export function desk(files: Readonly<Record<string, string>> = {}): Desk {
  const made = new Desk();
  for (const [name, text] of Object.entries(files)) made.write(name, text);
  onTestFinished(() => made.clear());
  return made;
}

/** An emulator in this process, for one test. */
export async function cloud(state: object = smallState()): Promise<RunningEmulator> {
  const emulator = await startEmulator({ state: stateFrom(state) });
  onTestFinished(() => emulator.close());
  return emulator;
}

const WRITES: readonly string[] = ['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator'];

export const isWrite = ({ action }: { readonly action: string }): boolean => WRITES.includes(action);

export const writesOf = (emulator: RunningEmulator): readonly LoggedCall[] =>
  emulator.cloud.calls().filter(isWrite);

export const DIRECTORY = 'rd-3mNq8W';
const MANAGEMENT = '1738084522670000';
/** The accounts of the test world; the first two are bound to OPS, the first is in GROUP. */
export const ACCOUNTS = Array.from({ length: 8 }, (_, index) => `173808452267123${index}`);
export const OPS = 'c-Operations000001';
export const FINANCE = 'c-Finance000000001';
export const GROUP = 'ca-dacf86d8314e00eb1234';

/** Fast and patient: no lock, no pending time. `changes` replaces whole sections. */
export function smallState(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    directory: {
      id: DIRECTORY,
      rootFolderId: 'r-Zo0kQ1',
      managementAccount: { id: MANAGEMENT, name: 'Holding' },
    },
    accounts: ACCOUNTS.map((id, index) => ({ id, name: `account-${index}` })),
    contacts: [
      { id: OPS, name: 'Operations', members: ACCOUNTS.slice(0, 2) },
      { id: FINANCE, name: 'Finance', members: ['rd-3mNq8W'] },
    ],
    aggregators: [{ id: GROUP, name: 'group', accounts: [ACCOUNTS[0]] }],
    behaviour: { lockScope: 'none', pendingMs: 0, latencyMs: 1 },
    ...changes,
  };
}

/** What the small state already is. */
export const IN_SYNC_MANIFEST = `version: 1
contacts:
  - contact: ${OPS}
    bind: ["${ACCOUNTS[0]}", "${ACCOUNTS[1]}"]
aggregators:
  - aggregator: ${GROUP}
    accounts: ["${ACCOUNTS[0]}"]
`;

/** Two binds in one call, one account more in the group: three changes, two writes. */
export const DRIFT_MANIFEST = `version: 1
contacts:
  - contact: ${OPS}
    bind: ["${ACCOUNTS[0]}", "${ACCOUNTS[1]}", "${ACCOUNTS[2]}", "${ACCOUNTS[3]}"]
aggregators:
  - aggregator: ${GROUP}
    accounts: ["${ACCOUNTS[0]}", "${ACCOUNTS[1]}"]
`;

/** Eight binds of one contact: two calls, one after the other. */
export const TWO_CALLS_MANIFEST = `version: 1
contacts:
  - contact: ${OPS}
    bind: [${ACCOUNTS.map((id) => `"${id}"`).join(', ')}]
`;

/** What the two calls begin from: nobody is bound. */
export const unboundState = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  smallState({ contacts: [{ id: OPS, name: 'Operations' }], ...changes });

/** The arguments of an apply that waits for its answers as long as a test needs. */
export const patientApply = ({ url }: RunningEmulator): string[] => [
  'apply',
  'manifest.yaml',
  '--endpoint',
  url,
  '--settle',
  '1s',
  '--call-timeout',
  '1h',
];

/** Nothing of the developer's own environment but where programs are; no metadata service, no other source of keys. */
function surroundings(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    ALIBABA_CLOUD_ACCESS_KEY_ID: DEFAULT_CREDENTIAL.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEFAULT_CREDENTIAL.accessKeySecret,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
    ALIBABA_CLOUD_CREDENTIALS_URI: `${NOBODY}/credentials`,
  };
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { code, signal, stdout, stderr };
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const part of stream ?? []) text += String(part);
  return text;
}

/** A line that was cut off by a kill is left out. */
function parseLines(text: string): JournalLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as JournalLine];
    } catch {
      return [];
    }
  });
}
