import { accessSync, constants } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where the browser is; CHROMIUM names another. */
const PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Nothing that would make a request of its own, and no sandbox: tests also run as root. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium with a new, empty profile. The caller closes it. */
export async function startChromium(): Promise<Browser> {
  try {
    accessSync(PATH, constants.X_OK);
  } catch {
    throw new Error(
      `there is no Chromium at ${PATH}; install the package chromium, or set CHROMIUM to its path`,
    );
  }
  return chromium.launch({ executablePath: PATH, args: ARGUMENTS });
}

export interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** False for a reader who has switched it off. */
  readonly script?: boolean;
}

/** A page with all that it asked for and complained about. */
export interface WatchedPage {
  readonly page: Page;
  /** Addresses, without the file itself. */
  readonly requests: readonly string[];
  /** Errors and warnings of the console, and errors that nothing caught. */
  readonly complaints: readonly string[];
}

export async function openFile(browser: Browser, path: string, look: Look = {}): Promise<WatchedPage> {
  const { colorScheme = 'light', width = 1280, height = 900, script = true } = look;
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height },
    javaScriptEnabled: script,
  });
  const requests: string[] = [];
  const complaints: string[] = [];
  const own = pathToFileURL(path).href;
  context.on('request', (request) => {
    if (request.url() !== own) requests.push(request.url());
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(own);
  return { page, requests, complaints };
}
