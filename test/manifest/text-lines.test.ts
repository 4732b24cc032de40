import { describe, expect, it } from 'vitest';
import { MAX_LINE_LENGTH, TextLines } from '../../src/manifest/text-lines.ts';

function linesOf(...pieces: readonly string[]): readonly (readonly [number, string])[] {
  const lines: [number, string][] = [];
  const reader = new TextLines((content, number) => lines.push([number, content]));
  for (const piece of pieces) reader.push(piece);
  expect(reader.end()).toBe(lines.length);
  return lines;
}

describe('the lines of a text in pieces', () => {
  it.each<[readonly string[], readonly string[]]>([
    [[], []],
    [[''], []],
    [['a'], ['a']],
    [['a\n'], ['a']],
    [['a\nb'], ['a', 'b']],
    [['\n\n'], ['', '']],
    [
      ['a', 'b', '\n', '', '\nc', 'd\ne'],
      ['ab', '', 'cd', 'e'],
    ],
  ])('%j are %j', (pieces, expected) => {
    expect(linesOf(...pieces)).toEqual(expected.map((content, index) => [index + 1, content]));
  });

  it('are held up to a length, and counted beyond it', () => {
    const half = 'x'.repeat(MAX_LINE_LENGTH / 2);
    const lines = linesOf(half, half, half, half, '\nnext\n');
    expect(lines.map(([number, content]) => [number, content.length])).toEqual([
      [1, MAX_LINE_LENGTH],
      [2, 4],
    ]);
  });
});
