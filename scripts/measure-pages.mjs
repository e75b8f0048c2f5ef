/**
 * `npm run measure -- [RUNS] [--steps]`: both React pages of the demo on a slowed-down Chromium, nothing cached, as a table.
 *
 * What is measured is the median of the runs (3); of interactions the slowest, as "interaction to next paint" has it, with its
 * name. `--steps` lists every step: the time to the next paint and, of it, what the handlers took.
 */
import { startDemoProcess } from './lib/demo-process.mjs';
import { checkNode, ensureInstalled } from './lib/ensure-installed.mjs';
import { beginStep, press, readMeasures, slowPage } from './lib/page-measures.mjs';

const runs = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 3);
const listsSteps = process.argv.includes('--steps');
const screens = [
  { width: 1360, height: 900 },
  { width: 375, height: 812 },
];

/** Between two letters of a fast typist. */
const LETTER_MS = 100;

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
  const steps = toSteps(measured);
  const seconds = (read) => `${(median(read) / 1000).toFixed(1)} s`;
  const cells = [
    name,
    `${viewport.width} × ${viewport.height}`,
    String(Number(median(({ shift }) => shift).toFixed(4))),
    seconds(({ firstMs }) => firstMs),
    seconds(({ largestMs }) => largestMs),
    describeSlowest(steps[0], measured[0].interactions.length),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  if (!listsSteps) return;
  for (const { step, ms, waitMs, handlerMs } of steps) {
    console.log(`  ${ms} ms: ${step} (after ${waitMs} ms ${handlerMs} ms of handlers)`);
  }
}

function describeSlowest(slowest, count) {
  return slowest === undefined ? '–' : `${slowest.ms} ms of ${count}: ${slowest.step}`;
}

/** Of each step the slowest interaction, as the median of the runs has it; the slowest step first. */
function toSteps(measured) {
  const names = [
    ...new Set(measured.flatMap(({ interactions }) => interactions.map(({ step }) => step))),
  ];
  const inRuns = (name) =>
    measured
      .map(({ interactions }) => toSlowest(interactions.filter(({ step }) => step === name)))
      .sort((a, b) => a.ms - b.ms);
  return names
    .map((name) => ({ ...inRuns(name)[Math.floor(measured.length / 2)], step: name }))
    .sort((a, b) => b.ms - a.ms);
}

/** Interactions of less than 16 ms are not reported. */
function toSlowest(interactions) {
  const none = { ms: 0, waitMs: 0, handlerMs: 0 };
  return interactions.reduce((slowest, one) => (one.ms > slowest.ms ? one : slowest), none);
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
  await beginStep(page, '');
  await page.waitForLoadState('networkidle');
  const { interactions } = await readMeasures(page);
  await context.close();
  return { ...loading, interactions };
}

async function useDashboard(page) {
  await chooseRange(page);
  await breakDown(page.locator('usage-trends'), page);
  await beginStep(page, 'search projects');
  await page.locator('usage-projects').getByRole('searchbox').pressSequentially('code', {
    delay: LETTER_MS,
  });
  await unfold(page, 'Credit history');
  await beginStep(page, 'credit history');
  await press(page.locator('usage-quota-details').getByText('Grant', { exact: true }).first());
  await beginStep(page, 'own range');
  const range = page.locator('usage-range-picker').getByRole('button', { name: 'Custom' });
  await press(range);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Escape');
  await switchTheme(page);
}

async function useProject(page) {
  await chooseRange(page);
  await breakDown(page.locator('usage-project-trends'), page);
  const calls = page.locator('usage-call-history');
  await beginStep(page, 'a call');
  await press(calls.locator('[part~=expand]').nth(1));
  await calls.locator('dialog').waitFor();
  await beginStep(page, 'next call');
  await page.keyboard.press('ArrowRight');
  await beginStep(page, 'close the call');
  await page.keyboard.press('Escape');
  await beginStep(page, 'more calls');
  await press(calls.getByRole('button', { name: 'Load more' }));
  await beginStep(page, 'columns');
  await press(calls.locator('.columns-button'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await switchTheme(page);
}

async function chooseRange(page) {
  await beginStep(page, '90 days');
  await press(page.locator('usage-range-picker').getByText('90 days'));
}

async function switchTheme(page) {
  await beginStep(page, 'light and dark');
  await press(page.locator('[data-theme-switch]'));
}

/** Opens a section that a phone folds. */
async function unfold(page, name) {
  const bar = page.getByRole('button', { name, expanded: false });
  if (!(await bar.isVisible())) return;
  await beginStep(page, 'unfold');
  await press(bar);
}

/** Breaks a trend down by the first choice, compares it, hides and isolates groups of it, and shows it as a table. */
async function breakDown(trend, page) {
  await beginStep(page, 'break down');
  await trend.locator('.breakdown select').focus();
  await page.keyboard.press('ArrowDown');
  const groups = trend.locator('.groups button');
  await groups.first().waitFor();
  await beginStep(page, 'hide groups');
  await press(groups.nth(0));
  await press(groups.nth(1));
  await beginStep(page, 'compare');
  await press(trend.getByRole('button', { name: 'Compare' }));
  await beginStep(page, 'trend as table');
  await press(trend.getByRole('button', { name: /table/i }));
}
