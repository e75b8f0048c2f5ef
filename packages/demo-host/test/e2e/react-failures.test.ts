// Failures of the React app at /usage, and what its reader sees of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, startDemoBrowser, readText, visit, type DemoBrowser } from './demo-browser.js';
import { readFirstProject, toProjectPath } from './react-app.js';

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await startDemoBrowser();
});
afterAll(() => browser.close());

describe('what goes wrong', () => {
  it('shows one screen for a project of another user, without its name', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    const { appDid, name } = await readFirstProject(page);
    const stranger = await browser.open();
    await signIn(stranger.page, 'ben');
    await visit(stranger.page, toProjectPath(appDid));
    await expect
      .poll(() => stranger.page.getByRole('alert').allInnerTexts())
      .toEqual([expect.stringContaining('Project not found')]);
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
    expect(await page.getByRole('alert').innerText()).toContain('have access to this page');
  });

  it('stays with the part that is broken', async () => {
    const { page } = await browser.open();
    await signIn(page, 'ada');
    await page.route('**/api/usage/trends*', (route) => route.fulfill({ status: 500, body: 'no' }));
    await page.reload();
    await expect.poll(() => readText(page, 'usage-trends')).toContain('Try again');
    await expect.poll(() => readText(page, 'usage-projects')).toContain('Support Assistant');
  });

  it('shows a new user how to make a call, and no zeros', async () => {
    const { page, problems } = await browser.open();
    await signIn(page, 'chen');
    await expect
      .poll(() => page.locator('[data-guide]').innerText())
      .toContain('Make your first call');
    expect(await readText(page, 'usage-quota')).toMatch(/\b5\b/);
    expect(problems).toEqual([]);
  });
});
