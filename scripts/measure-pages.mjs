/**
 * `npm run measure -- [RUNS]`: both React pages of the demo on a slowed-down Chromium, nothing cached, as a table.
 *
 * What is measured is the median of the runs (3); of interactions the slowest, as "interaction to next paint" has it.
 */
import { startDemoProcess } from './lib/demo-process.mjs';
import { checkNode, ensureInstalled } from './lib/ensure-installed.mjs';
import { readMeasures, slowPage } from './lib/page-measures.mjs';

const runs = Number(process.argv[2] ?? 3);
const screens = [
  { width: 1360, height: 900 },
  { width: 375, height: 812 },
];

checkNode();
await ensureInstalled();
const { chromium } = await import('playwright-core');
const { CHROMIUM_ARGS, findBrowser } = await import('./find-browser.mjs');

const demo = await startDemoProcess(['--no-live']);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: CHROMIUM_ARGS });
try {
  console.log(
    '| page | screen | layout shift | first paint | largest paint | slowest interaction |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const name of ['Dashboard', 'Project']) {
    for (const viewport of screens) await printRow(name, viewport);
  }
} finally {
  await browser.close();
  await demo.stop();
}

async function printRow(name, viewport) {
  const measured = [];
  for (let run = 0; run < runs; run += 1) measured.push(await measure(name, viewport));
  const median = (read) => measured.map(read).sort((a, b) => a - b)[Math.floor(runs / 2)];
  const seconds = (read) => `${(median(read) / 1000).toFixed(1)} s`;
  const cells = [
    name,
    `${viewport.width} × ${viewport.height}`,
    String(Number(median(({ shift }) => shift).toFixed(4))),
    seconds(({ firstMs }) => firstMs),
    seconds(({ largestMs }) => largestMs),
    `${median(({ interactions }) => Math.max(0, ...interactions))} ms of ${measured[0].interactions.length}`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

/** Opens a page in a new session and uses it as a person does. */
async function measure(name, viewport) {
  const context = await browser.newContext({ viewport, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${demo.url}/sign-in`);
  await page.click('[data-user=ada]');
  await page.waitForLoadState('networkidle');
  const appDid = await page.evaluate(async () => {
    const { items } = await (await fetch('/api/usage/projects?pageSize=1')).json();
    return encodeURIComponent(items[0].appDid);
  });
  await slowPage(page);
  await page.goto(`${demo.url}/usage/${name === 'Project' ? `projects/${appDid}` : 'dashboard'}`);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => window.measures.largestMs > 0);
  // What moves and is painted until here belongs to loading; the first input ends it.
  const loading = await readMeasures(page);
  await (name === 'Project' ? useProject(page) : useDashboard(page));
  await page.waitForLoadState('networkidle');
  const { interactions } = await readMeasures(page);
  await context.close();
  return { ...loading, interactions };
}

async function useDashboard(page) {
  await page.locator('usage-range-picker').getByText('90 days').click();
  await breakDown(page.locator('usage-trends'), page);
  await page.locator('usage-trends').getByRole('button', { name: /table/i }).click();
  await page.locator('usage-projects').getByRole('searchbox').pressSequentially('code');
  await unfold(page, 'Credit history');
  await page.locator('usage-quota-details').getByText('Grant', { exact: true }).first().click();
  const range = page.locator('usage-range-picker').getByRole('button', { name: 'Custom' });
  await range.click();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Escape');
  await page.locator('[data-theme-switch]').click();
}

async function useProject(page) {
  await page.locator('usage-range-picker').getByText('90 days').click();
  await breakDown(page.locator('usage-project-trends'), page);
  await page.locator('usage-project-trends').getByRole('button', { name: /table/i }).click();
  const calls = page.locator('usage-call-history');
  await calls.locator('[part~=expand]').nth(1).click();
  await calls.locator('dialog').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await calls.getByRole('button', { name: 'Load more' }).click();
  await calls.locator('.columns-button').click();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await page.locator('[data-theme-switch]').click();
}

/** Opens a section that a phone folds. */
async function unfold(page, name) {
  const bar = page.getByRole('button', { name, expanded: false });
  if (await bar.isVisible()) await bar.click();
}

/** Breaks a trend down by the first choice, compares it, and hides and isolates groups of it. */
async function breakDown(trend, page) {
  await trend.locator('.breakdown select').focus();
  await page.keyboard.press('ArrowDown');
  const groups = trend.locator('.groups button');
  await groups.first().waitFor();
  await groups.nth(0).click();
  await groups.nth(1).click();
  await trend.getByRole('button', { name: 'Compare' }).click();
}
