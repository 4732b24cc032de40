// Combining marks and characters without a shape of their own.
const NO_WIDTH = /^[\p{M}\p{Cf}]$/u;
// East Asian wide and full-width blocks, and emoji (Unicode Standard Annex 11, by block).
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns that a text takes on a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text itself, or as much of its start or end as fits in that many columns, with `…` for the rest. */
export function shortenText(text: string, columns: number, keep: 'start' | 'end' = 'start'): string {
  if (textWidth(text) <= columns) return text;
  const characters = [...text];
  const kept =
    keep === 'start' ? fitting(characters, columns) : fitting(characters.reverse(), columns).reverse();
  return keep === 'start' ? `${kept.join('')}…` : `…${kept.join('')}`;
}

/** As many of the first characters as leave a column free. */
function fitting(characters: readonly string[], columns: number): string[] {
  const kept: string[] = [];
  let width = 1;
  for (const character of characters) {
    width += characterWidth(character);
    if (width > columns) break;
    kept.push(character);
  }
  return kept;
}

function characterWidth(character: string): number {
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
