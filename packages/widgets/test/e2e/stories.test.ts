import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './support/browser.js';
import { listStories, StorybookPage, type Globals } from './support/storybook.js';

/** Every story is shown in each of these. */
const LOOKS: Readonly<Record<string, Globals>> = {
  light: { theme: 'light', locale: 'en', width: 'full', direction: 'ltr' },
  dark: { theme: 'dark', locale: 'en', width: 'full', direction: 'ltr' },
  Chinese: { theme: 'light', locale: 'zh', width: 'full', direction: 'ltr' },
  '320 px': { theme: 'light', locale: 'en', width: 'small', direction: 'ltr' },
};

const stories = listStories();
let browser: Browser;
let storybook: StorybookPage;

beforeAll(async () => {
  browser = await launch();
  storybook = await StorybookPage.open(browser);
});

afterAll(async () => {
  await storybook.close();
  await browser.close();
});

describe.each([...new Set(stories.map(({ title }) => title))])('%s', (title) => {
  it.each(stories.filter((story) => story.title === title))(
    '$name plays, says nothing on the console, fits and is accessible in every look',
    async ({ id }) => {
      const found: string[] = [];
      storybook.problems.length = 0;
      await storybook.show(id, LOOKS['light']);
      for (const [look, globals] of Object.entries(LOOKS)) {
        await storybook.look(globals);
        found.push(...(await storybook.violations()).map((violation) => `${look}: ${violation}`));
        found.push(...(await problemsOfLayout()).map((problem) => `${look}: ${problem}`));
      }
      expect([...found, ...storybook.problems]).toEqual([]);
    },
  );
});

/** What sticks out of its element sideways, and canvases and charts that have no name or no table. */
function problemsOfLayout(): Promise<string[]> {
  return storybook.page.evaluate(() => {
    const problems: string[] = [];
    for (const element of document.querySelectorAll('#storybook-root usage-provider > *')) {
      const root = element.shadowRoot;
      if (root === null) continue;
      const { left, right } = element.getBoundingClientRect();
      if (right > document.documentElement.clientWidth)
        problems.push(`${element.localName} is too wide`);
      for (const inner of root.querySelectorAll('*')) {
        const box = inner.getBoundingClientRect();
        const isHidden =
          inner.closest(
            '.sr-only, .ghost, .chart-table, .chart-probe, [hidden], svg, .table-scroll',
          ) !== null;
        if (isHidden || box.width === 0) continue;
        if (box.right > right + 1 || box.left < left - 1) {
          problems.push(
            `${element.localName}: ${inner.localName}.${inner.getAttribute('class')} sticks out`,
          );
        }
      }
      for (const canvas of root.querySelectorAll('canvas')) {
        if (canvas.getAttribute('role') !== 'img' || !canvas.getAttribute('aria-label')) {
          problems.push(`${element.localName}: a canvas without a name`);
        }
        if (root.querySelector('[part="table-toggle"]') === null) {
          problems.push(`${element.localName}: a canvas without a table`);
        }
      }
    }
    return problems;
  });
}
