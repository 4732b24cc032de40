import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What figures depend on, one line each. */
export function describeMachine(): Readonly<Record<string, string>> {
  return {
    processor: `${cpus()[0]?.model ?? 'not known'}, ${availableParallelism()} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${type()} ${release()}`,
    'load when it began': loadavg()[0]?.toFixed(1) ?? 'not known',
    node: process.version,
    'rd-reconcile': versionOf('../../package.json'),
    ...Object.fromEntries(
      COMPARED.map((name) => [name, versionOf(`../../node_modules/${name}/package.json`)]),
    ),
  };
}

const COMPARED = ['p-limit', 'p-retry', '@alicloud/openapi-client'];

function versionOf(path: string): string {
  const text = readFileSync(new URL(path, import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version?: unknown }).version);
}
