import { textWidth } from './text-width.ts';

/**
 * Lines of a list that keep within a width; an item is never broken.
 * @param indent  columns before every line
 * @param label  stands before the first item, within the indent
 */
export function wrapList(
  items: readonly string[],
  width: number,
  indent: number,
  label = '',
  separator = ', ',
): string[] {
  const lines: string[] = [];
  const margin = ' '.repeat(indent);
  let line = `${' '.repeat(Math.max(0, indent - label.length))}${label}`;
  let isEmpty = true;
  for (const [index, item] of items.entries()) {
    const piece = index === items.length - 1 ? item : `${item}${separator}`;
    if (!isEmpty && textWidth(line) + textWidth(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = margin;
    }
    line += piece;
    isEmpty = false;
  }
  return isEmpty ? lines : [...lines, line.trimEnd()];
}
