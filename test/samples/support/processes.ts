import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { LoggedCall } from '../../../src/emulator/call-log.ts';
import { type Report, reportSchema } from '../../../src/report/report-schema.ts';
import { ROOT, TOOL } from './built.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Where {
  readonly cwd?: string;
  /** Added to an environment without credentials and colours. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. */
export async function run(program: string, args: readonly string[], where: Where = {}): Promise<Ended> {
  const child = start(program, args, where);
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

export const reconcile = (args: readonly string[], where: Where = {}): Promise<Ended> =>
  run(process.execPath, [TOOL, ...args], where);

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An emulator as a process of its own, for one test. @returns its address */
export async function startEmulator(stateFile: string): Promise<string> {
  const child = start(process.execPath, [TOOL, 'emulate', '--state', stateFile], {});
  onTestFinished(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  });
  if (child.stdout === null) throw new Error('the emulator has no output');
  const [first] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return (JSON.parse(first) as { listening: string }).listening;
}

export async function callsOf(url: string): Promise<readonly LoggedCall[]> {
  const response = await fetch(`${url}/_emulator/calls`);
  return (await response.json()) as LoggedCall[];
}

const WRITES: readonly string[] = ['AssociateMembers', 'DisassociateMembers', 'UpdateAggregator'];

export const writesIn = (calls: readonly LoggedCall[]): readonly LoggedCall[] =>
  calls.filter(({ action }) => WRITES.includes(action));

/** The newest report in a report folder, checked against its schema. */
export const latestReport = (reportDir: string): Report =>
  reportSchema.parse(JSON.parse(readFileSync(join(reportDir, 'latest', 'report.json'), 'utf8')));

function start(program: string, args: readonly string[], { cwd = ROOT, env = {} }: Where): ChildProcess {
  return spawn(program, args, {
    cwd,
    env: { ...withoutCredentials(), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function withoutCredentials(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ALIBABA_CLOUD_'));
  return Object.fromEntries(own);
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const part of stream ?? []) text += String(part);
  return text;
}
