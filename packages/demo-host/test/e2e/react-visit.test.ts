// A visit to the React app at /usage: the two pages as a product mounts them.
import { AxeBuilder } from '@axe-core/playwright';
import type { Quota } from '@usage-kit/server-sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_LONG, takeCases } from '../../../../scripts/test-size.mjs';
import { benProfile } from '../../src/seed/profiles.js';
import {
  readJson,
  NOW_MS,
  waitUntilIdle,
  signIn,
  startDemoBrowser,
  readText,
  visit,
  type DemoBrowser,
} from './demo-browser.js';
import {
  locateCallRows,
  chooseValue,
  closeFilters,
  readFirstProject,
  openFilters,
  PHONE,
  locateProjectNames,
  toProjectPath,
  reloadsTheSame,
  SCREENS,
  sortBy,
} from './react-app.js';

/** Tests that have no other cases. */
const itOnce = it.skipIf(IS_LONG);

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await startDemoBrowser();
});
afterAll(() => browser.close());

describe.each(takeCases(SCREENS.slice(1), SCREENS.slice(0, 1)))(
  'a visit on a $name',
  ({ options }) => {
    it('finds every view again after a reload, and on the way back', async () => {
      const { page, problems } = await browser.open(options);
      await signIn(page, 'ada');
      const quota = await readJson<Quota>(page, '/quota');
      // The card cuts a balance instead of rounding it up.
      const remaining = quota.remaining?.replace(/(\.\d\d)\d+$/, '$1') ?? 'no balance';
      expect(await readText(page, 'usage-quota')).toContain(remaining);

      const month = await readText(page, 'usage-overview');
      await page.locator('usage-range-picker').getByText(/\b7\b/).first().click();
      await expect.poll(() => page.url()).toContain('from=last-7-days');
      await expect.poll(() => readText(page, 'usage-overview')).not.toBe(month);
      await reloadsTheSame(page, () => readText(page, 'usage-overview'));

      await page.locator('usage-projects').getByRole('searchbox').fill('a');
      await expect.poll(() => page.url()).toContain('search=a');
      await sortBy(page, 'usage-projects', 'Credits');
      await expect.poll(() => page.url()).toContain('sort=-credits');
      await reloadsTheSame(page, () => locateProjectNames(page));
      expect(await page.locator('usage-projects').getByRole('searchbox').inputValue()).toBe('a');
      await waitUntilIdle(page);
      const sorted = await locateProjectNames(page);

      await page.locator('usage-projects [part~=project-link]').first().click();
      await page.waitForURL(/\/usage\/projects\/[^?]+\?from=last-7-days$/);
      await expect.poll(() => readText(page, 'usage-project-stats')).toContain(sorted[0]!);

      await page.goBack();
      await expect.poll(() => locateProjectNames(page)).toEqual(sorted);
      expect(problems).toEqual([]);
    });

    it('finds the failed calls of a model, the slowest first, by a link', async () => {
      const { page, problems } = await browser.open(options);
      await signIn(page, 'ada');
      await visit(page, toProjectPath((await readFirstProject(page)).appDid));
      const history = page.locator('usage-call-history');
      const filters = await openFilters(page);
      await chooseValue(filters, 'Model', 'gpt-4o-mini');
      await expect.poll(() => page.url()).toContain('model=gpt-4o-mini');
      await chooseValue(filters, 'Status', 'Failed');
      await expect.poll(() => page.url()).toContain('status=failed');
      await closeFilters(page);
      await sortBy(page, 'usage-call-history', 'Duration');
      await expect.poll(() => page.url()).toContain('sort=-duration');
      // None of the choices took another one back.
      expect(page.url()).toMatch(/model=gpt-4o-mini.*status=failed/);
      await waitUntilIdle(page);
      await waitUntilIdle(page);
      const rows = await locateCallRows(page);
      expect(rows.length).toBeGreaterThan(3);
      for (const row of rows) expect(row).toMatch(/Failed[^]*gpt-4o-mini/);

      await history.locator('.expand').first().click();
      await expect.poll(() => page.url()).toContain('open=');
      await expect.poll(() => history.locator('[part~=detail]').count()).toBe(1);
      await reloadsTheSame(page, async () => [
        await locateCallRows(page),
        await history.locator('[part~=detail]').allInnerTexts(),
      ]);

      await page.goBack();
      await expect.poll(() => page.url()).not.toContain('sort=');
      expect(page.url()).toContain('status=failed');
      await page.goBack();
      await expect.poll(() => page.url()).not.toContain('status=');
      await expect
        .poll(async () => (await locateCallRows(page)).some((row) => row.includes('Success')))
        .toBe(true);
      expect(problems).toEqual([]);
    });

    it('switches to dark and to Chinese without a reload, and comes back in them', async () => {
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
      await expect.poll(() => readText(page, 'usage-overview')).toContain('调用');
      await reloadsTheSame(page, () => readText(page, 'usage-overview'));
      expect(await surface()).toBe(dark);
      expect(await page.getAttribute('html', 'lang')).toBe('zh');
      expect(await page.getByRole('heading', { level: 1 }).first().innerText()).toBe('用量');
      expect(problems).toEqual([]);
    });
  },
);

