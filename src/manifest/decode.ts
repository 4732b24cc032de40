import type { Problem } from '../model/problem.ts';
import { error } from './finding.ts';
import { TextPieces } from './text-pieces.ts';

/** A file as text with line feeds only and no byte-order mark; undefined when it cannot be read as text. */
export interface Decoded {
  readonly text: string | undefined;
  readonly findings: readonly Problem[];
}

/**
 * The text of a whole file, in any encoding that {@link TextPieces} reads: UTF-8 first, then GB18030.
 * @param maxBytes  a larger file is refused before it is decoded
 */
export function decodeText(path: string, bytes: Uint8Array, maxBytes: number): Decoded {
  if (bytes.length > maxBytes)
    return { text: undefined, findings: [fileTooLarge(path, bytes.length, maxBytes)] };
  return decodeAs(path, bytes) ?? decodeAs(path, bytes, 'gb18030') ?? { text: undefined, findings: [] };
}

export const fileTooLarge = (file: string, bytes: number, maxBytes: number): Problem =>
  error(
    'file-too-large',
    { file, line: 1, column: 1 },
    `the file has ${bytes} bytes, at most ${maxBytes} are read; split it`,
  );

function decodeAs(path: string, bytes: Uint8Array, fallback?: 'gb18030'): Decoded | undefined {
  const pieces = new TextPieces(path, fallback);
  const text = pieces.push(bytes) + pieces.flush();
  const end = pieces.end();
  if (end.kind === 'not-utf-8') return undefined;
  return end.kind === 'read'
    ? { text, findings: end.findings }
    : { text: undefined, findings: [end.problem] };
}
