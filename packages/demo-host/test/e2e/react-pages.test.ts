// The React app at /usage: the two pages as a product mounts them.
import { AxeBuilder } from '@axe-core/playwright';
import type { Projects, Quota } from '@usage-kit/server-sdk/contract';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ask,
  nowMs,
  settle,
  sidewaysScroll,
  signIn,
  startDemoBrowser,
  textOf,
  visit,
  type DemoBrowser,
} from './demo-browser.js';

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await startDemoBrowser();
});
afterAll(() => browser.close());

const phone = { viewport: { width: 375, height: 812 } } satisfies BrowserContextOptions;
const screens = [
  { name: 'desktop', options: {} },
  { name: 'phone', options: phone },
] as const;

const projectPath = (appDid: string) => `/usage/projects/${encodeURIComponent(appDid)}`;
const firstProject = async (page: Page) =>
  (await ask<Projects>(page, '/projects?pageSize=1')).items[0]!;
/** The names in the list of projects, in order. */
const projectNames = (page: Page) =>
  page.locator('usage-projects [part~=project-link]').allInnerTexts();
/** The statuses, models and durations of the calls that are listed. */
const callRows = (page: Page) => page.locator('usage-call-history [part~=row]').allInnerTexts();

/** Sorts a table as a person does: by its heading, or where it is a list of cards by the choice above it. */
async function sortBy(page: Page, table: string, column: string): Promise<void> {
  const heading = page.locator(table).getByRole('columnheader', { name: column });
  if (await heading.isVisible()) await heading.getByRole('button').click();
  else await page.locator(table).getByLabel('Sort by').selectOption({ label: column });
}

/** Where the filters of the call history are: in the element, or on a phone in a drawer that is opened first. */
async function openFilters(page: Page): Promise<Locator> {
  const history = page.locator('usage-call-history');
  const button = history.getByRole('button', { name: /^Filters/ });
  if (!(await button.isVisible())) return history;
  await button.click();
  return page.getByRole('dialog', { name: 'Filters' });
}

async function closeFilters(page: Page): Promise<void> {
  const done = page.getByRole('dialog').getByRole('button', { name: 'Show calls' });
  if (!(await done.isVisible())) return;
  await done.click();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
}

/** Loads the page again and finds what `read` found before. */
async function reloadsTheSame(page: Page, read: () => Promise<unknown>): Promise<void> {
  await settle(page);
  const before = await read();
  const address = page.url();
  await page.reload();
  await expect.poll(read).toEqual(before);
  expect(page.url()).toBe(address);
}