itOnce(
  'has its filters in a sheet on a phone, by keyboard and in a link, and without a barrier',
  async () => {
    const { page, problems } = await browser.open({ ...PHONE, colorScheme: 'dark' });
    await signIn(page, 'ada');
    await visit(page, `${toProjectPath((await readFirstProject(page)).appDid)}?status=failed`);
    const history = page.locator('usage-call-history');
    const button = history.getByRole('button', { name: 'Filters (1)' });
    const sheet = page.getByRole('dialog', { name: 'Filters' });
    await button.focus();
    await page.keyboard.press('Enter');
    await sheet.waitFor();
    expect(await sheet.getByRole('button', { name: 'Status: Failed' }).isVisible()).toBe(true);
    // Once around: the focus stays inside, or is on the browser's own controls.
    for (let presses = 0; presses < 9; presses += 1) {
      await page.keyboard.press('Tab');
      const isInside = await history.evaluate(({ shadowRoot }) => {
        const active = shadowRoot?.activeElement;
        return active ? active.closest('dialog') !== null : !document.hasFocus();
      });
      expect(isInside || (await page.evaluate(() => document.activeElement?.tagName))).toEqual(
        isInside ? true : 'BODY',
      );
    }
    // Half transparent, its text has no contrast.
    await sheet.evaluate((dialog) =>
      Promise.all(dialog.getAnimations().map(({ finished }) => finished)),
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    await chooseValue(sheet, 'Type', 'Chat');
    // Escape closed the menu and left the sheet open.
    await sheet.getByRole('button', { name: 'Type: Chat' }).waitFor();
    await expect.poll(() => page.url()).toContain('type=chatCompletion');
    await sheet.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.url()).not.toMatch(/status=|type=/);
    await page.keyboard.press('Escape');
    await expect.poll(() => sheet.count()).toBe(0);
    const plainButton = history.getByRole('button', { name: 'Filters', exact: true });
    await expect.poll(() => plainButton.evaluate((node) => node.matches(':focus'))).toBe(true);
    expect(problems).toEqual([]);
  },
);

itOnce('shows a call recorded meanwhile within a poll, and moves no row', async () => {
  const { page, problems } = await browser.open();
  // A clock that goes: polls are planned by it.
  await page.clock.setSystemTime(NOW_MS);
  await signIn(page, 'ada');
  const { appDid } = await readFirstProject(page);
  await visit(page, toProjectPath(appDid));
  const readCalls = async () =>
    /Calls\n+([\d,]+)/.exec(await readText(page, 'usage-project-stats'))?.[1];
  const before = await readCalls();
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
    startedAt: NOW_MS - 1000,
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
  await expect.poll(async () => (await locateCallRows(page))[0]).toContain('made-meanwhile');
  await page.reload();
  await expect.poll(readCalls).toBe(parseNextCount(before));
  expect(problems).toEqual([]);
});

const parseNextCount = (count: string | undefined) =>
  (Number(count?.replaceAll(',', '')) + 1).toLocaleString('en-GB');

itOnce('opens a project named .., which a browser would resolve away', async () => {
  const { page, problems } = await browser.open();
  await signIn(page, 'ben');
  await browser.demo.usage.calls.record({
    ...{
      userDid: benProfile.userDid,
      appDid: '..',
      model: 'm',
      provider: 'openai',
      status: 'success',
    },
    startedAt: NOW_MS - 3_600_000,
    durationMs: 900,
  });
  await visit(page, '/usage/dashboard?search=..');
  await page.locator('usage-projects [part~=project-link]').first().click();
  await expect.poll(() => page.url()).toContain('/usage/projects/..%7F');
  await expect.poll(() => readText(page, 'usage-project-stats')).toMatch(/^\.\..*Calls\s+1\b/s);
  await expect.poll(() => locateCallRows(page)).toHaveLength(1);
  await reloadsTheSame(page, () => readText(page, 'usage-project-stats'));
  expect(problems).toEqual([]);
});
