import type { Manifest } from '../model/manifest.ts';
import type { Checked, Problem } from '../model/problem.ts';
import { beyondCaps } from './beyond-caps.ts';
import type { FileRead } from './file-reading.ts';
import { checked, error, warning } from './finding.ts';
import { inOrder } from './in-order.ts';
import type { ManifestLimits } from './limits.ts';
import { mergeManifests } from './merge-manifests.ts';

/** One manifest out of files that were read, and every problem of any of them. */
export function joinFiles(files: readonly FileRead[], limits: ManifestLimits): Checked<Manifest> {
  const findings: Problem[] = [];
  const distinct = withoutCopies(files, findings);
  for (const file of distinct) findings.push(...file.findings);
  const asGiven = files.map(({ file }) => file);
  const manifest = mergeManifests(
    asGiven,
    distinct.map(({ written }) => written),
    findings,
  );
  findings.push(...wholeManifestProblems(manifest, findings, limits));
  if (limits.capsWritten) findings.push(...beyondCaps(manifest, limits));
  return checked(manifest, inOrder(findings, asGiven));
}

/** A file that is given twice is read once: all of its entries would stand there already. */
function withoutCopies(files: readonly FileRead[], findings: Problem[]): readonly FileRead[] {
  return files.filter(({ file }, index) => {
    const first = files.findIndex((other) => other.file.sha256 === file.sha256);
    if (first === index) return true;
    const place = { file: file.path, line: 1, column: 1 };
    const original = files[first]?.file.path;
    findings.push(
      warning('file-twice', place, `the file has the same content as ${original}; it is read once`),
    );
    return false;
  });
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
