// The plain HTML pages; the React app has its own file.
import type {
  Overview,
  ProjectCalls,
  Projects,
  ProjectStats,
} from '@usage-kit/server-sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findBarriers,
  readJson,
  measureSidewaysScroll,
  signIn,
  startDemoBrowser,
  readText,
  visit,
  type DemoBrowser,
} from './demo-browser.js';

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await startDemoBrowser();
});
afterAll(() => browser.close());

const readFirstProject = async (page: Parameters<typeof readJson>[0]) =>
  (await readJson<Projects>(page, '/projects?pageSize=1')).items[0]!;
const toProjectPath = (appDid: string) => `/plain/projects/${encodeURIComponent(appDid)}`;
/** `50197` as the pages write it. */
const formatGrouped = (value: number) => value.toLocaleString('en-GB');

describe('the dashboard', () => {
  it('shows a busy user the figures of the API, without an error or a policy violation', async () => {
    const { page, problems } = await browser.open();
    await signIn(page, 'ada');
    const answer = page.waitForResponse((response) => response.url().includes('/overview'));
    await visit(page, '/plain/dashboard');
    const overview = (await (await answer).json()) as Overview;
    expect(overview.totals.calls).toBeGreaterThan(30_000);
    await expect
      .poll(() => readText(page, 'usage-overview'))
      .toContain(formatGrouped(overview.totals.calls));
    expect(await readText(page, 'usage-overview')).toContain(
      `${(overview.totals.successRate! * 100).toFixed(1)}%`,
    );
    await expect.poll(() => readText(page, 'usage-projects')).toContain('Support Assistant');
    await expect
      .poll(() => readText(page, 'usage-quota-details'))
      .toContain('Thanks for your feedback');
    expect(problems).toEqual([]);
  });

  it('shows a new user how to call a model', async () => {
    const { page, problems } = await browser.open();
    await signIn(page, 'chen');
    await visit(page, '/plain/dashboard');
    expect(await readText(page, '[data-guide]')).toContain('Make your first call');
    expect(await readText(page, 'usage-quota')).toMatch(/\b5\b/);
    expect(problems).toEqual([]);
  });
});

describe('the page of a project', () => {
  it('shows the figures and the calls of the API, without an error or a policy violation', async () => {
    const { page, problems } = await browser.open();
    await signIn(page, 'ada');
    const { appDid, name } = await readFirstProject(page);
    const stats = page.waitForResponse((response) => /\/stats(\?|$)/.test(response.url()));
    const calls = page.waitForResponse((response) => /\/calls(\?|$)/.test(response.url()));
    await visit(page, toProjectPath(appDid));
    expect(await page.title()).toContain(name);
    const { totals } = (await (await stats).json()) as ProjectStats;
    const text = await readText(page, 'usage-project-stats');
    expect(text).toContain(name);
    expect(text).toContain(formatGrouped(totals.calls));
    const { items } = (await (await calls).json()) as ProjectCalls;
    const history = await readText(page, 'usage-call-history');
    expect(history).toContain(items[0]!.model);
    expect(items.some(({ status }) => status === 'processing')).toBe(true);
    expect(history).toContain('Running');
    expect(problems).toEqual([]);
  });

  it('has a link for any DID, slashes included', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    await visit(page, toProjectPath('acme/docs-translator'));
    await expect
      .poll(() => readText(page, 'usage-project-stats'))
      .toMatch(/Docs Translator[^]*Calls\n+\d/);
  });

  it('says once that a project does not exist, and names no project of another user', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    const { appDid, name } = await readFirstProject(page);
    const stranger = await browser.open();
    await signIn(stranger.page, 'ben');
    await visit(stranger.page, toProjectPath(appDid));
    await expect
      .poll(() => readText(stranger.page, 'usage-project-stats'))
      .toContain('Project not found');
    expect(await stranger.page.locator('usage-call-history').isVisible()).toBe(false);
    expect(await stranger.page.getByRole('link', { name: 'All usage' }).count()).toBe(1);
    expect(await stranger.page.content()).not.toContain(name);
  });
});

describe('the session', () => {
  it('comes back to a deep link after the sign-in', async () => {
    const { page } = await browser.open();
    await page.goto(`${toProjectPath('acme/docs-translator')}?from=last-7-days`);
    expect(page.url()).toContain('/sign-in');
    await page.click('[data-user=ada]');
    await page.waitForURL(`**${toProjectPath('acme/docs-translator')}?from=last-7-days`);
  });

  it('ends with the sign-out, also for a page that is still open', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    await visit(page, '/plain/dashboard');
    const other = await page.context().newPage();
    await other.goto('/plain/dashboard');
    await other.click('[data-sign-out]');
    await other.waitForURL('**/sign-in');
    // The open page sends another request when its range changes, and shows that the session has ended.
    await page.locator('usage-range-picker').getByText(/\b7\b/).first().click();
    await expect.poll(() => readText(page, 'usage-overview')).toMatch(/signed out/i);
  });
});

describe('on every screen', () => {
  it('has no barrier that axe can find and no sideways scrolling on a dark phone', async () => {
    const { page } = await browser.open({
      viewport: { width: 320, height: 800 },
      colorScheme: 'dark',
    });
    await signIn(page, 'ada');
    const { appDid } = await readFirstProject(page);
    for (const path of ['/plain/dashboard', toProjectPath(appDid), '/sign-in']) {
      await visit(page, path);
      expect(await measureSidewaysScroll(page), path).toBeLessThanOrEqual(0);
      expect(await findBarriers(page), path).toEqual([]);
    }
  });
});
