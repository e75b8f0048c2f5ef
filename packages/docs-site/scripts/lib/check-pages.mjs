import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from '../../../../scripts/find-browser.mjs';
import { root } from '../../../../scripts/lib/run.mjs';

const AXE = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
/** Each page by phone in the light, and by desk in the dark. */
const VIEWS = [
  { size: PHONE, scheme: 'light' },
  { size: DESKTOP, scheme: 'dark' },
];
/**
 * The other way round, for pages with an example or a console, whose look depends on both. The colors of a text depend on the
 * scheme alone, and its layout on the width alone.
 */
const CROSS_VIEWS = [
  { size: DESKTOP, scheme: 'light', rules: ['color-contrast', 'link-in-text-block'] },
  { size: PHONE, scheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
];
/** What is around every page alike; it is looked at on the start pages. */
const FRAME = ['header.header', 'nav.sidebar'];
/** Tabs at the same time. */
const TABS = 3;

/**
 * Opens pages in a browser: no message in the console, nothing wider than the page, no violation of axe.
 * @returns {Promise<string[]>} problems
 */
export async function checkPages(base, pages) {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: CHROMIUM_ARGS,
  });
  const problems = [];
  const waiting = [...pages];
  const work = async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: PHONE });
    const tab = await context.newPage();
    let current = '';
    const note = (text) => problems.push(`${current}: ${text}`);
    tab.on('console', (message) => {
      if (message.type() !== 'log') note(`console: ${message.text()}`);
    });
    tab.on('pageerror', (error) => note(error.message));
    for (current = waiting.shift(); current !== undefined; current = waiting.shift()) {
      const excluded = /^\/(zh\/)?$/.test(current) ? [] : FRAME;
      await checkPage(tab, new URL(current, base).href, { note, excluded });
    }
  };
  try {
    await Promise.all(Array.from({ length: TABS }, work));
  } finally {
    await browser.close();
  }
  return problems;
}

async function checkPage(tab, url, { note, excluded }) {
  await tab.setViewportSize(PHONE);
  await tab.goto(url, { waitUntil: 'load' });
  await tab.evaluate(AXE);
  await tab.evaluate(examplesShown);
  const isLive = (await tab.locator('[data-example], [data-console]').count()) > 0;
  for (const { size, scheme, rules } of isLive ? [...VIEWS, ...CROSS_VIEWS] : VIEWS) {
    await tab.setViewportSize(size);
    await tab.evaluate(setScheme, scheme);
    const { violations, isTooWide } = await tab.evaluate(runAxe, { rules, excluded });
    if (isTooWide) note(`wider than ${size.width} px`);
    for (const violation of violations) note(`${scheme}, ${size.width} px: ${violation}`);
  }
}

/** Waits in the page until every example has its elements, and these what they show. */
async function examplesShown() {
  const stages = [...document.querySelectorAll('[data-stage]')];
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const elements = stages.flatMap((stage) => [...stage.querySelectorAll('*')]);
    const isShown = stages.every((stage) => stage.childElementCount > 0);
    if (
      isShown &&
      elements.every((element) => !element.shadowRoot?.querySelector('[part~=skeleton]'))
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('An example does not show anything.');
}

function setScheme(scheme) {
  document.documentElement.dataset.theme = scheme;
}

async function runAxe({ rules, excluded }) {
  const exclude = excluded.filter((selector) => document.querySelector(selector) !== null);
  const { violations } = await window.axe.run(
    { include: ['html'], exclude },
    {
      resultTypes: ['violations'],
      ...(rules && { runOnly: { type: 'rule', values: rules } }),
    },
  );
  return {
    isTooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    violations: violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 120)}`),
    ),
  };
}
