/**
 * `npm run bench` measures everything; `npm run bench -- NAME...` only these. The figures are printed and kept
 * in results.json, and as tables in results.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Bench } from './bench.ts';
import { directoriesBench } from './directories-bench.ts';
import { emulatorBench } from './emulator-bench.ts';
import { largeBench } from './large-bench.ts';
import { longRunBench } from './long-run-bench.ts';
import { describeMachine } from './machine.ts';
import { manifestBench } from './manifest-bench.ts';
import { paceBench, travelBench } from './pace-bench.ts';
import { planBench, startUpBench } from './process-bench.ts';
import { readsBench } from './reads-bench.ts';
import { reportBench } from './report-bench.ts';
import { asMarkdown, machineAsMarkdown, type Results } from './results.ts';
import { simulationBench } from './simulation-bench.ts';
import { socketBench } from './socket-bench.ts';
import { yamlBench } from './yaml-bench.ts';

const BENCHES: readonly Bench[] = [
  paceBench,
  travelBench,
  socketBench,
  emulatorBench,
  directoriesBench,
  simulationBench,
  readsBench,
  longRunBench,
  startUpBench,
  planBench,
  manifestBench,
  yamlBench,
  largeBench,
  reportBench,
];
const JSON_FILE = new URL('results.json', import.meta.url);
const MARKDOWN_FILE = new URL('results.md', import.meta.url);

await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    say(`no bench ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}`);
    process.exitCode = 64;
    return;
  }
  const machine = describeMachine();
  say(`${machineAsMarkdown(machine)}\n`);
  for (const bench of BENCHES) {
    if (names.length > 0 && !names.includes(bench.name)) continue;
    const startedAt = performance.now();
    const rows = await bench.run();
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const result = { name: bench.name, what: bench.what, seconds, rows };
    say(asMarkdown(result));
    keep({ ...kept(), [bench.name]: { ...result, machine } });
  }
}

function kept(): Results {
  return existsSync(JSON_FILE) ? (JSON.parse(readFileSync(JSON_FILE, 'utf8')) as Results) : {};
}

function keep(results: Results): void {
  const inOrder = BENCHES.flatMap(({ name }) => results[name] ?? []);
  const byName = Object.fromEntries(inOrder.map((result) => [result.name, result]));
  writeFileSync(JSON_FILE, `${JSON.stringify(byName, undefined, 2)}\n`);
  const tables = inOrder.map((result) => `${asMarkdown(result)}\n${machineAsMarkdown(result.machine)}\n`);
  writeFileSync(MARKDOWN_FILE, tables.join('\n'));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
