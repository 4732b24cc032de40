import { createHash } from 'node:crypto';
import type { Manifest, ManifestFile } from '../model/manifest.ts';
import type { Checked, Problem } from '../model/problem.ts';
import { readCsv } from './csv-manifest.ts';
import { decodeText } from './decode.ts';
import { checked, error, warning } from './finding.ts';
import type { ManifestLimits } from './limits.ts';
import { mergeManifests } from './merge-manifests.ts';
import { NOTHING_WRITTEN, type ReadFile } from './written-file.ts';
import { readYaml } from './yaml-manifest.ts';

export interface ManifestBytes {
  /** As it is to be named in messages. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads and merges manifest files without the cloud. Every problem of every file is found at once. */
export function readManifest(files: readonly ManifestBytes[], limits: ManifestLimits): Checked<Manifest> {
  const hashed = files.map((file) => ({
    ...file,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
  }));
  const findings: Problem[] = [];
  const distinct = withoutCopies(hashed, findings);
  const read = distinct.map((file) => readFile(file, limits));
  for (const file of read) findings.push(...file.findings);
  const manifest = mergeManifests(
    hashed.map(({ path, sha256 }) => ({ path, sha256 })),
    read.map(({ written }) => written),
    findings,
  );
  findings.push(...wholeManifestProblems(manifest, findings, limits));
  return checked(manifest, inOrder(findings, files));
}

/** As somebody reads: file after file, from top to bottom. */
function inOrder(findings: readonly Problem[], files: readonly ManifestBytes[]): readonly Problem[] {
  const rank = new Map(files.map(({ path }, index) => [path, index]));
  const rankOf = ({ source }: Problem): number => rank.get(source?.file ?? '') ?? -1;
  return findings.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      (a.source?.line ?? 0) - (b.source?.line ?? 0) ||
      (a.source?.column ?? 0) - (b.source?.column ?? 0),
  );
}

function withoutCopies<F extends ManifestFile>(files: readonly F[], findings: Problem[]): readonly F[] {
  return files.filter((file, index) => {
    const first = files.findIndex(({ sha256 }) => sha256 === file.sha256);
    if (first === index) return true;
    const place = { file: file.path, line: 1, column: 1 };
    findings.push(
      warning('file-twice', place, `the file has the same content as ${files[first]?.path}; it is read once`),
    );
    return false;
  });
}

function readFile({ path, bytes }: ManifestBytes, limits: ManifestLimits): ReadFile {
  const { text, findings } = decodeText(path, bytes, limits.maxBytes);
  if (text === undefined) return { written: NOTHING_WRITTEN, findings };
  const file = isTable(path, text) ? readCsv(path, text, limits.maxEntries) : readYaml(path, text);
  return { written: file.written, findings: [...findings, ...file.findings] };
}

/** By the file's extension, else by its first line that says anything: a key with a colon, or a bracket, is YAML. */
function isTable(path: string, text: string): boolean {
  if (/\.(?:csv|tsv)$/i.test(path)) return true;
  if (/\.(?:ya?ml|json)$/i.test(path)) return false;
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  return !/^\s*(?:[{[]|---|%YAML|["']?[A-Za-z]+["']?\s*:(?:\s|$))/.test(first);
}

/** What only shows once all files are read; nothing new is said about files that could not be read. */
function wholeManifestProblems(
  manifest: Manifest,
  findings: readonly Problem[],
  limits: ManifestLimits,
): readonly Problem[] {
  const start = { file: manifest.files[0]?.path ?? 'manifest', line: 1, column: 1 };
  if (manifest.entries > limits.maxEntries) {
    return [
      error(
        'entries-too-many',
        start,
        `the manifest has ${manifest.entries} members, at most ${limits.maxEntries} are read; split it`,
      ),
    ];
  }
  const broken = findings.some(({ severity }) => severity === 'error');
  if (broken || manifest.contacts.length + manifest.aggregators.length > 0) return [];
  return [
    error(
      'manifest-empty',
      start,
      'the manifest names no contact and no aggregator; check that it was written completely',
    ),
  ];
}
