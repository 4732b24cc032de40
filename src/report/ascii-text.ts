const SIGNS: Readonly<Record<string, string>> = { '…': '...', '×': 'x', '–': '-', '—': '-', '·': '.' };

/** For terminals that show ASCII only: signs become their like, other letters `\u652f`, so that names can be told apart. */
export const asciiText = (text: string): string =>
  text.replace(/[^\0-~]/g, (unit) => SIGNS[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
