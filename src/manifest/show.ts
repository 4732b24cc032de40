const MAX_SHOWN = 60;
const EMAIL = /[^\s@"'<>,;]+@[^\s@"'<>,;]+/g;
/** Mobile numbers of mainland China, and anything written with a country code. */
const PHONE = /(?<![\d.])(?:\+\d{1,3}[- ]?\d{6,12}|(?:86[- ]?)?1[3-9]\d{9})(?!\d)/g;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text from a file, quoted for a message: on one line, cut to 60 characters, without e-mail addresses,
 * phone numbers and characters that a terminal would act on.
 */
export function show(text: string): string {
  const harmless = text
    .slice(0, MAX_SHOWN * 4)
    .replace(EMAIL, '<e-mail address>')
    .replace(PHONE, '<phone number>')
    .replace(UNPRINTABLE, '\ufffd');
  const characters = Array.from(harmless);
  return characters.length > MAX_SHOWN ? `"${characters.slice(0, MAX_SHOWN).join('')}..."` : `"${harmless}"`;
}

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text.trim());

/** `a, b or c` */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

export const count = (n: number, singular: string): string => `${n} ${n === 1 ? singular : `${singular}s`}`;
