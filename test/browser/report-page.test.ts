import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { renderHtml } from '../../src/report/html/html.ts';
import type { Report } from '../../src/report/report-schema.ts';
import { changesReport, directoryReport } from '../report/html/large-report.ts';
import { HOSTILE_NAMES, hostileReport, troubledReport } from '../report/html/sample-pages.ts';
import { planRecord, reportOf } from '../report/sample-run.ts';
import { ensureBuilt } from '../samples/support/built.ts';
import { latestReport, reconcile } from '../samples/support/processes.ts';
import { SAMPLE } from '../samples/support/quickstart.ts';
import { type Look, openFile, startChromium, type WatchedPage } from './chromium.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Where pages and their pictures are left, for people to look at. */
const FOLDER = join(tmpdir(), 'rd-reconcile-pages');
const LOOKS = {
  light: {},
  dark: { colorScheme: 'dark' },
  phone: { width: 390, height: 844 },
} satisfies Record<string, Look>;

let browser: Browser;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  browser = await startChromium();
}, 60_000);
afterAll(() => browser?.close());

/** Writes the page of a report and opens it. */
function open(name: string, report: Report, look: Look = {}): Promise<WatchedPage> {
  const path = join(FOLDER, `${name}.html`);
  writeFileSync(path, renderHtml(report));
  return openFile(browser, path, look);
}

