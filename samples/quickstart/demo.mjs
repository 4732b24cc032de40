#!/usr/bin/env node
// Shows the whole way on one machine, without an account: npm run demo
// An emulator serves cloud.yaml as a process of its own; rd-reconcile reaches it over signed HTTP, as it would the cloud.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

const TOOL = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const STATE = 'cloud.yaml';
const MANIFESTS = ['manifest.yaml', 'manifest.csv'];

/** Each kind of write, and what a plan in a report calls it. */
const WRITES = {
  AssociateMembers: 'associate',
  DisassociateMembers: 'disassociate',
  UpdateAggregator: 'update',
};
const isWrite = ({ action }) => action in WRITES;

async function main() {
  if (!existsSync(TOOL)) throw new Error(`${TOOL} is missing; run npm run build first`);
  const work = copyOfTheSample();
  say(`rd-reconcile stands for: node ${TOOL}`, command(['cd', work]), '');
  const emulator = await startEmulator(work);
  try {
    await tellTheStory(work, emulator.url);
    say('', heading('All steps ended as expected.'), `The reports are in ${join(work, 'reports')}`);
  } finally {
    emulator.process.kill('SIGTERM');
    if (emulator.process.exitCode === null) await once(emulator.process, 'exit');
  }
}

async function tellTheStory(work, url) {
  const [operator, reader] = credentialsOf(readFileSync(join(work, STATE), 'utf8'));
  const options = ['--endpoint', url, '--settle', '3s', '--log-level', 'warn'];
  const plan = ['plan', ...MANIFESTS, ...options];
  const apply = ['apply', ...MANIFESTS, ...options];

  step(1, 'What would change? Asked with a key that may only read.');
  await run(plan, { in: work, as: reader, expect: 2 });
  const calls = await callsOf(url);
  if (calls.some(isWrite)) throw new Error('a plan must not write, and it did');
  say('', `The service received ${calls.length} calls, and none that writes.`);

  step(2, 'Do it. The service is busy once, down once, unreadable once and throttles once.');
  await run(apply, { in: work, as: operator, expect: 0 });
  const planned = plannedCalls(work);

  step(3, 'Is anything left to do?');
  await run(plan, { in: work, as: reader, expect: 0 });

  step(4, 'What the service received of all that.');
  showCalls(await callsOf(url), planned);

  step(5, 'A wrong secret is refused: the signatures are really checked.');
  const stranger = { ...operator, secret: 'not-the-secret' };
  const output = await run(plan, { in: work, as: stranger, expect: 77 });
  if (!output.includes('SignatureDoesNotMatch')) throw new Error('expected the code SignatureDoesNotMatch');
}

/** A folder of its own for the reports, the lock and the journal. */
function copyOfTheSample() {
  const work = mkdtempSync(join(tmpdir(), 'rd-reconcile-demo-'));
  for (const name of [STATE, ...MANIFESTS]) {
    copyFileSync(fileURLToPath(new URL(name, import.meta.url)), join(work, name));
  }
  return work;
}

/** Starts the emulator on a free port. Its first line says where it listens. */
async function startEmulator(work) {
  const args = ['emulate', '--state', STATE];
  say(heading('The emulator, in place of the cloud'), command(['rd-reconcile', ...args]));
  const child = spawn(process.execPath, [TOOL, ...args], { cwd: work, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [first] = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
  if (first === undefined) throw new Error('the emulator did not start');
  say(first);
  return { process: child, url: JSON.parse(first).listening };
}

/** Runs the tool as a process of its own, shows what it says, and insists on its exit code. */
async function run(args, { in: cwd, as, expect }) {
  say(command(['rd-reconcile', ...args]), '');
  const env = environmentOf(as);
  const child = spawn(process.execPath, [TOOL, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    process.stdout.write(text);
  });
  const [code, signal] = await once(child, 'close');
  if (code === expect) return output;
  throw new Error(`${args[0]} ended with ${code ?? signal}, expected exit code ${expect}`);
}

/** The environment of this process, with one key in place of whatever credentials it has. */
function environmentOf({ id, secret }) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ALIBABA_CLOUD_'));
  return {
    ...Object.fromEntries(own),
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
  };
}

/** The keys in the state file, in their order. They open nothing but the emulator. */
function credentialsOf(state) {
  const keys = state.matchAll(/accessKeyId: (\S+)\s+accessKeySecret: (\S+)/g);
  return [...keys].map(([, id, secret]) => ({ id, secret }));
}

async function callsOf(url) {
  const response = await fetch(`${url}/_emulator/calls`);
  return response.json();
}

/** How many calls of each kind the newest report planned. */
function plannedCalls(work) {
  const report = JSON.parse(readFileSync(join(work, 'reports', 'latest', 'report.json'), 'utf8'));
  return report.targets[0].plan.calls;
}

/** A line for each kind of write, and one for all reads. What was done must be what was planned, no call more. */
function showCalls(calls, planned) {
  say(line(['', 'planned', 'received', 'done', 'refused']));
  for (const [action, name] of Object.entries(WRITES)) {
    const done = showRow(
      action,
      planned[name],
      calls.filter((call) => call.action === action),
    );
    if (done !== planned[name]) throw new Error(`${action}: ${done} done, ${planned[name]} planned`);
  }
  showRow(
    'reads',
    '',
    calls.filter((call) => !isWrite(call)),
  );
}

function showRow(name, planned, received) {
  const refused = received.filter(({ status }) => status !== 200);
  const done = received.length - refused.length;
  say(line([name, planned, received.length, done, reasons(refused)]));
  return done;
}

const line = ([name, ...cells]) =>
  `${name.padEnd(20)}${cells.map((cell) => String(cell).padStart(9)).join('')}`.trimEnd();

/** `3 × 429 ConcurrentCallNotSupported, 1 × 502 in HTML`. */
function reasons(refused) {
  const counts = new Map();
  for (const { status, code } of refused) {
    const reason = `${status} ${code ?? 'in HTML'}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a);
  return most.length === 0 ? '-' : `  ${most.map(([reason, count]) => `${count} × ${reason}`).join(', ')}`;
}

const step = (number, title) => say('', '', heading(`${number}. ${title}`));

const heading = (text) => styleText('bold', text);

const command = (words) => styleText('cyan', `$ ${words.join(' ')}`);

function say(...lines) {
  process.stdout.write(`${lines.join('\n')}\n`);
}

await main().catch((error) => {
  process.stderr.write(`demo: ${error.message}\n`);
  process.exitCode = 1;
});
