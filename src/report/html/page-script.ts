import { ROWS_A_PAGE } from './data-table.ts';
import { TONES } from './status-mark.ts';

/**
 * What makes the tables of the page searchable: plain JavaScript for the browser. Without it the page shows all
 * but the later rows of long tables. A test checks its types and runs it in a browser.
 */
export const PAGE_SCRIPT = String.raw`'use strict';
(() => {
  const ROWS_A_PAGE = ${ROWS_A_PAGE};
  /** @type {Record<string, string>} */
  const TONES = ${JSON.stringify(Object.fromEntries(TONES))};

  /** @typedef {{ kinds: string[], texts: string[], rows: number[][] }} TableData */
  /** @typedef {HTMLInputElement | HTMLSelectElement} Field */

  document.documentElement.classList.add('scripted');
  /** @type {Map<string, (values: Map<string, string>) => void>} */
  const shows = new Map();
  for (const root of document.querySelectorAll('[data-table]')) setUp(root);
  for (const button of document.querySelectorAll('button[data-show]')) {
    button.addEventListener('click', () => show(button));
  }
  openForPrint();

  /** @param {Element} root */
  function setUp(root) {
    /** @type {TableData} */
    const data = JSON.parse(root.querySelector('script')?.textContent ?? '');
    /** @type {string[] | undefined} */
    let lower;
    /** @type {NodeListOf<Field>} */
    const fields = root.querySelectorAll('[data-filter]');
    const body = root.querySelector('tbody');
    const count = root.querySelector('[data-count]');
    /** @type {NodeListOf<HTMLButtonElement>} */
    const steps = root.querySelectorAll('[data-step]');
    let matches = data.rows;
    let page = 0;
    let timer = 0;

    for (const field of fields) {
      field.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(search, data.rows.length > 2000 ? 150 : 0);
      });
    }
    for (const button of steps) {
      button.addEventListener('click', () => {
        page += Number(button.dataset['step']);
        draw();
      });
    }
    root.querySelector('[data-clear]')?.addEventListener('click', () => fill(new Map()));
    shows.set(root.getAttribute('data-table') ?? '', (values) => {
      fill(values);
      for (const field of fields) if (values.has(field.dataset['filter'] ?? '')) return field.focus();
    });
    draw();

    /** @param {Map<string, string>} values */
    function fill(values) {
      for (const field of fields) field.value = values.get(field.dataset['filter'] ?? '') ?? '';
      search();
    }

    function search() {
      matches = data.rows;
      page = 0;
      for (const field of fields) {
        const columns = (field.dataset['columns'] ?? '').split(' ').map(Number);
        for (const hits of hitsOf(field)) {
          matches = matches.filter((row) => columns.some((column) => hits[row[column] ?? -1] === 1));
        }
      }
      draw();
    }

    /**
     * For every word asked for, which of the texts it fits.
     * @param {Field} field
     * @returns {Uint8Array[]}
     */
    function hitsOf(field) {
      const { value } = field;
      if (value === '') return [];
      if (field instanceof HTMLSelectElement) return [Uint8Array.from(data.texts, (text) => +(text === value))];
      lower ??= data.texts.map((text) => text.toLowerCase());
      const texts = lower;
      const words = value.toLowerCase().split(/\s+/).filter((word) => word !== '');
      return words.map((word) => Uint8Array.from(texts, (text) => +text.includes(word)));
    }

    function draw() {
      const start = page * ROWS_A_PAGE;
      const shown = matches.slice(start, start + ROWS_A_PAGE);
      body?.replaceChildren(...shown.map((row) => drawRow(row, data)));
      for (const button of steps) {
        const to = page + Number(button.dataset['step']);
        button.disabled = to < 0 || to * ROWS_A_PAGE >= matches.length;
        button.parentElement?.classList.toggle('unneeded', matches.length <= ROWS_A_PAGE);
      }
      if (count) count.textContent = countOf(start, shown.length);
    }

    /** @param {number} start @param {number} shown */
    function countOf(start, shown) {
      const noun = root.getAttribute('data-noun') ?? 'row';
      const all = data.rows.length;
      const total = number(all) + ' ' + noun + (all === 1 ? '' : 's');
      if (matches.length === 0) return 'No ' + noun + ' of ' + total + ' fits';
      const fit = matches.length === all ? total : number(matches.length) + ' of ' + total;
      if (matches.length <= ROWS_A_PAGE) return fit;
      return fit + ', ' + number(start + 1) + ' to ' + number(start + shown) + ' shown';
    }
  }

  /** @param {number} value */
  function number(value) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  }

  /** @param {number[]} row @param {TableData} data */
  function drawRow(row, data) {
    const line = document.createElement('tr');
    line.append(...row.map((at, column) => drawCell(data.kinds[column] ?? 'text', data.texts[at] ?? '')));
    return line;
  }

  /** @param {string} kind @param {string} text */
  function drawCell(kind, text) {
    const cell = document.createElement(kind === 'member' ? 'th' : 'td');
    cell.className = kind;
    if (kind === 'member') cell.setAttribute('scope', 'row');
    if (kind === 'action') cell.classList.add(text === 'unbind' || text === 'remove-account' ? 'removes' : 'adds');
    if (kind === 'status') cell.append(drawMark(text));
    else if (kind === 'owner' || kind === 'member') cell.append(...nameAndId(text));
    else if (kind === 'name') cell.append(element('bdi', '', text));
    else cell.textContent = text;
    return cell;
  }

  /** @param {string} text */
  function nameAndId(text) {
    const at = text.lastIndexOf(' (');
    if (at === -1) return [element('bdi', '', text)];
    return [element('bdi', '', text.slice(0, at)), ' ', element('span', 'id', text.slice(at + 1))];
  }

  /** @param {string} status */
  function drawMark(status) {
    return element('span', 'mark ' + (TONES[status] ?? 'plain'), status.replace('-', ' '));
  }

  /** @param {string} tag @param {string} className @param {string} text */
  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className !== '') made.className = className;
    made.textContent = text;
    return made;
  }

  /** Fills the fields of a table from a button elsewhere, and goes there. @param {Element} button */
  function show(button) {
    const name = button.getAttribute('data-show') ?? '';
    /** @type {Map<string, string>} */
    const values = new Map();
    for (const { name: attribute, value } of button.attributes) {
      if (attribute.startsWith('data-set-')) values.set(attribute.slice('data-set-'.length), value);
    }
    document.getElementById(name)?.scrollIntoView();
    shows.get(name)?.(values);
  }

  /** What is folded would be missing on paper. */
  function openForPrint() {
    /** @type {HTMLDetailsElement[]} */
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = [...document.querySelectorAll('details')].filter((one) => !one.open);
      for (const one of opened) one.open = true;
    });
    addEventListener('afterprint', () => {
      for (const one of opened) one.open = false;
    });
  }
})();
`;
