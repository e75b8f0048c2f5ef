// A canvas knows no styles: whatever changes the colors of the page has to draw it again.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { takeCases } from '../../../../scripts/test-size.mjs';
import { launch, openPage } from './support/browser.js';
import { OUTPUT } from './support/paths.js';
import { serve, type TestServer } from './support/serve.js';

const CHARTS = {
  line: 'usage-trends',
  bar: 'usage-project-trends',
  doughnut: 'usage-models',
} as const;
const LIGHT = [52, 83, 199];
const DARK = [142, 166, 255];
const BRAND = [1, 2, 3];

const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title>
<script src="/usage-kit.js"></script><style>
  html { color-scheme: light dark }
  html.dark { color-scheme: dark }
  html[data-mui-color-scheme='dark'] { color-scheme: dark }
  @media (prefers-contrast: more) { html { --usage-color-series-1: rgb(1, 2, 3) } }
  @media (forced-colors: active) { html { --usage-color-series-1: rgb(1, 2, 3) } }
</style></head><body>
<usage-provider time-zone="UTC" base-url="/api/usage">
  <usage-trends></usage-trends>
  <usage-project-trends app-did="p"></usage-project-trends>
  <usage-models></usage-models>
</usage-provider></body></html>`;

let browser: Browser;
let server: TestServer;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  server = await serve({ folder: join(OUTPUT, 'package'), pages: { '/page': HTML } });
  ({ page } = await openPage(browser, { viewport: { width: 900, height: 1_400 } }));
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(() => page.emulateMedia({ colorScheme: 'light', contrast: null, forcedColors: null }));

/** Pixels of a color in the canvas of an element, its edges and the light areas left out. */
const countPixels = (tag: string, color: readonly number[]): Promise<number> =>
  page.locator(`${tag} canvas`).evaluate((node, [red, green, blue]) => {
    const canvas = node as HTMLCanvasElement;
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    let count = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const isColor = pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue;
      if (isColor && pixels[at + 3] === 255) count += 1;
    }
    return count;
  }, color);

const setOnPage =
  (change: () => void): (() => Promise<void>) =>
  () =>
    page.evaluate(change);

const CAUSES: readonly {
  cause: string;
  color: readonly number[];
  change: (tag: string) => Promise<void>;
}[] = [
  {
    cause: 'the attribute theme',
    color: DARK,
    change: (tag) => page.locator(tag).evaluate((node) => node.setAttribute('theme', 'dark')),
  },
  {
    cause: 'a class of the document',
    color: DARK,
    change: setOnPage(() => document.documentElement.classList.add('dark')),
  },
  {
    cause: 'color-scheme',
    color: DARK,
    change: setOnPage(() => document.documentElement.style.setProperty('color-scheme', 'dark')),
  },
  {
    cause: 'the attribute that MUI sets',
    color: DARK,
    change: setOnPage(() => {
      document.documentElement.setAttribute('data-mui-color-scheme', 'dark');
    }),
  },
  {
    cause: 'prefers-color-scheme',
    color: DARK,
    change: () => page.emulateMedia({ colorScheme: 'dark' }),
  },
  {
    cause: 'a token set by script',
    color: BRAND,
    change: setOnPage(() => {
      document.body.style.setProperty('--usage-color-series-1', 'rgb(1, 2, 3)');
    }),
  },
  {
    cause: 'prefers-contrast',
    color: BRAND,
    change: () => page.emulateMedia({ contrast: 'more' }),
  },
  {
    cause: 'forced colors',
    color: BRAND,
    change: () => page.emulateMedia({ forcedColors: 'active' }),
  },
];

const CASES = CAUSES.flatMap((each, cause) =>
  Object.entries(CHARTS).map(([kind, tag], chart) => ({
    ...{ ...each, kind, tag },
    // Each cause, and each kind of chart some times.
    isOfFew: cause % 3 === chart,
  })),
);

it.each(
  takeCases(
    CASES.filter(({ isOfFew }) => isOfFew),
    CASES.filter(({ isOfFew }) => !isOfFew),
  ),
)('$cause changes the colors of a $kind', async ({ tag, color, change }) => {
  await page.goto(`${server.origin}/page`);
  await expect.poll(() => countPixels(tag, LIGHT)).toBeGreaterThan(50);
  await change(tag);
  await expect.poll(() => countPixels(tag, color)).toBeGreaterThan(50);
  expect(await countPixels(tag, LIGHT)).toBe(0);
});
