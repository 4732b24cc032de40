import type { Random } from '../../../src/model/ports.ts';

/** What typing, copying, spreadsheets and broken transfers put where it does not belong. */
const PIECES = [
  '"',
  "'",
  ',',
  ';',
  '\t',
  '\n',
  '\r',
  '\r\n',
  ' ',
  '  ',
  ':',
  ': ',
  '-',
  '- ',
  '\n- ',
  '#',
  ' #',
  '\n#',
  '*',
  '&a ',
  '!',
  '!!int ',
  '|',
  '>',
  '|\n',
  '{',
  '}',
  '[',
  ']',
  '[]',
  '?',
  '? ',
  '%',
  '%YAML 1.2\n',
  '---\n',
  '...\n',
  '<<: ',
  '~',
  'null',
  '0',
  '9',
  'E+15',
  '.',
  '****',
  '\u200b',
  '\u00a0',
  '\uff10',
  '\u3000',
  '\ufeff',
  '\u2028',
  '\0',
  '\\',
  '""',
  '"\n"',
  'account:',
  'tag:',
  'folder:/',
  'accounts-in:',
  'directory',
  'all-accounts',
  'absent',
  'present',
  'bind:',
  'unbind:',
  'except:',
  'remove:',
  'contact: ',
  'allowEmpty: true',
  'version: 1\n',
  'name: ',
  'id: ',
  '__proto__',
  'constructor: ',
  '=',
  '+',
  '@',
  '\u{1f600}',
  '\u8054\u7cfb\u4eba',
  'sep=;\n',
] as const;

const ENCODER = new TextEncoder();
const BYTES = PIECES.map((piece) => ENCODER.encode(piece));

/** One to three damages to the bytes of a file. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let damaged = bytes;
  for (let left = 1 + below(3, random); left > 0; left -= 1) damaged = damageOnce(damaged, random);
  return damaged;
}

function damageOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = below(bytes.length + 1, random);
  const end = Math.min(bytes.length, at + 1 + below(random() < 0.5 ? 3 : 60, random));
  switch (below(8, random)) {
    case 0:
      return join(bytes.subarray(0, at), bytes.subarray(end));
    case 1:
      return join(bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(at));
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return flipped(bytes, at, random);
    case 4:
      return moved(bytes, at, end, random);
    case 5:
      return join(bytes.subarray(0, at), piece(random), bytes.subarray(end));
    default:
      return join(bytes.subarray(0, at), piece(random), bytes.subarray(at));
  }
}

function moved(bytes: Uint8Array, at: number, end: number, random: Random): Uint8Array {
  const rest = join(bytes.subarray(0, at), bytes.subarray(end));
  const to = below(rest.length + 1, random);
  return join(rest.subarray(0, to), bytes.subarray(at, end), rest.subarray(to));
}

function flipped(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << below(8, random));
  return copy;
}

const piece = (random: Random): Uint8Array => BYTES[below(BYTES.length, random)] ?? new Uint8Array();

const below = (limit: number, random: Random): number => Math.floor(random() * limit);

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
