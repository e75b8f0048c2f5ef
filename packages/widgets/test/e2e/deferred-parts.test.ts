import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'tsup';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageBuilds } from '../../tsup.config.js';
import { launch, openPage } from './support/browser.js';
import { OUTPUT } from './support/paths.js';
import { serve, type TestServer } from './support/serve.js';

const FOLDER = join(OUTPUT, 'quota');
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:";
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title>
<script type="module" src="/quota.js"></script></head>
<body><usage-provider time-zone="UTC" base-url="/api/usage">
<usage-quota></usage-quota></usage-provider><p id="after">After it</p></body></html>`;
const FORBIDDEN = { status: 403, json: { code: 'FORBIDDEN', detail: 'no', requestId: 'r-1' } };

let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  browser = await launch();
  rmSync(FOLDER, { recursive: true, force: true });
  // As a page's bundler has it: Lit inside, what is loaded later in separate files.
  const [modules] = packageBuilds(FOLDER);
  await build({
    ...modules,
    entry: { quota: 'src/elements/usage-quota/define.ts' },
    platform: 'browser',
    noExternal: [/.*/],
    env: { NODE_ENV: 'production' },
    ...{ config: false, dts: false, silent: true, onSuccess: () => Promise.resolve() },
  });
  const headers = { 'content-security-policy': POLICY };
  server = await serve({ folder: FOLDER, pages: { '/page': PAGE }, headers });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const readText = (page: Page): Promise<string> =>
  page
    .locator('usage-quota')
    .evaluate((element) =>
      (element.shadowRoot?.querySelector<HTMLElement>('.card')?.innerText ?? '').replace(
        /\s+/g,
        ' ',
      ),
    );

/** Opens the page without some of its files: those whose name begins so. */
async function openWithout(...names: string[]): Promise<Page> {
  const { page } = await openPage(browser, { viewport: { width: 1000, height: 700 } });
  for (const name of names) await page.route(`**/${name}-*.js`, (route) => route.abort());
  return page;
}

const toPage = (): string => `${server.origin}/page`;

const retry = (page: Page): Promise<void> =>
  page.locator('usage-quota').getByRole('button', { name: 'Try again' }).click();

it('moves nothing when its parts arrive, however late', async () => {
  const { page, problems } = await openPage(browser, { viewport: { width: 1000, height: 700 } });
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      const shifts = list.getEntries() as unknown as { value: number }[];
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      document.documentElement.dataset['shift'] = String(
        Number(document.documentElement.dataset['shift'] ?? 0) + sum,
      );
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const late: string[] = [];
  await page.route(/\/(quota-figures|check-body|problems)-[^/]*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    late.push(new URL(route.request().url()).pathname.split('-')[0] ?? '');
    await route.continue();
  });
  await page.goto(toPage());
  // The figures of a placeholder are none.
  await page.locator('usage-quota [part=skeleton]').waitFor();
  const top = () => page.locator('#after').evaluate((node) => node.getBoundingClientRect().top);
  const before = await top();
  // The frame itself comes into an empty page.
  await page.waitForTimeout(200);
  await page.evaluate(() => delete document.documentElement.dataset['shift']);
  await expect.poll(() => readText(page)).toMatch(/Remaining 8,412\.56 ABT/);
  await expect.poll(() => late.toSorted()).toEqual(['/check', '/problems', '/quota']);
  expect(await top()).toBe(before);
  expect(await page.getAttribute('html', 'data-shift')).toBeNull();
  expect(problems).toEqual([]);
  await page.close();
});

it('says why it was refused', async () => {
  const page = await openWithout();
  await page.route('**/api/usage/quota', (route) => route.fulfill(FORBIDDEN));
  await page.goto(toPage());
  await expect.poll(() => readText(page)).toMatch(/You don’t have access .*Request ID r-1/);
  await page.close();
});

it('says that its figures could not be loaded, and loads them when a person tries again', async () => {
  const page = await openWithout('quota-figures');
  await page.goto(toPage());
  await expect.poll(() => readText(page)).toMatch(/This could not be loaded .*Try again/);
  await page.unrouteAll();
  await retry(page);
  await expect.poll(() => readText(page)).toMatch(/Remaining 8,412\.56 ABT/);
  await page.close();
});

it('says that something failed when it cannot load what, and tries both again', async () => {
  const page = await openWithout('problems');
  await page.route('**/api/usage/quota', (route) => route.fulfill(FORBIDDEN));
  await page.goto(toPage());
  await expect.poll(() => readText(page)).toMatch(/This could not be loaded .*Try again/);
  await page.unroute('**/problems-*.js');
  await retry(page);
  await expect.poll(() => readText(page)).toContain('You don’t have access');
  await page.close();
});

it('says over old data that something failed when it cannot load what', async () => {
  const page = await openWithout('problems');
  await page.goto(toPage());
  await expect.poll(() => readText(page)).toMatch(/Remaining 8,412\.56 ABT/);
  await page.route('**/api/usage/quota', (route) => route.fulfill(FORBIDDEN));
  await page.locator('usage-quota').evaluate((element) => {
    const { store } = Reflect.get(element, 'settings') as { store: { refetch(key: string): void } };
    store.refetch('/quota');
  });
  await expect
    .poll(() => readText(page))
    .toMatch(/Remaining 8,412\.56 ABT.*This could not be loaded Try again/);
  await page.unrouteAll();
  await retry(page);
  await expect.poll(() => readText(page)).not.toContain('could not be loaded');
  await page.close();
});

it('asks again after it could not load what checks the answer', async () => {
  const page = await openWithout('check-body');
  await page.goto(toPage());
  await expect
    .poll(() => readText(page))
    .toMatch(/The usage service cannot be reached\. Try again/);
  await page.unrouteAll();
  await retry(page);
  await expect.poll(() => readText(page)).toMatch(/Remaining 8,412\.56 ABT/);
  await page.close();
});
