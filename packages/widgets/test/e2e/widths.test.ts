import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeCases } from '../../../../scripts/test-size.mjs';
import { launch } from './support/browser.js';
import { listStories, StorybookPage } from './support/storybook.js';

const WIDTHS_PX = Array.from({ length: 34 }, (_, index) => 280 + 40 * index);
const isWidthOfPages = (width: number): boolean => width % 120 === 40;
/** A page's elements are looked at by themselves too. */
function listWidths(title: string): readonly number[] {
  const widths = title.startsWith('Pages/') ? WIDTHS_PX.filter(isWidthOfPages) : WIDTHS_PX;
  const few = widths.filter((_, index) => index % 4 === 0);
  return takeCases(
    few,
    widths.filter((width) => !few.includes(width)),
  );
}
const PLAIN = { theme: 'light', locale: 'en', width: 'full', direction: 'ltr' };

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

describe('at every 40 px from 280 to 1,600', () => {
  it.each(listStories().filter(({ name }) => name === 'Ready'))(
    '$title: nothing sticks out, texts lie on no other, and none is cut without a sign',
    async ({ id, title }) => {
      await storybook.show(id, PLAIN);
      const found: string[] = [];
      for (const width of listWidths(title)) {
        await storybook.page.setViewportSize({ width, height: 900 });
        await storybook.waitUntilIdle();
        found.push(...(await findFaults()).map((fault) => `${width} px: ${fault}`));
      }
      expect(found).toEqual([]);
    },
  );
});

/** Faults of layout that a person would see, of all elements of the story. */
function findFaults(): Promise<string[]> {
  return storybook.page.evaluate(() => {
    const HIDDEN =
      '.sr-only, .spacer, .chart-table, .chart-probe, [hidden], [part="skeleton"], svg';
    const SCROLLS = '.wide table';
    interface Text {
      text: string;
      boxes: DOMRect[];
      parent: Element;
    }
    const isSeen = (element: Element): boolean =>
      element.closest(HIDDEN) === null &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    /** What is left of a box in the elements around it that hide what sticks out. */
    const clip = (box: DOMRect, inside: Element): DOMRect => {
      let { left, top, right, bottom } = box;
      for (let node: Element | null = inside; node !== null; node = node.parentElement) {
        if (getComputedStyle(node).overflowX === 'visible') continue;
        const frame = node.getBoundingClientRect();
        left = Math.max(left, frame.left);
        top = Math.max(top, frame.top);
        right = Math.min(right, frame.right);
        bottom = Math.min(bottom, frame.bottom);
      }
      return new DOMRect(left, top, right - left, bottom - top);
    };
    const readTexts = (root: ShadowRoot): Text[] => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const text = node.textContent?.trim() ?? '';
        const parent = node.parentElement;
        if (text === '' || parent === null || parent.closest('style') !== null) continue;
        if (!isSeen(parent)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const boxes = [...range.getClientRects()].map((box) => clip(box, parent));
        texts.push({ text, parent, boxes });
      }
      return texts;
    };
    const overlap = (a: DOMRect, b: DOMRect): boolean =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    const isCut = ({ parent }: Text): boolean => {
      const box = parent.closest('td, th, button, dd, dt, p, h2, h3, [part]') ?? parent;
      const { overflowX, textOverflow } = getComputedStyle(box);
      return (
        overflowX === 'hidden' &&
        textOverflow !== 'ellipsis' &&
        box.scrollWidth > box.clientWidth + 1
      );
    };
    const elements = [...document.querySelectorAll('#storybook-root usage-provider *')];
    const faults: string[] = [];
    for (const { localName, shadowRoot } of elements) {
      if (shadowRoot === null) continue;
      const texts = readTexts(shadowRoot);
      const right = document.documentElement.clientWidth;
      for (const [index, one] of texts.entries()) {
        if (isCut(one)) faults.push(`${localName}: “${one.text}” is cut`);
        if (
          one.parent.closest(SCROLLS) === null &&
          one.boxes.some((box) => box.right > right + 1)
        ) {
          faults.push(`${localName}: “${one.text}” sticks out`);
        }
        for (const other of texts.slice(index + 1)) {
          if (one.boxes.some((a) => other.boxes.some((b) => overlap(a, b)))) {
            faults.push(`${localName}: “${one.text}” lies on “${other.text}”`);
          }
        }
      }
    }
    return faults;
  });
}
