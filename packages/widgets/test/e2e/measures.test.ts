import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeCases } from '../../../../scripts/test-size.mjs';
import { launch, openPage } from './support/browser.js';
import { OUTPUT } from './support/paths.js';
import { serve } from './support/serve.js';

const FOLDER = join(OUTPUT, 'package');
const APP_DID = 'zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c';
const TAGS = [
  'usage-range-picker',
  'usage-quota',
  'usage-overview',
  'usage-trends',
  'usage-models',
  'usage-activity',
  'usage-projects',
  'usage-quota-details',
  'usage-project-stats',
  'usage-project-trends',
  'usage-project-models',
  'usage-project-latency',
  'usage-project-failures',
  'usage-call-history',
];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const createPage = (element: string): string => `<!doctype html><html lang="en"><head>
<meta charset="utf-8"><title>Usage</title><script src="/usage-kit.js"></script></head>
<body><usage-provider time-zone="UTC" base-url="/api/usage">${element}</usage-provider><p>What comes below.</p></body></html>`;

const isReady = (page: Page, tag: string): Promise<boolean> =>
  page
    .locator(tag)
    .evaluate((element) => element.shadowRoot?.querySelector('[part="skeleton"]') === null);

describe('layout shift while loading', () => {
  it.each(TAGS.flatMap((tag) => takeCases([375], [1280]).map((width) => ({ tag, width }))))(
    '$tag at $width px: 0.00',
    async ({ tag, width }) => {
      const html = createPage(`<${tag} app-did="${APP_DID}"></${tag}>`);
      const server = await serve({ folder: FOLDER, pages: { '/page': html }, delayMs: 250 });
      // As tall as the tallest element: a shift below the fold would not count.
      const { page } = await openPage(browser, { viewport: { width, height: 3_000 } });
      await page.addInitScript(() => {
        const shifts: number[] = [];
        Object.assign(globalThis, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            shifts.push((entry as unknown as { value: number }).value);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(`${server.origin}/page`);
      const readHeight = (): Promise<number> =>
        page.locator(tag).evaluate((element) => element.getBoundingClientRect().height);
      const before = await readHeight();
      await expect.poll(() => isReady(page, tag)).toBe(true);
      await page.waitForTimeout(150);
      const shift = await page.evaluate(() =>
        (globalThis as unknown as { shifts: number[] }).shifts.reduce(
          (sum, value) => sum + value,
          0,
        ),
      );
      expect(shift.toFixed(2)).toBe('0.00');
      // Borders of rows that collapse are half a pixel here and there.
      expect(Math.abs((await readHeight()) - before)).toBeLessThanOrEqual(1);
      await page.close();
      await server.close();
    },
  );
});
