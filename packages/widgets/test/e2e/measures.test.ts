import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerFromFixtures } from './support/api.js';
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
  'usage-projects',
  'usage-quota-details',
  'usage-project-stats',
  'usage-project-trends',
  'usage-project-models',
  'usage-call-history',
];
const LONG_TASK_MS = 50;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const pageOf = (element: string): string => `<!doctype html><html lang="en"><head>
<meta charset="utf-8"><title>Usage</title><script src="/usage-kit.js"></script></head>
<body><usage-provider time-zone="UTC" base-url="/api/usage">${element}</usage-provider><p>What comes below.</p></body></html>`;

const isReady = (page: Page, tag: string): Promise<boolean> =>
  page
    .locator(tag)
    .evaluate((element) => element.shadowRoot?.querySelector('[part="skeleton"]') === null);

describe('layout shift while loading', () => {
  it.each(TAGS.flatMap((tag) => [1280, 375].map((width) => ({ tag, width }))))(
    '$tag at $width px: 0.00',
    async ({ tag, width }) => {
      const html = pageOf(`<${tag} app-did="${APP_DID}"></${tag}>`);
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
      const heightOf = (): Promise<number> =>
        page.locator(tag).evaluate((element) => element.getBoundingClientRect().height);
      const before = await heightOf();
      await expect.poll(() => isReady(page, tag)).toBe(true);
      await page.waitForTimeout(150);
      const shift = await page.evaluate(() =>
        (globalThis as unknown as { shifts: number[] }).shifts.reduce(
          (sum, value) => sum + value,
          0,
        ),
      );
      expect({ shift: shift.toFixed(2), height: await heightOf() }).toEqual({
        shift: '0.00',
        height: before,
      });
      await page.close();
      await server.close();
    },
  );
});

/** Of a trace: microseconds by the clock and of the thread. */
interface TraceEvent {
  name: string;
  dur?: number;
  tdur?: number;
}

/**
 * The longest task of the page's main thread while something is done, milliseconds, from a trace.
 *
 * In the thread's own time: what else the machine does meanwhile is not the page's.
 */
async function longestTaskMs(page: Page, action: () => Promise<void>): Promise<number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  let longestUs = 0;
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const { name, dur = 0, tdur = dur } of value as unknown as TraceEvent[]) {
      if (name === 'RunTask') longestUs = Math.max(longestUs, tdur);
    }
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  await action();
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  return longestUs / 1000;
}

describe('tasks while rendering', () => {
  const cases = {
    '10,000 projects, 20 a page': {
      element: '<usage-projects></usage-projects>',
      tag: 'usage-projects',
    },
    '400 days': {
      element: '<usage-trends from="2025-10-19" to="2026-11-22"></usage-trends>',
      tag: 'usage-trends',
    },
    'a page of calls': {
      element: `<usage-call-history app-did="${APP_DID}"></usage-call-history>`,
      tag: 'usage-call-history',
    },
  };

  /** Answers with as much as there can be. */
  async function answerMuch(url: URL): Promise<unknown> {
    const answer = (await answerFromFixtures(url)) as { items?: object[]; total?: number };
    if (!url.pathname.endsWith('/projects')) return answer;
    const pageSize = Number(url.searchParams.get('pageSize'));
    const items = Array.from({ length: pageSize }, (_, index) => ({
      ...answer.items?.[index % (answer.items.length || 1)],
      appDid: `zProject${index}`,
    }));
    return { ...answer, items, total: 10_000 };
  }

  it.each(Object.entries(cases))(
    '%s: none is longer than 50 ms',
    async (name, { element, tag }) => {
      const server = await serve({
        folder: FOLDER,
        pages: { '/page': pageOf('') },
        api: answerMuch,
      });
      const { page } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
      const measured: number[] = [];
      // The machine does other things too: what it does in the best of four runs is what the code needs.
      for (let run = 0; run < 4; run += 1) {
        await page.goto(`${server.origin}/page`);
        await page.waitForTimeout(200);
        measured.push(
          await longestTaskMs(page, async () => {
            await page.evaluate((markup) => {
              document.querySelector('usage-provider')?.insertAdjacentHTML('beforeend', markup);
            }, element);
            await expect.poll(() => isReady(page, tag)).toBe(true);
            await page.waitForTimeout(300);
          }),
        );
      }
      console.log(`${name}: ${measured.map((ms) => ms.toFixed(0)).join(', ')} ms`);
      expect(Math.min(...measured)).toBeLessThan(LONG_TASK_MS);
      await page.close();
      await server.close();
    },
  );
});
