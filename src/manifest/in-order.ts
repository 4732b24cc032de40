import type { ManifestFile } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';

/** As somebody reads: file after file, from top to bottom. */
export function inOrder(findings: readonly Problem[], files: readonly ManifestFile[]): readonly Problem[] {
  const rank = new Map(files.map(({ path }, index) => [path, index]));
  const rankOf = ({ source }: Problem): number => rank.get(source?.file ?? '') ?? -1;
  return findings.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      (a.source?.line ?? 0) - (b.source?.line ?? 0) ||
      (a.source?.column ?? 0) - (b.source?.column ?? 0),
  );
}
