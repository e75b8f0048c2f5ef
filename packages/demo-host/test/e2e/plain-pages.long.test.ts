// More of the plain HTML pages: every screen, scheme and language.
import type { Projects } from '@usage-kit/server-sdk/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  findBarriers,
  measureSidewaysScroll,
  readJson,
  readText,
  signIn,
  startDemoBrowser,
  visit,
  type DemoBrowser,
} from './demo-browser.js';

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await startDemoBrowser();
});
afterAll(() => browser.close());

/** The pages for a signed-in user, with that of the first project. */
async function listPaths(page: Parameters<typeof readJson>[0]): Promise<string[]> {
  const { items } = await readJson<Projects>(page, '/projects?pageSize=1');
  const project = encodeURIComponent(items[0]!.appDid);
  return ['/plain/dashboard', `/plain/projects/${project}`, '/sign-in'];
}

const widths = { 'en-GB': [320, 390, 820, 1360], 'zh-CN': [320] };
it.each(Object.entries(widths))('has no sideways scrolling in %s', async (locale, list) => {
  const { page } = await browser.open({ locale });
  await signIn(page, 'ada');
  for (const path of await listPaths(page)) {
    await visit(page, path);
    for (const width of list) {
      await page.setViewportSize({ width, height: 800 });
      // Charts follow their boxes a frame later.
      const scroll = expect.poll(() => measureSidewaysScroll(page), {
        message: `${path} at ${width}`,
      });
      await scroll.toBeLessThanOrEqual(0);
    }
  }
});

const looks = [
  { name: 'phone', options: { viewport: { width: 390, height: 800 } } },
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'Chinese', options: { locale: 'zh-CN' } },
] as const;
it.each(looks)('has no barrier that axe can find: $name', async ({ options }) => {
  const { page } = await browser.open(options);
  await signIn(page, 'ada');
  for (const path of await listPaths(page)) {
    await visit(page, path);
    expect(await findBarriers(page), path).toEqual([]);
  }
});

it('keeps the chosen range in the URL', async () => {
  const { page } = await browser.open();
  await signIn(page, 'ada');
  await visit(page, '/plain/dashboard');
  const month = await readText(page, 'usage-overview');
  await page.locator('usage-range-picker').getByText(/\b7\b/).first().click();
  await expect.poll(() => page.url()).toContain('/plain/dashboard?from=last-7-days');
  await expect.poll(() => readText(page, 'usage-overview')).not.toBe(month);
  await page.waitForLoadState('networkidle');
  const week = await readText(page, 'usage-overview');
  await page.reload();
  await expect.poll(() => readText(page, 'usage-overview')).toBe(week);
  await page.goBack();
  await expect.poll(() => readText(page, 'usage-overview')).toBe(month);
});

it('opens a project from its row, in the same range', async () => {
  const { page } = await browser.open();
  await signIn(page, 'ada');
  await visit(page, '/plain/dashboard?from=last-7-days');
  await page.locator('usage-projects').getByText('智能客服助手').first().click();
  await page.waitForURL('**/plain/projects/*?from=last-7-days');
  await expect.poll(() => readText(page, 'usage-project-stats')).toContain('智能客服助手');
});

it('speaks Chinese after the switch, on the same page', async () => {
  const { page } = await browser.open();
  await signIn(page, 'ada');
  await visit(page, '/plain/dashboard?from=last-7-days');
  await page.getByRole('button', { name: '切换到中文' }).click();
  await page.waitForLoadState('networkidle');
  expect(page.url()).toContain('/plain/dashboard?from=last-7-days');
  expect(await page.getAttribute('html', 'lang')).toBe('zh');
  await expect.poll(() => readText(page, 'usage-overview')).toContain('调用');
});

it('switches to dark and remembers it', async () => {
  const { page } = await browser.open();
  await signIn(page, 'ada');
  await visit(page, '/plain/dashboard');
  await page.locator('[data-theme-switch]').click();
  expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
  await page.reload();
  expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
});

it('shows a small user three projects', async () => {
  const { page, problems } = await browser.open();
  await signIn(page, 'ben');
  await visit(page, '/plain/dashboard?from=last-90-days');
  const text = await readText(page, 'usage-projects');
  for (const name of ['Recipe Helper', 'Photo Captions', 'Homework Tutor']) {
    expect(text).toContain(name);
  }
  expect(problems).toEqual([]);
});