async function seriousFindings({ page }: WatchedPage): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function applyQuickstart(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'rd-reconcile-test-'));
  const reports = join(folder, 'reports');
  try {
    const folders = ['--report-dir', reports, '--state-dir', join(folder, 'state')];
    const manifests = ['manifest.yaml', 'manifest.csv', '--emulate', 'cloud.yaml'];
    const asked = ['apply', ...manifests, '--settle', '1s', '--quiet', ...folders];
    expect((await reconcile(asked, { cwd: SAMPLE })).code).toBe(0);
    return latestReport(reports);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const countIn = ({ page }: WatchedPage, table: string) =>
  page.locator(`[data-table="${table}"] [data-count]`).textContent();

describe.each([
  ['a plan', () => reportOf(planRecord())],
  ['every kind of failure', troubledReport],
  ['hostile names', hostileReport],
  ['5,000 accounts', () => directoryReport(5000)],
])('the page of %s', (name, report) => {
  it.each(Object.entries(LOOKS))(
    'in %s asks for nothing, complains of nothing, fits its window and is accessible',
    async (look, options) => {
      const opened = await open(name.replaceAll(/\W+/g, '-'), report(), options);
      const { page, requests, complaints } = opened;
      const picture = join(FOLDER, `${name.replaceAll(/\W+/g, '-')}-${look}.png`);
      await page.screenshot({ path: picture, fullPage: true });
      expect(await seriousFindings(opened)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(requests).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});

describe('the page of the quickstart', () => {
  let report: Report;
  beforeAll(async () => {
    ensureBuilt();
    report = await applyQuickstart();
  }, 120_000);

  it.each(Object.entries(LOOKS))('in %s shows an apply that is in sync', async (look, options) => {
    const opened = await open('quickstart', report, options);
    const { page, requests, complaints } = opened;
    await page.screenshot({ path: join(FOLDER, `quickstart-${look}.png`), fullPage: true });
    expect(await page.locator('h1').textContent()).toBe('All 33 changes were applied and read back.');
    expect(await page.locator('.cell[title]').count()).toBe(65);
    expect(await page.locator('.timeline .bar').count()).toBe(report.targets[0]?.calls.total);
    expect(await page.locator('.timeline .bar.refused').count()).toBeGreaterThan(0);
    expect(await seriousFindings(opened)).toEqual([]);
    expect([...requests, ...complaints]).toEqual([]);
    await page.context().close();
  });
});

describe('hostile names', () => {
  it('stay text: they make no element, run nothing and turn nothing round', async () => {
    const { page } = await open('hostile-names', hostileReport());
    let dialogs = 0;
    page.on('dialog', () => (dialogs += 1));
    await page.locator('body').click();
    expect(await page.evaluate('window.harmed')).toBeUndefined();
    expect(
      await page.locator('img, [onerror], [onload], [onmouseover], iframe, a[href^="javascript"]').count(),
    ).toBe(0);
    expect(await page.locator('script:not([type])').count()).toBe(1);
    expect(dialogs).toBe(0);
    const text = (await page.locator('body').textContent()) ?? '';
    for (const name of HOSTILE_NAMES.filter((one) => !one.includes('\u202e'))) expect(text).toContain(name);
    expect(text).toContain('\\u202egnp.exe\\u2066 \\u001b[31m\\u0000');
    await page.context().close();
  });
});

describe('the table of changes', () => {
  it('is searched by any word, filtered by outcome, contact and member, and cleared', async () => {
    const opened = await open('troubled', troubledReport());
    const { page } = opened;
    expect(await countIn(opened, 'changes')).toBe('14 changes');
    await page.getByLabel('Search', { exact: true }).first().fill('payments invalid');
    expect(await countIn(opened, 'changes')).toBe('1 of 14 changes');
    await page.getByRole('button', { name: 'Clear' }).first().click();
    expect(await countIn(opened, 'changes')).toBe('14 changes');
    await page.locator('#changes-outcome').selectOption('refused');
    expect(await countIn(opened, 'changes')).toBe('7 of 14 changes');
    await page.locator('#changes-owner').selectOption('billing (c-aB3dEfGhIjKlMnOp)');
    expect(await countIn(opened, 'changes')).toBe('1 of 14 changes');
    await page.locator('#changes-outcome').selectOption('');
    await page.locator('#changes-owner').selectOption('');
    await page.locator('#changes-member').fill('pay-prod');
    expect(await page.locator('[data-table="changes"] tbody tr').count()).toBe(4);
    await page.locator('#changes-member').fill('nobody');
    expect(await countIn(opened, 'changes')).toBe('No change of 14 changes fits');
    await page.context().close();
  });

  it('shows what a cause speaks of when asked', async () => {
    const opened = await open('troubled', troubledReport());
    await opened.page.getByRole('button', { name: 'Show the changes: failed, InvalidMember' }).click();
    expect(await countIn(opened, 'changes')).toBe('1 of 14 changes');
    expect(await opened.page.locator('#changes-outcome').inputValue()).toBe('failed');
    await opened.page.context().close();
  });

  it('of 50,000 changes is paged through and searched', async () => {
    const opened = await open('50000-changes', changesReport(50_000));
    const { page, complaints } = opened;
    const rows = page.locator('[data-table="changes"] tbody tr');
    expect(await rows.count()).toBe(100);
    expect(await countIn(opened, 'changes')).toBe('50,000 changes, 1 to 100 shown');
    const pager = page.locator('[data-table="changes"] .pager');
    expect(await pager.getByText('Previous page').isDisabled()).toBe(true);
    await pager.getByText('Next page').click();
    expect(await countIn(opened, 'changes')).toBe('50,000 changes, 101 to 200 shown');
    await page.locator('#changes-outcome').selectOption('failed');
    await expect.poll(() => countIn(opened, 'changes')).toBe('50 of 50,000 changes');
    await page.locator('#changes-search').fill('account-49007');
    await expect.poll(() => countIn(opened, 'changes')).toBe('1 of 50,000 changes');
    expect(await rows.first().locator('th .id').textContent()).toBe('(1738084500049007)');
    await page.locator('details.group summary').first().click();
    await page.getByRole('button', { name: 'Show them there' }).first().click();
    await expect.poll(() => countIn(opened, 'changes')).toBe('100 of 50,000 changes');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is the same whether the page or its script draws it', async () => {
    const report = troubledReport();
    const rowsOf = async (look: Look): Promise<string[]> => {
      const { page } = await open('troubled', report, look);
      const drawn = await page
        .locator('[data-table] tbody')
        .evaluateAll((all) => all.map((one) => String(one.innerHTML)));
      await page.context().close();
      return drawn;
    };
    const drawn = await rowsOf({});
    expect(drawn).toHaveLength(3);
    expect(drawn).toEqual(await rowsOf({ script: false }));
  });
});

describe('without its script the page', () => {
  it('has no fields that do nothing, and says what it leaves out', async () => {
    const opened = await open('50000-changes', changesReport(50_000), { script: false });
    const { page } = opened;
    expect(await page.locator('input:visible, select:visible, button:visible').count()).toBe(0);
    expect(await page.locator('[data-table="changes"] tbody tr').count()).toBe(100);
    expect(await countIn(opened, 'changes')).toBe(
      'The first 100 of 50,000 changes; the others need the script of this page, or stand in report.json',
    );
    await page.context().close();
  });
});

describe('by keyboard', () => {
  it('the first key leads past the navigation, and every field and fold can be used', async () => {
    const opened = await open('troubled', troubledReport());
    const { page } = opened;
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Skip to what needs a person');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('location.hash')).toBe('#main');
    await page.locator('#changes-search').focus();
    await page.keyboard.type('shop');
    await expect.poll(() => countIn(opened, 'changes')).toBe('No change of 14 changes fits');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('uncertain');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').getAttribute('id')).toBe('changes-outcome');
    const fold = page.locator('details.fold').first();
    await fold.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => fold.getAttribute('open')).toBe('');
    await page.context().close();
  });

  it('what has the focus is framed', async () => {
    const { page } = await open('troubled', troubledReport());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')).toBe('3px');
    await page.context().close();
  });
});

describe('on paper', () => {
  it('everything folded is opened, and nothing is left to click', async () => {
    const { page } = await open('5-000-accounts', directoryReport(5000));
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.locator('nav:visible, input:visible, button:visible').count()).toBe(0);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
    await page.context().close();
  });
});

describe('of several directories', () => {
  it('the gravest comes first, and each is led to', async () => {
    const { page } = await open('troubled', troubledReport());
    const rows = page.locator('table.targets tbody tr');
    expect(await rows.locator('th bdi').allTextContents()).toEqual(['retail', 'payments']);
    await rows.first().locator('a').click();
    const id = String(await page.evaluate('location.hash'));
    expect(await page.locator(`${id} h2`).textContent()).toBe('Directory retail');
    await page.context().close();
  });
});
