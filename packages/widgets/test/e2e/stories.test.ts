import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_LONG } from '../../../../scripts/test-size.mjs';
import { describeManifest } from '../../scripts/lib/describe-manifest.mjs';
import { launchPinned } from './support/browser.js';
import { PACKAGE } from './support/paths.js';
import { listStories, StorybookPage, type Globals } from './support/storybook.js';
import { IS_UPDATE, VisualBaseline } from './support/visual-baseline.js';

/** Every story is shown in each of these. */
const LOOKS: Readonly<Record<string, Globals>> = {
  light: { theme: 'light', locale: 'en', width: 'full', direction: 'ltr' },
  dark: { theme: 'dark', locale: 'en', width: 'full', direction: 'ltr' },
  Chinese: { theme: 'light', locale: 'zh', width: 'full', direction: 'ltr' },
  '320 px': { theme: 'light', locale: 'en', width: 'small', direction: 'ltr' },
  'right to left': { theme: 'light', locale: 'ar', width: 'small', direction: 'rtl' },
};

/** CI has time for the others in this look only and for first states in the dark, `npm run test:long` for all. */
const ONLY_LOOK = process.env['STORY_LOOK'];
/**
 * In which looks a story is compared with its picture and read by axe, half a second each: `npm test` has time for first states
 * in the light, `npm run test:long` for the others.
 */
const listLooks = (story: string): [string, Globals][] =>
  Object.entries(LOOKS).filter(([look]) => {
    if (IS_UPDATE) return true;
    const isOfFew = story === 'Ready' && look === 'light';
    if (isOfFew || !IS_LONG) return isOfFew && !IS_LONG;
    const isDarkFirst = story === 'Ready' && look === 'dark';
    return isDarkFirst || (ONLY_LOOK ?? look) === look;
  });

/** How much of the page is in the picture of a look; 0 where there is none. */
function findPictureWidth(look: string, story: string): number {
  if (look === '320 px') return 380;
  return look === 'light' || (look === 'dark' && story === 'Ready') ? 1_280 : 0;
}
const toPictureName = (id: string, look: string): string => `${id}-${look.replace(' ', '-')}`;

const stories = listStories();
const { manifest } = await describeManifest(PACKAGE);
/** Of each element, the parts in its manifest. */
const documentedParts = Object.fromEntries(
  manifest.modules
    .flatMap(({ declarations }) => declarations)
    .map(({ tagName = '', cssParts = [] }) => [tagName, cssParts.map(({ name }) => name)]),
);
let browser: Browser;
let storybook: StorybookPage;
let pictures: VisualBaseline;

beforeAll(async () => {
  browser = await launchPinned();
  storybook = await StorybookPage.open(browser);
  pictures = await VisualBaseline.open(storybook.page);
});

afterAll(async () => {
  await storybook.close();
  await browser.close();
});

describe.each([...new Set(stories.map(({ title }) => title))])('%s', (title) => {
  it.each(stories.filter((story) => story.title === title))(
    '$name plays, says nothing on the console, has known parts, looks as before, fits and is accessible in its looks',
    async ({ id, name }) => {
      const found: string[] = [];
      storybook.problems.length = 0;
      await storybook.show(id, LOOKS['light']);
      found.push(...(await undocumentedParts()), ...(await problemsOfLayout()));
      for (const [variant, globals] of listLooks(name)) {
        await storybook.applyGlobals(globals);
        const widthPx = findPictureWidth(variant, name);
        if (widthPx > 0) {
          const problem = await pictures.compare(toPictureName(id, variant), widthPx);
          if (problem !== null) found.push(`${variant}: ${problem}`);
        }
        found.push(
          ...(await storybook.violations()).map((violation) => `${variant}: ${violation}`),
        );
        found.push(...(await problemsOfLayout()).map((problem) => `${variant}: ${problem}`));
      }
      expect([...found, ...storybook.problems]).toEqual([]);
    },
  );
});

it('has no picture of a story that is no more', () => {
  const names = stories.flatMap(({ id, name }) =>
    Object.keys(LOOKS)
      .filter((look) => findPictureWidth(look, name) > 0)
      .map((look) => toPictureName(id, look)),
  );
  expect(pictures.list().filter((name) => !names.includes(name))).toEqual([]);
});

/** Parts that are rendered and not in the manifest: no page could know that it may style them. */
function undocumentedParts(): Promise<string[]> {
  return storybook.page.evaluate((documented) => {
    const elements = [...document.querySelectorAll('#storybook-root usage-provider > *')];
    return elements.flatMap(({ localName, shadowRoot }) =>
      [...(shadowRoot?.querySelectorAll('[part]') ?? [])]
        .flatMap((node) => [...node.part])
        .filter((part) => documented[localName]?.includes(part) !== true)
        .map((part) => `${localName}::part(${part}) is not in the manifest`),
    );
  }, documentedParts);
}

/** What sticks out of its element sideways, and canvases that have no name or no table. */
function problemsOfLayout(): Promise<string[]> {
  return storybook.page.evaluate(() => {
    // A table in what is wide scrolls.
    const HIDDEN = '.sr-only, .spacer, .chart-table, .chart-probe, .wide table, [hidden], svg';
    // A menu or drawer is in the top layer: the window alone is its frame.
    const page = new DOMRect(0, 0, document.documentElement.clientWidth, 0);
    const sticksOut = (inner: Element, frame: DOMRect): boolean => {
      const { left, right } = inner.closest('[popover], dialog') === null ? frame : page;
      const box = inner.getBoundingClientRect();
      const isSeen = box.width > 0 && inner.closest(HIDDEN) === null;
      return isSeen && (box.right > right + 1 || box.left < left - 1);
    };
    const isNamed = (canvas: Element): boolean =>
      canvas.getAttribute('role') === 'img' && (canvas.getAttribute('aria-label') ?? '') !== '';
    const problemsOf = (tag: string, root: ShadowRoot, frame: DOMRect): string[] => {
      const inner = [...root.querySelectorAll('*')].filter((node) => sticksOut(node, frame));
      const canvases = [...root.querySelectorAll('canvas')];
      const hasTable = root.querySelector('[part="table-toggle"]') !== null;
      return [
        ...inner.map((node) => `${tag}: ${node.localName}.${node.className} sticks out`),
        ...canvases.filter((canvas) => !isNamed(canvas)).map(() => `${tag}: a nameless canvas`),
        ...(canvases.length > 0 && !hasTable ? [`${tag}: a canvas without a table`] : []),
      ];
    };
    const elements = [...document.querySelectorAll('#storybook-root usage-provider > *')];
    return elements.flatMap((element) => {
      const frame = element.getBoundingClientRect();
      const isWide = frame.right > document.documentElement.clientWidth;
      const { localName, shadowRoot } = element;
      const inside = shadowRoot === null ? [] : problemsOf(localName, shadowRoot, frame);
      return isWide ? [`${localName} is too wide`, ...inside] : inside;
    });
  });
}