describe.each(screens)('a visit on a $name', ({ options }) => {
  it('finds every view again after a reload, and on the way back', async () => {
    const { page, problems } = await browser.open(options);
    await signIn(page, 'ada');
    const quota = await ask<Quota>(page, '/quota');
    expect(await textOf(page, 'usage-quota')).toContain(Number(quota.remaining).toFixed(2));

    const month = await textOf(page, 'usage-overview');
    await page.locator('usage-range-picker').getByText(/\b7\b/).first().click();
    await expect.poll(() => page.url()).toContain('from=last-7-days');
    await expect.poll(() => textOf(page, 'usage-overview')).not.toBe(month);
    await reloadsTheSame(page, () => textOf(page, 'usage-overview'));

    await page.locator('usage-projects').getByRole('searchbox').fill('a');
    await expect.poll(() => page.url()).toContain('search=a');
    await sortBy(page, 'usage-projects', 'Credits');
    await expect.poll(() => page.url()).toContain('sort=-credits');
    await reloadsTheSame(page, () => projectNames(page));
    expect(await page.locator('usage-projects').getByRole('searchbox').inputValue()).toBe('a');
    await settle(page);
    const sorted = await projectNames(page);

    await page.locator('usage-projects [part~=project-link]').first().click();
    await page.waitForURL(/\/usage\/projects\/[^?]+\?from=last-7-days$/);
    await expect.poll(() => textOf(page, 'usage-project-stats')).toContain(sorted[0]!);

    await page.goBack();
    await expect.poll(() => projectNames(page)).toEqual(sorted);
    expect(problems).toEqual([]);
  });

  it('finds the failed calls of a model, the slowest first, by a link', async () => {
    const { page, problems } = await browser.open(options);
    await signIn(page, 'ada');
    await visit(page, projectPath((await firstProject(page)).appDid));
    const history = page.locator('usage-call-history');
    const filters = await openFilters(page);
    await filters.getByLabel('Model').selectOption('gpt-4o-mini');
    await expect.poll(() => page.url()).toContain('model=gpt-4o-mini');
    await filters.getByLabel('Status').selectOption({ label: 'Failed' });
    await expect.poll(() => page.url()).toContain('status=failed');
    await closeFilters(page);
    await sortBy(page, 'usage-call-history', 'Duration');
    await expect.poll(() => page.url()).toContain('sort=-duration');
    // None of the choices took another one back.
    expect(page.url()).toMatch(/model=gpt-4o-mini.*status=failed/);
    await settle(page);
    await settle(page);
    const rows = await callRows(page);
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(row).toMatch(/Failed[^]*gpt-4o-mini/);

    await history
      .getByRole('button', { expanded: false })
      .filter({ hasNotText: /filter/i })
      .first()
      .click();
    await expect.poll(() => page.url()).toContain('open=');
    await expect.poll(() => history.locator('[part~=detail]').count()).toBe(1);
    await reloadsTheSame(page, async () => [
      await callRows(page),
      await history.locator('[part~=detail]').allInnerTexts(),
    ]);

    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('sort=');
    expect(page.url()).toContain('status=failed');
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('status=');
    await expect
      .poll(async () => (await callRows(page)).some((row) => row.includes('Success')))
      .toBe(true);
    expect(problems).toEqual([]);
  });

  it('switches to dark and to Chinese at once, and comes back in them', async () => {
    const { page, problems } = await browser.open(options);
    await signIn(page, 'ada');
    const surface = () =>
      page
        .locator('usage-trends [part~=card]')
        .evaluate((card) => getComputedStyle(card).backgroundColor);
    const light = await surface();
    await page.locator('[data-theme-switch]').click();
    await expect.poll(surface).not.toBe(light);
    const dark = await surface();
    await page.getByRole('button', { name: '切换到中文' }).click();
    await expect.poll(() => textOf(page, 'usage-overview')).toContain('调用');
    await reloadsTheSame(page, () => textOf(page, 'usage-overview'));
    expect(await surface()).toBe(dark);
    expect(await page.getAttribute('html', 'lang')).toBe('zh');
    expect(await page.getByRole('heading', { level: 1 }).first().innerText()).toBe('用量');
    expect(problems).toEqual([]);
  });

  // Four times axe on a whole page: more than a minute on a busy machine.
  const axeTimeout = 180_000;
  it(
    'asks nothing twice, scrolls only one way, and has no barrier that axe can find',
    { timeout: axeTimeout },
    async () => {
      const { page, problems } = await browser.open({ ...options, locale: 'zh-CN' });
      const asked: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/api/usage')) asked.push(request.url());
      });
      await signIn(page, 'ada');
      const { appDid } = await firstProject(page);
      for (const path of ['/usage/dashboard', projectPath(appDid)]) {
        asked.length = 0;
        await visit(page, path);
        expect(asked.length).toBeGreaterThanOrEqual(4);
        expect(asked).toEqual([...new Set(asked)]);
        expect(await sidewaysScroll(page), path).toBeLessThanOrEqual(0);
        for (const switchesScheme of [false, true]) {
          if (switchesScheme) await page.locator('[data-theme-switch]').click();
          const { violations } = await new AxeBuilder({ page }).analyze();
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
          expect(found, path).toEqual([]);
        }
      }
      expect(problems).toEqual([]);
    },
  );
});

