import { decodeText } from '../../../src/manifest/decode.ts';
import type { ManifestBytes } from '../../../src/manifest/read-manifest.ts';
import type { Manifest, Source } from '../../../src/model/manifest.ts';
import type { Checked } from '../../../src/model/problem.ts';

/** What is written as a member, at the start of a text; digits count wherever they stand. */
const MEMBERS =
  /\d{16}|(?<![\p{L}\p{N}_/=:-])(?:fd-\w+|account:\S|accounts-in:|folder:|tag:|all-accounts|management-account|directory(?!["']?\s*:))/gu;

/**
 * Lines of a file with an entry that is neither in what was read nor in a finding. Goes by the text alone: it
 * shares nothing with the readers but the decoding.
 */
export function untold(file: ManifestBytes, result: Checked<Manifest>): readonly string[] {
  if (!result.ok) return result.problems.some(({ severity }) => severity === 'error') ? [] : ['no error'];
  const text = decodeText(file.path, file.bytes, Infinity).text ?? '';
  const lines = text.split('\n');
  const places = placesOf(result.value, result.warnings);
  const told = new Map<number, number>();
  for (const { line } of places) told.set(line, (told.get(line) ?? 0) + 1);
  const entries = file.path.endsWith('.csv') ? rowsIn(lines) : membersIn(lines);
  return entries.flatMap((wanted, index) =>
    (told.get(index + 1) ?? 0) < wanted ? [`line ${index + 1}: ${lines[index]}`] : [],
  );
}

function placesOf(manifest: Manifest, warnings: Extract<Checked<Manifest>, { ok: true }>['warnings']) {
  const owners = [...manifest.contacts, ...manifest.aggregators];
  const places: Source[] = [
    ...owners.flatMap(({ members, except }) => [...members, ...except].map(({ source }) => source)),
    ...manifest.protected.map(({ source }) => source),
  ];
  for (const { source, code, message } of warnings) {
    if (source === undefined) continue;
    const last = code === 'note-lines' ? Number(/to line (\d+)/.exec(message)?.[1]) : source.line;
    for (let line = source.line; line <= last; line += 1) places.push({ ...source, line });
  }
  return places;
}

/** 1 for each line of a table that holds something, below its header. */
function rowsIn(lines: readonly string[]): readonly number[] {
  let headers = 1;
  return lines.map((line) => {
    if (line.startsWith('#') || /^[\s,;\uff0c"]*(?:""#.*)?$/.test(line)) return 0;
    if (headers > 0 && /^"?sep=/i.test(line)) return 0;
    headers -= 1;
    return headers < 0 ? 1 : 0;
  });
}

/** How many members each line of a YAML manifest names, comments and names of accounts and owners aside. */
const membersIn = (lines: readonly string[]): readonly number[] =>
  lines.map((line) => {
    if (/^\s*(?:-\s+)?(?:contact|aggregator|name):/.test(line)) return 0;
    const said = line
      .replace(/(?:^|\s)#.*$/, '')
      .replace(/\b(?:name|contact|aggregator)["']?:\s*(?:"[^"]*"|'[^']*'|[^,}]*)/g, '');
    return said.match(MEMBERS)?.length ?? 0;
  });
