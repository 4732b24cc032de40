import { displayText } from './scrub.ts';

/**
 * Any text as code in Markdown, also within a table. In code nothing is a mention, a link, a tag or emphasis.
 * Backticks would end it and bars would end the cell, so with these in it every mark becomes an entity.
 */
export function markdownCode(text: string): string {
  const safe = displayText(text);
  if (safe.trim() === '') return '';
  if (!/[`|]/.test(safe)) return `\`${safe}\``;
  return `<code>${safe.replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`)}</code>`;
}