it('has its filters in a drawer on a phone, by keyboard and in a link, and without a barrier', async () => {
  const { page, problems } = await browser.open({ ...phone, colorScheme: 'dark' });
  await signIn(page, 'ada');
  await visit(page, `${projectPath((await firstProject(page)).appDid)}?status=failed`);
  const history = page.locator('usage-call-history');
  const button = history.getByRole('button', { name: 'Filters (1)' });
  const drawer = page.getByRole('dialog', { name: 'Filters' });
  await button.focus();
  await page.keyboard.press('Enter');
  await drawer.waitFor();
  expect(await drawer.getByLabel('Status').inputValue()).toBe('failed');
  // Once around: the focus stays inside.
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]'))).not.toBe(
      null,
    );
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await drawer.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(() => page.url()).not.toContain('status=');
  await page.keyboard.press('Escape');
  await expect.poll(() => drawer.count()).toBe(0);
  const plainButton = history.getByRole('button', { name: 'Filters', exact: true });
  expect(await plainButton.evaluate((node) => node === document.activeElement)).toBe(true);
  expect(problems).toEqual([]);
});

it('asks in the range of the link from the first request on', async () => {
  const { page } = await browser.open();
  await signIn(page, 'ada');
  const { appDid } = await firstProject(page);
  const asked: URL[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/usage')) asked.push(new URL(request.url()));
  });
  for (const [path, count] of [
    ['/usage/dashboard', 5],
    [projectPath(appDid), 4],
  ] as const) {
    asked.length = 0;
    await visit(page, `${path}?from=last-7-days`);
    expect(asked.map(({ pathname }) => pathname)).toHaveLength(count);
    const starts = asked.flatMap(({ searchParams }) => searchParams.get('from') ?? []);
    expect(starts.length).toBeGreaterThan(2);
    for (const start of starts) expect(Date.parse(start)).toBeGreaterThan(nowMs - 8 * 86_400_000);
  }
});

it.each(screens)('moves nothing while it loads slowly on a $name', async ({ options }) => {
  const { page } = await browser.open(options);
  await signIn(page, 'ada');
  const { appDid } = await firstProject(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slowNetwork);
  await page.addInitScript(measurePage);
  for (const path of ['/usage/dashboard', projectPath(appDid)]) {
    await visit(page, path);
    await expect.poll(() => textOf(page, 'usage-range-picker')).toContain('30');
    const { shift, paintMs } = await page.evaluate(
      () => (window as unknown as { measures: { shift: number; paintMs: number } }).measures,
    );
    // Not for the first paint: how long it takes says more about the machine than about the page.
    expect(paintMs).toBeGreaterThan(0);
    expect(shift, path).toBeLessThan(0.02);
  }
});

/** 1.6 Mbit/s and 150 ms, as Lighthouse has a phone. */
const slowNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 90_000,
};

/** Runs in the page before anything else. */
function measurePage(): void {
  const measures = { shift: 0, paintMs: 0 };
  Object.assign(window, { measures });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      measures.shift += (entry as PerformanceEntry & { value: number }).value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) measures.paintMs = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

it('comes dark from the first frame on, and is dark at once where it is switched', async () => {
  const { page, problems } = await browser.open();
  await signIn(page, 'ada');
  const colours = async () => {
    const card = page.locator('usage-trends [part~=card]');
    const ground = (node: Element) => getComputedStyle(node).backgroundColor;
    return [await page.locator('body').evaluate(ground), await card.evaluate(ground)];
  };
  const light = await colours();
  await page.locator('[data-theme-switch]').click();
  await settle(page);
  const dark = await colours();
  expect(dark[0]).not.toBe(light[0]);
  expect(dark[1]).not.toBe(light[1]);
  await page.addInitScript(noteGrounds);
  await page.reload();
  await page.waitForLoadState('networkidle');
  await settle(page);
  const grounds = await page.evaluate(() => (window as unknown as { grounds: string[] }).grounds);
  expect([...new Set(grounds)]).toEqual([dark[0]]);
  expect(await colours()).toEqual(dark);
  expect(problems).toEqual([]);
});

