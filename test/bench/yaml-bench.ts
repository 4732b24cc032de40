import { load } from 'js-yaml';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { type Bench, type Row, repeat, spreadOf } from './bench.ts';

const OWNERS = 500;
const MEMBERS = 200;
const ENTRIES = OWNERS * MEMBERS;
const RUNS = 7;
/** A spreadsheet shortened it. */
const BROKEN = '1.73808E+15';

interface Manifest {
  readonly name: string;
  readonly text: string;
  /** Where the broken id stands, from 1. */
  readonly line: number;
  readonly column: number;
}

export const yamlBench: Bench = {
  name: 'yaml',
  what:
    `A YAML manifest of ${ENTRIES} account ids with a problem in the last one, read and checked to the line and column of that problem, ` +
    `beside js-yaml's load alone on the same text; median (least to greatest) of ${RUNS} runs in turns, after one to warm up.`,
  run: async () => Promise.all([idsOnly(), withNames()].map(rowOf)),
};

async function rowOf(manifest: Manifest): Promise<Row> {
  const bytes = new TextEncoder().encode(manifest.text);
  const runs = await repeat(RUNS + 1, async () => {
    const alone = timeOf(() => load(manifest.text));
    const ours = timeOf(() => check(manifest, bytes));
    return { alone, ours, ratio: ours / alone };
  });
  const warm = runs.slice(1);
  return {
    members: manifest.name,
    'text, MB': bytes.length / 1_000_000,
    'js-yaml alone, ms': spreadOf(warm.map(({ alone }) => alone)),
    'read and checked, ms': spreadOf(warm.map(({ ours }) => ours)),
    times: spreadOf(warm.map(({ ratio }) => ratio)),
  };
}

function check({ line, column }: Manifest, bytes: Uint8Array): void {
  const result = readManifest([{ path: 'manifest.yaml', bytes }], DEFAULT_LIMITS);
  const found = result.ok ? [] : result.problems.map(({ source }) => `${source?.line}:${source?.column}`);
  if (found.join() !== `${line}:${column}`)
    throw new Error(`a problem was found at ${found.slice(0, 5).join()}`);
}

const idsOnly = (): Manifest => manifestOf('an id a line', (id) => [`      - ${id}`], '      - '.length + 1);

const withNames = (): Manifest =>
  manifestOf(
    'an id and a name',
    (id, n) => [`      - id: ${id}`, `        name: "account ${n}"`],
    '      - id: '.length + 1,
  );

function manifestOf(
  name: string,
  linesOf: (id: string, n: number) => readonly string[],
  column: number,
): Manifest {
  const lines = ['version: 1', 'aggregators:'];
  let line = 0;
  for (let owner = 0; owner < OWNERS; owner += 1) {
    lines.push(`  - aggregator: ca-${String(owner).padStart(20, '0')}`, '    accounts:');
    for (let member = 0; member < MEMBERS; member += 1) {
      const n = owner * MEMBERS + member;
      line = lines.length + 1;
      lines.push(...linesOf(n === ENTRIES - 1 ? BROKEN : `"${1_738_084_522_000_001 + n * 7}"`, n));
    }
  }
  return { name, text: `${lines.join('\n')}\n`, line, column };
}

function timeOf(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
