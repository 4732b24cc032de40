/** The forms of ids. Prefixes and the 16 digits are documented; how long an id is behind its prefix is not, and not checked. */
export const ID_FORMS = {
  account: { pattern: /^\d{16}$/, words: 'an account id of 16 digits, as text' },
  folder: { pattern: /^fd-[A-Za-z0-9]+$/, words: 'a folder id: fd-...' },
  root: { pattern: /^r-[A-Za-z0-9]+$/, words: 'the root folder id: r-...' },
  directory: { pattern: /^rd-[A-Za-z0-9]+$/, words: 'a resource directory id: rd-...' },
  contact: { pattern: /^c-[A-Za-z0-9]+$/, words: 'a contact id: c-...' },
  aggregator: { pattern: /^ca-[A-Za-z0-9]+$/, words: 'an account group id: ca-...' },
  target: {
    pattern: /^(\d{16}|(fd|rd|r)-[A-Za-z0-9]+)$/,
    words: 'the id of an account, a folder or the directory',
  },
} as const;

export type IdKind = keyof typeof ID_FORMS;

export const hasForm = (kind: IdKind, text: string): boolean => ID_FORMS[kind].pattern.test(text);