/** Runs in the page before anything else: the ground of every frame, from the first that has one. */
function noteGrounds(): void {
  const grounds: string[] = [];
  Object.assign(window, { grounds });
  const note = (): void => {
    // A document without its styles yet is not painted.
    const isStyled = document.body?.querySelector('#root') && document.styleSheets.length > 0;
    if (isStyled) grounds.push(getComputedStyle(document.body).backgroundColor);
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

describe('what goes wrong', () => {
  it('is one friendly screen for a project of somebody else, and names it not', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    const { appDid, name } = await firstProject(page);
    const stranger = await browser.open();
    await signIn(stranger.page, 'ben');
    await visit(stranger.page, projectPath(appDid));
    await expect
      .poll(() => stranger.page.getByRole('alert').allInnerTexts())
      .toEqual([expect.stringContaining('No such project')]);
    expect(await stranger.page.content()).not.toContain(name);
    await stranger.page.getByRole('link', { name: 'All usage' }).click();
    await stranger.page.waitForURL('**/usage/dashboard');
  });

  it('asks to sign in again when the session ended meanwhile', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    await page.context().clearCookies();
    // On a slow machine the quota's poll may have noticed first: then there is no range left to choose.
    const week = page.locator('usage-range-picker').getByText(/\b7\b/).first();
    const chosen = week.click().catch(() => undefined);
    await Promise.race([chosen, page.getByRole('alert').waitFor()]);
    await expect.poll(() => page.getByRole('alert').allInnerTexts()).toHaveLength(1);
    expect(await page.getByRole('alert').innerText()).toContain('You are signed out');
    expect(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toContain(
      '/sign-in',
    );
  });

  it('says that the usage may not be seen', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    await page.route('**/api/usage/overview*', (route) =>
      route.fulfill({ status: 403, json: { error: { code: 'FORBIDDEN', message: 'No' } } }),
    );
    await page.reload();
    await expect.poll(() => page.getByRole('alert').allInnerTexts()).toHaveLength(1);
    expect(await page.getByRole('alert').innerText()).toContain('not yours to see');
  });

  it('stays with the part that is broken', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    await page.route('**/api/usage/trends*', (route) => route.fulfill({ status: 500, body: 'no' }));
    await page.reload();
    await expect.poll(() => textOf(page, 'usage-trends')).toContain('Try again');
    await expect.poll(() => textOf(page, 'usage-projects')).toContain('Support Assistant');
  });

  it('is not somebody’s first day: it shows how to make a call', async () => {
    const { page, problems } = await browser.open();
    await signIn(page, 'chen');
    await expect
      .poll(() => page.locator('[data-guide]').innerText())
      .toContain('Make your first call');
    expect(await textOf(page, 'usage-quota')).toMatch(/\b5\b/);
    expect(problems).toEqual([]);
  });
});

it('shows a call recorded meanwhile within a poll, and moves no row', async () => {
  const { page, problems } = await browser.open();
  // A clock that goes: polls are planned by it.
  await page.clock.setSystemTime(nowMs);
  await signIn(page, 'ada');
  const { appDid } = await firstProject(page);
  await visit(page, projectPath(appDid));
  const callsOf = async () =>
    /Calls\n+([\d,]+)/.exec(await textOf(page, 'usage-project-stats'))?.[1];
  const before = await callsOf();
  await page.locator('usage-call-history [part~=row]').nth(3).scrollIntoViewIfNeeded();
  const places = () =>
    page
      .locator('usage-call-history [part~=row]')
      .evaluateAll((rows) => rows.map((row) => [row.getBoundingClientRect().top, row.textContent]));
  const rowsBefore = await places();
  await browser.demo.usage.calls.record({
    userDid: (await page.getAttribute('#root', 'data-user-did'))!,
    appDid,
    model: 'made-meanwhile',
    status: 'success',
    startedAt: nowMs - 1000,
    durationMs: 900,
    credits: '1',
  });
  const button = page.locator('usage-call-history [part~=new-calls]');
  // Polls are 30 seconds apart, give or take a tenth.
  await page.clock.fastForward(34_000);
  await button.waitFor();
  expect(await button.innerText()).toContain('1 new call');
  expect(await places()).toEqual(rowsBefore);
  await button.click();
  await expect.poll(async () => (await callRows(page))[0]).toContain('made-meanwhile');
  await page.reload();
  await expect.poll(callsOf).toBe(toNext(before));
  expect(problems).toEqual([]);
});

const toNext = (count: string | undefined) =>
  (Number(count?.replaceAll(',', '')) + 1).toLocaleString('en-GB');
