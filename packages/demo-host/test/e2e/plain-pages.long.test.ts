// The plain HTML pages on every screen, in every scheme and language.
import type { Projects } from '@usage-kit/server-sdk/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  findBarriers,
  measureSidewaysScroll,
  readJson,
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
