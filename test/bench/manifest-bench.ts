import { parse } from 'csv-parse/sync';
import { DEFAULT_LIMITS } from '../../src/manifest/limits.ts';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { type Bench, type Row, repeat, spreadOf } from './bench.ts';

const ROWS = 100_000;
const RUNS = 7;

const TABLES: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'two columns', text: tableOf('contact_id,member_id', (owner, id) => `${owner},${id}`) },
  {
    name: 'four columns',
    text: tableOf('contact_id,member_id,ensure,note', (owner, id) => `${owner},${id},present,a short note`),
  },
  {
    name: 'every cell in quotes',
    text: tableOf('"contact_id","member_id"', (owner, id) => `"${owner}","${id}"`),
  },
];

export const manifestBench: Bench = {
  name: 'manifest',
  what:
    `A CSV manifest of ${ROWS} rows with a problem in the last one, read and checked to that problem, ` +
    `beside csv-parse/sync alone on the same text; median (least to greatest) of ${RUNS} runs in turns, after one to warm up.`,
  run: async () => Promise.all(TABLES.map(({ name, text }) => rowOf(name, text))),
};

async function rowOf(name: string, text: string): Promise<Row> {
  const bytes = new TextEncoder().encode(text);
  const runs = await repeat(RUNS + 1, async () => {
    const alone = timeOf(() => parse(text));
    const ours = timeOf(() => checkLastRow(bytes));
    return { alone, ours, ratio: ours / alone };
  });
  const warm = runs.slice(1);
  return {
    table: name,
    'csv-parse alone, ms': spreadOf(warm.map(({ alone }) => alone)),
    'read and checked, ms': spreadOf(warm.map(({ ours }) => ours)),
    times: spreadOf(warm.map(({ ratio }) => ratio)),
  };
}

function checkLastRow(bytes: Uint8Array): void {
  const result = readManifest([{ path: 'manifest.csv', bytes }], DEFAULT_LIMITS);
  const places = result.ok ? [] : result.problems.map(({ source }) => source?.line);
  if (places.join() !== String(ROWS + 1)) throw new Error(`the problem was found in line ${places.join()}`);
}

function timeOf(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** Fifty contacts in turn; the last id is one that a spreadsheet shortened. */
function tableOf(header: string, row: (owner: string, id: string) => string): string {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const owner = `c-Sec${String(i % 50).padStart(3, '0')}aBcDeFgHi`;
    return row(owner, i === ROWS - 1 ? '1.73808E+15' : String(1_738_084_522_000_001 + i * 7));
  });
  return `${header}\n${rows.join('\n')}\n`;
}
