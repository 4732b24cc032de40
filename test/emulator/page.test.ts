import { request } from 'node:http';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { startChromium } from '../browser/chromium.ts';
import { FINANCE, LEDGER, worldState } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(async () => browser.close());

const HOSTILE = '<img src=x onerror="document.title=1">';

async function emulator(): Promise<RunningEmulator> {
  const behaviour = { verifySignature: false, lockScope: 'none', latencyMs: 0 };
  const accounts = [{ id: LEDGER, name: HOSTILE, folder: 'fd-Production' }];
  const contacts = [
    { id: FINANCE, name: 'Finance', email: 'finance@example.com', members: [LEDGER, 'rd-3mNq8W'] },
  ];
  const aggregators = [{ id: 'ca-1', name: 'pci', accounts: [LEDGER] }];
  const state = worldState({ behaviour, accounts, contacts, aggregators });
  const running = await startEmulator({ state });
  onTestFinished(() => running.close());
  return running;
}

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** Of everything that was asked for. */
  readonly origins: ReadonlySet<string>;
}

async function open(
  url: string,
  look: { colorScheme?: 'light' | 'dark'; width?: number } = {},
): Promise<Opened> {
  const { colorScheme = 'light', width = 1280 } = look;
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) origins.add(new URL(request.url()).origin);
  });
  await page.goto(`${url}/_emulator/`);
  await page.locator('#contacts strong').first().waitFor();
  return { page, complaints, origins };
}

const callOf = (url: string, action: string): Promise<Response> =>
  fetch(
    `${url}/?${new URLSearchParams({ Action: action, Version: '2022-04-19', Format: 'JSON' }).toString()}`,
  );

const rowsBecome = (page: Page, count: number): Promise<void> =>
  expect.poll(() => page.locator('#calls tr').count(), { timeout: 10_000 }).toBe(count);

const violations = async (page: Page): Promise<unknown> => {
  await page.evaluate(axe.source);
  return page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))');
};

describe('the page of the emulator', () => {
  it('shows contacts with their targets and account groups, names as text, and asks its own origin only', async () => {
    const { url } = await emulator();
    const { page, complaints, origins } = await open(url);
    const targets = await page.locator('#contacts ul li').allTextContents();
    expect(targets).toEqual([`${HOSTILE} ${LEDGER}`, 'the whole directory rd-3mNq8W']);
    expect(await page.locator('#groups li').textContent()).toBe('pci ca-1 CUSTOM1 account');
    expect(await page.title()).toBe('Emulator · rd-reconcile');
    expect(await page.content()).not.toContain('finance@example.com');
    expect([...origins]).toEqual([url]);
    expect(complaints).toEqual([]);
  });

  it('shows calls as they come, and begins anew after a reset', async () => {
    const { url } = await emulator();
    const { page } = await open(url);
    await callOf(url, 'ListAccounts');
    await callOf(url, 'NoSuchAction');
    await rowsBecome(page, 2);
    const rows = page.locator('#calls tr');
    expect(await rows.nth(0).locator('td:nth-child(3), td:nth-child(6)').allTextContents()).toEqual([
      'NoSuchAction',
      '404 InvalidAction.NotFound',
    ]);
    await page.getByRole('button', { name: 'Reset' }).click();
    await rowsBecome(page, 0);
    await callOf(url, 'ListAccounts');
    await rowsBecome(page, 1);
  });

  it('switches a fault on, which the next call meets', async () => {
    const { url } = await emulator();
    const { page } = await open(url);
    await page.getByRole('combobox', { name: 'Action' }).selectOption('ListAccounts');
    await page.getByRole('combobox', { name: 'Fault' }).selectOption('unavailable');
    await page.getByLabel('Times').fill('2');
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByText('unavailable on ListAccounts 2 more').waitFor();
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await callOf(url, 'ListAccounts')).status);
    expect(statuses).toEqual([503, 503, 200]);
    await page.locator('#faults').getByText('none').waitFor();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)('is accessible and not wider than the window, %s, %i pixels', async (colorScheme, width) => {
    const { url } = await emulator();
    await callOf(url, 'ListAccounts');
    const { page } = await open(url, { colorScheme, width });
    await rowsBecome(page, 1);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });
});

describe('another site', () => {
  it('cannot change the emulator from its pages', async () => {
    const running = await emulator();
    const other = await emulator();
    const { page } = await open(other.url);
    const outcome = await page.evaluate(
      `fetch('${running.url}/_emulator/reset', { method: 'POST', mode: 'no-cors' }).then(() => 'sent', () => 'blocked')`,
    );
    expect(outcome).toBe('blocked');
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['a program', 'POST', {}, 200],
    ['its own page', 'POST', { origin: 'OWN', 'sec-fetch-site': 'same-origin' }, 200],
    ['a page of another port', 'POST', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }, 403],
    ['a page that hides where it is from', 'POST', { origin: 'null' }, 403],
    ['a page of another site', 'POST', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a name that was led here, to read', 'GET', { host: 'evil.example' }, 403],
    [
      'a name that was led here, to write',
      'POST',
      { host: 'evil.example', origin: 'http://evil.example' },
      403,
    ],
    ['localhost', 'GET', { host: 'localhost:1' }, 200],
  ])('%s: %s with %o is answered with %i', async (_, method, given, status) => {
    const { url } = await emulator();
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === 'OWN' ? url : value]),
    );
    const path = method === 'GET' ? 'state' : 'reset';
    expect(await statusOf(`${url}/_emulator/${path}`, method, headers)).toBe(status);
  });
});

/** `fetch` sets these headers itself. */
function statusOf(url: string, method: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
