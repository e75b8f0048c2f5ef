import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeCases } from '../../../../scripts/test-size.mjs';
import { launch, openPage } from './support/browser.js';
import { OUTPUT, PACKAGE, REPOSITORY } from './support/paths.js';
import { READY_TEXTS } from './support/ready-texts.js';
import { serve } from './support/serve.js';

const APP_DID = 'zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A library of controls that a host's page is built on. */
interface HostKit {
  name: string;
  /** Below `node_modules`. */
  folder: string;
  styles: readonly string[];
  script: string;
  /** What the page itself shows of it. */
  markup: string;
  /** Its tags begin so. */
  prefix: string;
  theme: string;
  darkClass: string;
  /** Of the kit, as our tokens take them: the accent and the surface of a card. */
  accent: string;
  surface: string;
}

const SHOELACE = {
  styles: ['themes/light.css', 'themes/dark.css'],
  script: 'shoelace.js',
  markup:
    '<sl-button>Host</sl-button><sl-select label="Host"><sl-option value="1">One</sl-option></sl-select><sl-tooltip content="Host"><sl-badge>1</sl-badge></sl-tooltip>',
  prefix: 'sl-',
  theme: 'shoelace.css',
  darkClass: 'sl-theme-dark',
  accent: '--sl-color-primary-700',
  surface: '--sl-panel-background-color',
};
const KITS: readonly HostKit[] = [
  { name: 'Shoelace 2.20', folder: 'shoelace-2.20/cdn', ...SHOELACE },
  { name: 'Shoelace 2.15', folder: 'shoelace-2.15/cdn', ...SHOELACE },
  {
    name: 'Web Awesome 3',
    folder: '@awesome.me/webawesome/dist-cdn',
    styles: ['styles/webawesome.css'],
    script: 'webawesome.loader.js',
    markup:
      '<wa-button>Host</wa-button><wa-select label="Host"><wa-option value="1">One</wa-option></wa-select>',
    prefix: 'wa-',
    theme: 'web-awesome.css',
    darkClass: 'wa-dark',
    accent: '--wa-color-brand-on-normal',
    surface: '--wa-color-surface-default',
  },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A page of the host's controls and all elements. */
function createPage(kit?: HostKit): string {
  const tags = Object.keys(READY_TEXTS).map((tag) => `<${tag} app-did="${APP_DID}"></${tag}>`);
  const links = (kit?.styles ?? []).map((path) => `/kit/${path}`);
  if (kit !== undefined) links.push(`/themes/${kit.theme}`);
  const styles = links.map((href) => `<link rel="stylesheet" href="${href}">`);
  // A host's page has the background of its theme.
  if (kit !== undefined) {
    styles.push(`<style>body { background: var(${kit.surface}) }</style>`);
  }
  const script =
    kit === undefined ? '' : `<script type="module" src="/kit/${kit.script}"></script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title>${styles.join('')}${script}
<script src="/usage-kit.js"></script></head><body>${kit?.markup ?? ''}
<usage-provider time-zone="UTC" base-url="/api/usage">${tags.join('')}</usage-provider></body></html>`;
}

/** Opens a page, and waits until every element shows its figures. */
async function open(kit?: HostKit): Promise<{ page: Page; problems: string[] }> {
  const server = await serve({
    folder: join(OUTPUT, 'package'),
    pages: { '/page': createPage(kit) },
  });
  const { page, problems } = await openPage(browser, { viewport: { width: 1000, height: 9000 } });
  page.on('close', () => void server.close());
  const serveFiles = (prefix: string, folder: string): Promise<unknown> =>
    page.route(
      (url) => url.pathname.startsWith(prefix),
      (route) =>
        route.fulfill({
          path: join(folder, new URL(route.request().url()).pathname.slice(prefix.length)),
        }),
    );
  await serveFiles('/kit/', join(REPOSITORY, 'node_modules', kit?.folder ?? ''));
  await serveFiles('/themes/', join(PACKAGE, 'themes'));
  await page.goto(`${server.origin}/page`);
  for (const [tag, text] of Object.entries(READY_TEXTS)) {
    await expect
      .poll(() => page.locator(tag).evaluate((element) => element.shadowRoot?.textContent))
      .toMatch(text);
  }
  return { page, problems };
}

/** The texts of all elements, without the minute in which they were updated. */
const readTexts = (page: Page): Promise<string[]> =>
  page.evaluate(
    (tags) =>
      tags.map((tag) => {
        const text = document.querySelector(tag)?.shadowRoot?.textContent ?? '';
        return text.replaceAll(/Updated \d\d:\d\d/g, 'Updated');
      }),
    Object.keys(READY_TEXTS),
  );

/** Tags with a prefix that the elements render themselves. */
const foreignTags = (page: Page, prefix: string): Promise<string[]> =>
  page.evaluate((start) => {
    const roots = [...document.querySelectorAll('usage-provider > *')].map(
      ({ shadowRoot }) => shadowRoot,
    );
    const tags = roots.flatMap((root) => [...(root?.querySelectorAll('*') ?? [])]);
    return tags.map(({ localName }) => localName).filter((name) => name.startsWith(start));
  }, prefix);

/** Colors of the kit as the browser computes them, each with what an element of ours has. */
const readColors = (page: Page, { accent, surface }: HostKit): Promise<Record<string, string[]>> =>
  page.evaluate(
    (names) => {
      const probe = document.body.appendChild(document.createElement('i'));
      const resolve = (value: string): string => {
        probe.style.color = value;
        return getComputedStyle(probe).color;
      };
      const element = document.querySelector('usage-projects') ?? document.body;
      const card = element.shadowRoot?.querySelector('[part="card"]') ?? document.body;
      const colors = {
        accent: [
          resolve(`var(${names.accent})`),
          resolve(getComputedStyle(element).getPropertyValue('--_accent')),
        ],
        surface: [resolve(`var(${names.surface})`), getComputedStyle(card).backgroundColor],
      };
      probe.remove();
      return colors;
    },
    { accent, surface },
  );

/** What axe says of colors in our elements. */
async function contrastProblems(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(
      document.querySelector('usage-provider') ?? document.body,
      { runOnly: { type: 'rule', values: ['color-contrast'] } },
    );
    return violations.flatMap(({ nodes }) =>
      nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`),
    );
  });
}

describe.each(takeCases(KITS.slice(0, 1), KITS.slice(1)))('a page built on $name', (kit) => {
  it('shows the elements as a page without it does, and keeps its own controls', async () => {
    const plain = await open();
    const { page, problems } = await open(kit);
    // Parts that load later may still come to one of the pages.
    const readOther = async (): Promise<string[]> => {
      const [texts, plainTexts] = await Promise.all([readTexts(page), readTexts(plain.page)]);
      return texts.filter((text, index) => text !== plainTexts[index]);
    };
    await expect.poll(readOther).toEqual([]);
    expect(await foreignTags(page, kit.prefix)).toEqual([]);
    const tags = [...new Set(kit.markup.match(/<[a-z]+-[a-z]+/g))].map((tag) => tag.slice(1));
    const undefinedTags = (): Promise<string[]> =>
      page.evaluate(
        (names) => names.filter((name) => customElements.get(name) === undefined),
        tags,
      );
    await expect.poll(undefinedTags).toEqual([]);
    expect([...problems, ...plain.problems]).toEqual([]);
    await Promise.all([page.close(), plain.page.close()]);
  });

  it('hands its look over by one import, light and dark, with enough contrast', async () => {
    const { page, problems } = await open(kit);
    const seen: string[] = [];
    for (const isDark of [false, true]) {
      await page.evaluate(([name, on]) => document.documentElement.classList.toggle(name, on), [
        kit.darkClass,
        isDark,
      ] as const);
      const { accent = [], surface = [] } = await readColors(page, kit);
      expect(accent[1]).toBe(accent[0]);
      expect(surface[1]).toBe(surface[0]);
      seen.push(surface[0] ?? '');
      expect(await contrastProblems(page)).toEqual([]);
    }
    expect(seen[0]).not.toBe(seen[1]);
    expect(problems).toEqual([]);
    await page.close();
  });
});
