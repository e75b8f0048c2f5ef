import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './support/browser.js';
import { StorybookPage } from './support/storybook.js';

const LIGHT = { theme: 'light', locale: 'en', width: 'full', direction: 'ltr' };

let browser: Browser;
let storybook: StorybookPage;

beforeAll(async () => {
  browser = await launch();
  storybook = await StorybookPage.open(browser, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
});

afterAll(async () => {
  await storybook.close();
  await browser.close();
});

/** A custom property as an element computes it. */
const readToken = (element: Locator, name: string): Promise<string> =>
  element.evaluate((node, token) => getComputedStyle(node).getPropertyValue(token), name);

it('sets properties, slots, tokens and the scheme of an element, and takes them back', async () => {
  await storybook.show('elements-trends--ready', LIGHT);
  const trends = storybook.page.locator('usage-trends');
  const read = (): Promise<unknown[]> =>
    trends.evaluate((element) => [
      ...['metric', 'groupBy', 'compare'].map((name) => Reflect.get(element, name) as unknown),
      element.getAttribute('theme'),
      element.textContent.trim(),
    ]);
  const before = await read();
  expect(before).toEqual(['calls', undefined, false, null, '']);
  await storybook.setControls({
    metric: 'tokens',
    groupBy: 'provider',
    compare: true,
    theme: 'dark',
    'slots title': 'My trend',
    'custom properties --usage-color-series-1': '#ff0066',
  });
  expect(await read()).toEqual(['tokens', 'provider', true, 'dark', 'My trend']);
  expect(await readToken(trends, '--usage-color-series-1')).toBe('#ff0066');
  await storybook.setControls();
  expect(await read()).toEqual(before);
  expect(await readToken(trends, '--usage-color-series-1')).toBe('');
});

it('leaves alone what a story sets itself', async () => {
  await storybook.show('elements-trends--by-model', LIGHT);
  await storybook.setControls({ hideRange: true });
  const trends = storybook.page.locator('usage-trends');
  const read = (name: string): Promise<unknown> =>
    trends.evaluate((element, property) => Reflect.get(element, property) as unknown, name);
  expect([await read('groupBy'), await read('hideRange')]).toEqual(['model', true]);
});

it('shows a theme on the elements, and copies its CSS', async () => {
  storybook.problems.length = 0;
  await storybook.show('theme--tokens', LIGHT);
  await storybook.setControls({
    '--usage-color-accent': '#7c3aed',
    '--usage-color-surface': '#ff',
    '--usage-radius': '2px',
  });
  const { page } = storybook;
  expect(await readToken(page.locator('usage-quota'), '--usage-radius')).toBe('2px');
  await page.getByRole('button', { name: 'Copy CSS' }).click();
  // What is no color yet is left out.
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `:root {
  color-scheme: light dark;
  --usage-color-accent: light-dark(#7c3aed, #9db1ff);
  --usage-radius: 2px;
}
`,
  );
  expect(storybook.problems).toEqual([]);
});

it('shows the states of an element side by side, as wide as is set', async () => {
  await storybook.show('states--together', LIGHT);
  const frames = storybook.page.locator('.states iframe');
  const names = (): Promise<string[]> =>
    frames.evaluateAll((all) => all.map((frame) => frame.getAttribute('title') ?? ''));
  expect(await names()).toEqual(expect.arrayContaining(['Ready', 'Loading', 'Low', 'Offline']));
  const ready = storybook.page.frameLocator('.states iframe[title="Ready"]');
  await expect.poll(() => ready.locator('[part~="remaining"]').textContent()).toContain('8,412.56');
  await storybook.setControls({ element: 'advice', width: 400 });
  await expect.poll(names).not.toContain('Low');
  await expect.poll(() => frames.first().getAttribute('width')).toBe('400');
  await storybook.setControls();
});
