import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Page,
  type Request,
} from 'playwright-core';
import { expect, inject } from 'vitest';
// The same browser as every other test of the repository.
import { CHROMIUM_ARGS, findBrowser } from '../../../../scripts/find-browser.mjs';
import { startDemo, type RunningDemo } from '../../src/server/start-demo.js';

/** When the demo of the tests is: a Friday afternoon. */
export const NOW_MS = Date.UTC(2026, 10, 20, 14, 32);

/** A demo and a browser for a file of tests. */
export interface DemoBrowser {
  demo: RunningDemo;
  /** Opens a page in a new session; its errors are collected in `problems`. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** A page whose console errors, refused requests and policy violations are noted. */
export interface WatchedPage {
  page: Page;
  problems: string[];
}

/** Starts a separate demo with the generated load at a fixed time, and a browser. */
export async function startDemoBrowser(): Promise<DemoBrowser> {
  const loaded = join(inject('loadedDemo'), 'demo');
  if (!existsSync(loaded)) {
    const directory = `${loaded}-unfinished`;
    await (await openDemo(directory)).stop();
    renameSync(directory, loaded);
  }
  const directory = mkdtempSync(join(tmpdir(), 'usage kit e2e '));
  cpSync(loaded, directory, { recursive: true });
  const demo = await openDemo(directory);
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: CHROMIUM_ARGS,
  });
  return {
    demo,
    open: (options) => openPage(browser, demo.url, options),
    close: async () => {
      await browser.close();
      await demo.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Starts a demo in a folder; generates its load where there is none. */
function openDemo(directory: string): Promise<RunningDemo> {
  const load = { kind: 'generated' } as const;
  return startDemo({ load, directory, port: 0, nowMs: NOW_MS, live: false });
}

async function openPage(
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    viewport: { width: 1360, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(NOW_MS));
  const problems: string[] = [];
  page.on('console', (message) => {
    const isProblem = message.type() === 'error' || message.type() === 'warning';
    if (isProblem) problems.push(`${message.type()}: ${message.text()}`);
  });
  const running = new Set<Request>();
  page.on('request', (request) => running.add(request));
  page.on('requestfinished', (request) => running.delete(request));
  page.on('requestfailed', (request) => running.delete(request));
  runningRequests.set(page, running);
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} ${response.url()}`);
  });
  return { page, problems };
}

const runningRequests = new WeakMap<Page, Set<Request>>();

/** Waits until what a page asks for has come and is shown; `networkidle` is reached once for a document and never again. */
export async function waitUntilIdle(page: Page): Promise<void> {
  await expect.poll(() => runningRequests.get(page)?.size).toBe(0);
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** Signs in on the sign-in page and waits until the dashboard has loaded. */
export async function signIn(page: Page, user: 'ada' | 'ben' | 'chen'): Promise<void> {
  await page.goto('/sign-in');
  await page.click(`[data-user=${user}]`);
  await page.waitForURL('**/usage/dashboard*');
  await loaded(page);
}

/** Opens an address and waits until the elements have what they asked for. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await loaded(page);
}

/** Waits until the elements are there and have what they ask for; a busy machine is idle on the network before they ask. */
async function loaded(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() =>
    document.querySelector('usage-provider *, [role=alert], [data-user]'),
  );
  // The first time for what is running, the second for what the elements asked for in the frames after.
  await waitUntilIdle(page);
  await waitUntilIdle(page);
}

/** The text that an element shows, its shadow root included. */
export function readText(page: Page, selector: string): Promise<string> {
  return page.locator(selector).evaluate((element) => {
    const root = element.shadowRoot ?? element;
    return [...root.children]
      .filter((child) => child.localName !== 'style')
      .map((child) => (child as HTMLElement).innerText)
      .join('\n');
  });
}

/** Asks the API as the page does, with the page's session. */
export function readJson<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async (address) => {
    const response = await fetch(`/api/usage${address}`);
    return (await response.json()) as T;
  }, path);
}

/** How many pixels a page can be scrolled sideways; 0 is right. */
export function measureSidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** What axe finds on a page, a line for each rule with the first element that breaks it. */
export async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}
