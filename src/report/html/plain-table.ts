import { type ComponentChild, h } from 'preact';

/** A piece of the page. */
export type Html = ComponentChild;

/**
 * A table that scrolls sideways within itself where the page is narrow, also by keyboard.
 * @param caption  for those who do not see it; say it in a heading as well
 */
export function plainTable(
  caption: string,
  head: readonly string[],
  rows: readonly Html[],
  about: { readonly class?: string } = {},
): Html {
  const cells = head.map((label) => h('th', { scope: 'col' }, label));
  return scrolled(
    `${caption}, table`,
    h('table', about, [
      h('caption', { class: 'unseen' }, caption),
      h('thead', null, h('tr', null, cells)),
      h('tbody', null, [...rows]),
    ]),
  );
}

export const scrolled = (label: string, content: Html): Html =>
  h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, content);
