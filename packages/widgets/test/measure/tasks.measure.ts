import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { respondFromFixtures } from '../e2e/support/api.js';
import { launch, openPage } from '../e2e/support/browser.js';
import { OUTPUT } from '../e2e/support/paths.js';
import { serve } from '../e2e/support/serve.js';
import { findLongestTasks, type Tasks } from './trace.js';

const RUNS = Number(process.env['MEASURE_RUNS'] ?? 7);
const APP_DID = 'zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c';
const DAYS_400 = 'from="2025-10-19" to="2026-11-22"';

/** What is added to the page, and what a person does once it is there. */
interface Case {
  element: string;
  /** Seen in the shadow root when all of it is there. */
  ready: string;
  /** How many of those. */
  count?: number;
  /** Pressed then; what follows is measured too. */
  press?: string;
  then?: string;
  /** The server responds with hours, whatever granularity is requested. */
  isHourly?: boolean;
}

const row = '[part="row"]';
const cases: Readonly<Record<string, Case>> = {
  '10,000 projects, 20 a page': {
    element: '<usage-projects></usage-projects>',
    ready: row,
    count: 20,
  },
  '10,000 projects, 100 a page': {
    element: '<usage-projects page-size="100"></usage-projects>',
    ready: row,
    count: 100,
  },
  'the next 100 of 10,000 projects': {
    element: '<usage-projects page-size="100"></usage-projects>',
    ready: row,
    count: 100,
    press: '.forth',
  },
  '100 movements of credits': {
    element: '<usage-quota-details page-size="100"></usage-quota-details>',
    ready: row,
    count: 100,
  },
  '100 calls': {
    element: `<usage-call-history app-did="${APP_DID}" page-size="100"></usage-call-history>`,
    ready: row,
    count: 100,
  },
  '100 calls, and 100 more': {
    element: `<usage-call-history app-did="${APP_DID}" page-size="100"></usage-call-history>`,
    ready: row,
    count: 100,
    press: '[part="load-more"]',
    then: `${row}:nth-of-type(200)`,
  },
  '400 days': { element: `<usage-trends ${DAYS_400}></usage-trends>`, ready: 'canvas' },
  '400 days of a project': {
    element: `<usage-project-trends app-did="${APP_DID}" ${DAYS_400}></usage-project-trends>`,
    ready: 'canvas',
  },
  '400 days as a table': {
    element: `<usage-trends ${DAYS_400}></usage-trends>`,
    ready: 'canvas',
    press: '[part="table-toggle"]',
  },
  '400 days by model, compared': {
    element: `<usage-trends group-by="model" compare ${DAYS_400}></usage-trends>`,
    ready: '.groups',
  },
  '62 days by hour and model, as many totals as a server gives': {
    isHourly: true,
    element: '<usage-trends group-by="model" from="2026-09-22" to="2026-11-22"></usage-trends>',
    ready: '.groups',
  },
  '400 days by hour, from a server that ignores what it is asked': {
    isHourly: true,
    element: `<usage-trends ${DAYS_400}></usage-trends>`,
    ready: 'canvas',
  },
  'those as a table': {
    isHourly: true,
    element: `<usage-trends ${DAYS_400}></usage-trends>`,
    ready: 'canvas',
    press: '[part="table-toggle"]',
  },
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title>
<script src="/usage-kit.js"></script></head>
<body><usage-provider time-zone="UTC" base-url="/api/usage"></usage-provider></body></html>`;

/** Responds with the longest lists that the API allows. */
async function respondWithManyCalls(url: URL, isHourly: boolean): Promise<unknown> {
  const requestedUrl = new URL(url);
  if (isHourly) requestedUrl.searchParams.set('granularity', 'hour');
  const body = (await respondFromFixtures(requestedUrl)) as { items?: object[]; total?: number };
  const isList = /\/(projects|quota-details)$/.test(url.pathname);
  if (!isList || body.items === undefined) return body;
  const { items } = body;
  const page = Number(url.searchParams.get('page') ?? 1);
  const many = Array.from({ length: Number(url.searchParams.get('pageSize')) }, (_, index) => ({
    ...items[index % items.length],
    appDid: `zProject${page}-${index}`,
    id: `movement${page}-${index}`,
  }));
  return { ...body, page, items: many, total: 10_000 };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function waitFor(page: Page, selector: string, count = 1): Promise<void> {
  await page.waitForFunction(
    ([rows, minCount]) => {
      const root = document.querySelector('usage-provider > *')?.shadowRoot;
      return (root?.querySelectorAll(rows).length ?? 0) >= minCount;
    },
    [selector, count] as const,
  );
  await page.waitForTimeout(400);
}

async function play(page: Page, { element, ready, count, press, then }: Case): Promise<void> {
  await page.evaluate((markup) => {
    document.querySelector('usage-provider')?.insertAdjacentHTML('beforeend', markup);
  }, element);
  await waitFor(page, ready, count);
  if (press === undefined) return;
  await page.evaluate((selector) => {
    const root = document.querySelector('usage-provider > *')?.shadowRoot;
    root?.querySelector<HTMLElement>(selector)?.click();
  }, press);
  await waitFor(page, then ?? ready.replace('canvas', 'tbody tr'), 1);
}

describe('the longest task of the main thread', () => {
  it.each(Object.entries(cases))('%s', async (name, what) => {
    const server = await serve({
      folder: join(OUTPUT, 'package'),
      pages: { '/page': PAGE },
      api: (url) => respondWithManyCalls(url, what.isHourly ?? false),
    });
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    const measured: Tasks[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      await page.goto(`${server.origin}/page`);
      await page.waitForTimeout(200);
      measured.push(await findLongestTasks(page, () => play(page, what)));
    }
    const thread = measured.map(({ threadMs }) => threadMs);
    const clock = measured.map(({ clockMs }) => clockMs);
    const load = loadavg()[0]?.toFixed(1);
    console.log(
      `${name}: median ${median(thread).toFixed(0)} ms of the thread, ${median(clock).toFixed(0)} by the clock; ` +
        `all ${thread.map((ms) => ms.toFixed(0)).join(' ')}; load ${load}`,
    );
    await page.close();
    await server.close();
  });
});
