/**
 * The script of the page. It asks once a second for what is new, and puts names into the page as text only: they come
 * from state files and calls.
 */
export const PAGE_SCRIPT = `'use strict';
const EVERY_MS = 1000;
const MOST_ROWS = 200;
const byId = (id) => document.getElementById(id);
let directory = '';
let last = 0;
let paused = false;

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  return made;
}

function say(text) {
  byId('said').textContent = text;
}

const address = (what, more = {}) => what + '?' + new URLSearchParams({ ...(directory && { directory }), ...more });

async function post(what, body) {
  try {
    const answer = await fetch(address(what), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const told = await answer.json();
    return answer.ok ? undefined : told.error;
  } catch {
    return 'the emulator does not answer';
  }
}

/** Puts the items there, unless they are there already: a reader's place and selection stay. */
function fill(id, items, make) {
  const list = byId(id);
  const key = JSON.stringify(items);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...(items.length > 0 ? items.map(make) : [element('li', 'none', 'soft')]));
}

function contactItem({ name, id, status, targets }) {
  const item = element('li');
  item.append(element('strong', name), ' ', element('code', id), status === 'Active' ? '' : ' (' + status + ')');
  const list = element('ul');
  for (const target of targets) {
    const line = element('li');
    line.append(target.name, ' ', element('code', target.id));
    list.append(line);
  }
  if (targets.length === 0) list.append(element('li', 'no targets', 'soft'));
  item.append(list);
  return item;
}

function groupItem({ name, id, type, holds }) {
  const item = element('li');
  item.append(element('strong', name), ' ', element('code', id), ' ' + type, element('div', holds, 'soft'));
  return item;
}

function faultItem({ kind, action, owner, member, times, call, probability }) {
  const parts = [kind, action ? 'on ' + action : 'on any action'];
  if (owner) parts.push('of ' + owner);
  if (member) parts.push('with ' + member);
  if (times) parts.push(times > 1000000 ? 'always' : times + ' more');
  else if (call) parts.push('call ' + call.join(', '));
  else if (probability !== undefined) parts.push('by chance, ' + probability);
  else parts.push('once');
  return element('li', parts.join(' '));
}

function callRow(call) {
  const row = element('tr');
  const answer = call.status === undefined ? 'none' : call.status + (call.code ? ' ' + call.code : '');
  const time = new Date(call.at).toISOString().slice(11, 23);
  const cells = [call.n, time, call.action || '(none)', call.owner || '', call.members || ''];
  for (const cell of cells) row.append(element('td', String(cell)));
  row.append(element('td', answer, call.status === 200 ? 'good' : 'bad'));
  row.append(element('td', call.fault || ''), element('td', call.applied ? 'yes' : ''));
  return row;
}

function showCalls(calls) {
  const body = byId('calls');
  body.prepend(...calls.toReversed().map(callRow));
  while (body.rows.length > MOST_ROWS) body.lastElementChild.remove();
}

function showDirectories({ directories, directory: shown }) {
  const select = byId('directory');
  if (select.options.length !== directories.length) {
    select.replaceChildren(...directories.map((id) => new Option(id, id)));
  }
  select.value = shown;
}

function show(overview) {
  showDirectories(overview);
  byId('size').textContent = overview.accounts + ' accounts, ' + overview.folders + ' folders';
  fill('contacts', overview.contacts, contactItem);
  fill('groups', overview.groups, groupItem);
  fill('faults', overview.faults, faultItem);
  if (overview.lastCall < last) byId('calls').replaceChildren();
  showCalls(overview.calls);
  last = overview.lastCall;
}

async function look() {
  const asked = directory;
  try {
    const answer = await fetch(address('overview', { after: String(last) }));
    const overview = await answer.json();
    if (asked === directory && !paused) show(overview);
    if (byId('said').textContent === LOST) say('');
  } catch {
    say(LOST);
  }
}
const LOST = 'The emulator does not answer.';

async function keepLooking() {
  if (!paused && !document.hidden) await look();
  setTimeout(keepLooking, EVERY_MS);
}

byId('directory').addEventListener('change', (event) => {
  directory = event.target.value;
  last = 0;
  byId('calls').replaceChildren();
  look();
});
byId('pause').addEventListener('click', (event) => {
  paused = !paused;
  event.target.setAttribute('aria-pressed', String(paused));
  say(paused ? 'Paused.' : '');
});
byId('reset').addEventListener('click', async () => {
  const trouble = await post('reset');
  say(trouble ?? 'Reset.');
  byId('calls').replaceChildren();
  last = 0;
});
byId('save').addEventListener('click', async () => say((await post('save')) ?? 'Saved.'));
byId('fault').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { action, kind, member, times } = Object.fromEntries(new FormData(event.target));
  const fault = { kind, times: Number(times), ...(action && { action }), ...(member && { member: member.trim() }) };
  say((await post('faults', JSON.stringify(fault))) ?? 'Switched on: ' + kind + '.');
});
keepLooking();
`;
