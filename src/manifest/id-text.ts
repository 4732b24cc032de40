import type { Fault } from './finding.ts';
import { show } from './show.ts';

/** What copying from a web page or a chat leaves in an id without being seen, and the spaces that do not break. */
const UNSEEN = /[\u00a0\u00ad\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]/g;
const ID_LIKE = /^(?:['"=`\u2018\u2019+*-]*\d|\*+$|\*+\d|="|(?:fd|rd|r|ca|c)-)/;

/** Nothing to clean: nearly every cell of a large table. */
const PLAIN = /^[!-~]+$/;

export interface CleanText {
  readonly text: string;
  readonly note: Fault | undefined;
}

/**
 * Trims plain space. A text that looks like an id also loses full-width forms, no-break spaces and
 * zero-width characters, with a note; a name keeps every character.
 */
export function cleanText(written: string, what: string): CleanText {
  if (PLAIN.test(written)) return { text: written, note: undefined };
  const trimmed = written.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
  const plain = trimmed.replace(UNSEEN, '').normalize('NFKC').trim();
  if (!ID_LIKE.test(plain)) return { text: trimmed.trim(), note: undefined };
  if (plain === trimmed) return { text: plain, note: undefined };
  return {
    text: plain,
    note: {
      code: 'id-normalised',
      message: `${what} ${show(trimmed)} has full-width or invisible characters; it was read as ${show(plain)}`,
    },
  };
}

interface IdFault {
  readonly code: string;
  readonly pattern: RegExp;
  readonly says: string;
}

/** In order: the first that matches is the one to name. */
const ID_FAULTS: readonly IdFault[] = [
  {
    code: 'id-masked',
    pattern: /^(?:[\d*]*\*[\d*]*|(?:fd|rd|r|ca|c)-[A-Za-z0-9*]*\*[A-Za-z0-9*]*)$/,
    says: 'is masked with stars; paste the whole id',
  },
  {
    code: 'id-scientific',
    pattern: /^[+-]?\d+(?:[.,]\d*)?[eE][+-]?\d+$/,
    says: 'is a number that a spreadsheet shortened; format the column as text and paste the 16 digits again',
  },
  {
    code: 'id-apostrophe',
    pattern: /^['`\u2018\u2019]\d/,
    says: "starts with a spreadsheet's apostrophe, expected 16 digits; remove the apostrophe",
  },
  {
    code: 'id-formula',
    pattern: /^=/,
    says: 'is a spreadsheet formula, expected 16 digits; write the digits alone',
  },
  {
    code: 'id-decimal',
    pattern: /^\d+[.,]\d{1,2}$/,
    says: 'has a decimal part, expected 16 digits; format the column as text and paste the 16 digits again',
  },
  {
    code: 'id-grouped',
    pattern: /^\d+(?:[.,'_ -]+\d+)+$/,
    says: 'has separators between its digits, expected 16 digits in a row; remove them',
  },
  {
    code: 'id-signed',
    pattern: /^[+-]\d+$/,
    says: 'has a sign before its digits, expected 16 digits alone; remove the sign',
  },
  {
    code: 'id-length',
    pattern: /^\d+$/,
    says: 'does not have 16 digits; paste the whole account id',
  },
  {
    code: 'id-malformed',
    pattern: /^(?:\d[\dA-Za-z._-]*|(?:fd|rd|r)-[^/:]*)$/,
    says: 'is no account, folder or directory id (16 digits, fd-..., r-..., rd-...); paste the id again',
  },
];

/** Why a text that looks like an id is none; undefined when it does not look like one. Well-formed ids are the caller's. */
export function idFault(text: string, what: string): Fault | undefined {
  const fault = ID_FAULTS.find(({ pattern }) => pattern.test(text));
  if (fault === undefined) return undefined;
  const digits = fault.code === 'id-length' ? ` (${text.replace(/\D/g, '').length} digits)` : '';
  return { code: fault.code, message: `${what} ${show(text)}${digits} ${fault.says}` };
}
