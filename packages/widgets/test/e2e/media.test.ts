import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './support/browser.js';
import { listStories, StorybookPage } from './support/storybook.js';

let browser: Browser;
let storybook: StorybookPage;

beforeAll(async () => {
  browser = await launch();
  storybook = await StorybookPage.open(browser);
});
afterEach(async () => {
  await storybook.page.emulateMedia({ media: null, forcedColors: null, reducedMotion: null });
});
afterAll(async () => {
  await storybook.close();
  await browser.close();
});

const PLAIN = { theme: 'light', locale: 'en', width: 'full', direction: 'ltr' };

/** A computed style of the first element of a selector in the story's element. */
const readStyle = (selector: string, property: string): Promise<string> =>
  storybook.page
    .locator(`#storybook-root usage-provider > * >> ${selector}`)
    .first()
    .evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);

describe('high contrast', () => {
  it('shows what a color means otherwise: meter, dots, swatches, the pressed button', async () => {
    await storybook.page.emulateMedia({ forcedColors: 'active' });
    const canvas = (): Promise<string> =>
      storybook.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await storybook.show('elements-quota--ready', PLAIN);
    expect(await readStyle('[part="meter-fill"]', 'background-color')).not.toBe(await canvas());
    await storybook.show('elements-call-history--ready', PLAIN);
    expect(await readStyle('.status.success .dot', 'background-color')).toBe('rgb(31, 157, 85)');
    expect(await readStyle('[part="chip"]', 'border-top-style')).toBe('solid');
    await storybook.show('elements-project-trends--ready', PLAIN);
    expect(await readStyle('.swatch.series-1', 'forced-color-adjust')).toBe('none');
    await storybook.show('elements-trends--ready', PLAIN);
    expect(await readStyle('[aria-pressed="true"]', 'outline-style')).toBe('solid');
    await storybook.show('elements-overview--loading', PLAIN);
    expect(await readStyle('.skeleton-block', 'border-top-style')).toBe('solid');
  });
});

describe('print', () => {
  it('prints figures and no buttons, light also of a dark page', async () => {
    await storybook.page.emulateMedia({ media: 'print' });
    await storybook.show('elements-call-history--ready', { ...PLAIN, theme: 'dark' });
    expect(await readStyle('[part="actions"]', 'display')).toBe('none');
    expect(await readStyle('[part="load-more"]', 'display')).toBe('none');
    expect(await readStyle('[part="row"]', 'display')).not.toBe('none');
    expect(await readStyle('[part="card"]', 'background-color')).toBe('rgb(255, 255, 255)');
    expect(await readStyle('[part="card"]', 'box-shadow')).toBe('none');
  });
});

describe('reduced motion', () => {
  const runningAnimations = (): Promise<number> =>
    storybook.page.evaluate(() => {
      const root = document.querySelector('#storybook-root usage-provider > *')?.shadowRoot;
      return root?.getAnimations().length ?? -1;
    });

  it('does not move while it loads', async () => {
    await storybook.show('elements-projects--loading', PLAIN);
    expect(await runningAnimations()).toBeGreaterThan(0);
    await storybook.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await runningAnimations()).toBe(0);
  });
});

describe('twice as large', () => {
  const setTextSize = (size: string): Promise<void> =>
    storybook.page.evaluate((value) => {
      document.documentElement.style.fontSize = value;
    }, size);
  afterAll(() => setTextSize(''));

  it.each(listStories().filter(({ name }) => name === 'Ready'))(
    '$title: text of 200 % on half of a screen scrolls down, not sideways',
    async ({ id }) => {
      const { page } = storybook;
      await page.setViewportSize({ width: 640, height: 900 });
      await setTextSize('200%');
      await storybook.show(id, PLAIN);
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth: content, clientWidth: space } = document.documentElement;
        return { scrollWidth: content, clientWidth: space };
      });
      expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
    },
  );
});

describe('four times as large', () => {
  // 1,280 × 1,024 at 400 %.
  const VIEWPORT = { width: 320, height: 256 };

  it.each(listStories().filter(({ name }) => ['Ready', 'Opened'].includes(name)))(
    '$title, $name: is read by scrolling down, and what stays in place leaves room for it',
    async ({ id }) => {
      const { page } = storybook;
      await page.setViewportSize(VIEWPORT);
      await storybook.show(id, PLAIN);
      await page.evaluate(() => scrollTo(0, 600));
      await storybook.waitUntilIdle();
      const { sideways, covered } = await page.evaluate(() => {
        const { scrollWidth, clientWidth, clientHeight } = document.documentElement;
        const all = [...document.querySelectorAll('#storybook-root *')].flatMap((node) => [
          node,
          ...(node.shadowRoot?.querySelectorAll('*') ?? []),
        ]);
        const isInPlace = (node: Element): boolean =>
          ['sticky', 'fixed'].includes(getComputedStyle(node).position) &&
          node.closest('dialog') === null;
        const heights = all
          .filter(isInPlace)
          .map((node) => node.getBoundingClientRect())
          .filter(({ top, bottom }) => top < 16 && bottom > 0)
          .map(({ bottom }) => bottom);
        return {
          sideways: scrollWidth - clientWidth,
          covered: Math.max(0, ...heights) / clientHeight,
        };
      });
      expect(sideways).toBeLessThanOrEqual(0);
      expect(covered).toBeLessThanOrEqual(0.4);
    },
  );
});
