import { oneOf, show } from './show.ts';

const MAX_SUGGESTIONS = 3;
/** Longer words are not compared: the cost is their product, and the text is not a name. */
const MAX_COMPARED = 64;

/** `; did you mean "x"?`, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near.length === 0 ? '' : `; did you mean ${oneOf(near.map(show))}?`;
}

/** The nearest candidates, at most three, best first: no further off than a third of the word's length. */
export function nearest(word: string, candidates: Iterable<string>): readonly string[] {
  const wanted = word.toLowerCase();
  if (wanted.length > MAX_COMPARED) return [];
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance <= limit) found.push({ candidate, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return found.slice(0, MAX_SUGGESTIONS).map(({ candidate }) => candidate);
}

/**
 * Insertions, deletions, replacements and swaps of neighbours between two words.
 * Damerau-Levenshtein in the restricted form: no part is edited twice.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? at(beforeLast, j - 2) + 1
          : Infinity;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
