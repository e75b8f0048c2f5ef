// How the React app at /usage loads: what it asks, what moves, what is painted first.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_LONG, takeCases } from '../../../../scripts/test-size.mjs';
import {
  findBarriers,
  NOW_MS,
  waitUntilIdle,
  measureSidewaysScroll,
  signIn,
  startDemoBrowser,
  readText,
  visit,
  type DemoBrowser,
} from './demo-browser.js';
import { readFirstProject, toProjectPath, SCREENS } from './react-app.js';

/** Tests that have no other cases. */
const itOnce = it.skipIf(IS_LONG);

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await startDemoBrowser();
});
afterAll(() => browser.close());

describe.each(takeCases(SCREENS.slice(1), SCREENS.slice(0, 1)))(
  'both pages on a $name',
  ({ options }) => {
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
        const { appDid } = await readFirstProject(page);
        for (const path of ['/usage/dashboard', toProjectPath(appDid)]) {
          asked.length = 0;
          await visit(page, path);
          expect(asked.length).toBeGreaterThanOrEqual(4);
          expect(asked).toEqual([...new Set(asked)]);
          expect(await measureSidewaysScroll(page), path).toBeLessThanOrEqual(0);
          // One press a page: the dashboard in the dark, the project, which remembers it, in the light.
          for (const switchesScheme of takeCases([true], [false, true])) {
            if (switchesScheme) await page.locator('[data-theme-switch]').click();
            expect(await findBarriers(page), path).toEqual([]);
          }
        }
        expect(problems).toEqual([]);
      },
    );
  },
);

itOnce('asks in the range of the link from the first request on', async () => {
  const { page } = await browser.open();
  await signIn(page, 'ada');
  const { appDid } = await readFirstProject(page);
  const asked: URL[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/usage')) asked.push(new URL(request.url()));
  });
  for (const [path, count] of [
    // The card of the balance asks for the days of the viewer's zone, which are not those of UTC.
    // Rules of projects ask for the names of projects; on the page of one there are none to name.
    ['/usage/dashboard', 11],
    [toProjectPath(appDid), 8],
  ] as const) {
    asked.length = 0;
    await visit(page, `${path}?from=last-7-days`);
    expect(asked.map(({ pathname }) => pathname)).toHaveLength(count);
    // Names are of the projects of the last months, whatever range is shown.
    const starts = asked
      .filter(({ searchParams }) => searchParams.get('pageSize') !== '100')
      .flatMap(({ searchParams }) => searchParams.get('from') ?? []);
    expect(starts.length).toBeGreaterThan(2);
    for (const start of starts) expect(Date.parse(start)).toBeGreaterThan(NOW_MS - 8 * 86_400_000);
  }
});

it.each(takeCases(SCREENS.slice(0, 1), SCREENS.slice(1)))(
  'moves nothing while it loads slowly on a $name',
  async ({ options }) => {
    const { page } = await browser.open(options);
    await signIn(page, 'ada');
    const { appDid } = await readFirstProject(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW_NETWORK);
    await page.addInitScript(measurePage);
    for (const path of ['/usage/dashboard', toProjectPath(appDid)]) {
      await visit(page, path);
      await expect.poll(() => readText(page, 'usage-range-picker')).toContain('30');
      const { shift, paintMs } = await page.evaluate(
        () => (window as unknown as { measures: { shift: number; paintMs: number } }).measures,
      );
      // Not for the first paint: how long it takes says more about the machine than about the page.
      expect(paintMs).toBeGreaterThan(0);
      expect(shift, path).toBeLessThan(0.02);
    }
  },
);

/** 1.6 Mbit/s and 150 ms, as Lighthouse has a phone. */
const SLOW_NETWORK = {
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

itOnce('answers a press of the switch in the next frame, and switches after it', async () => {
  const { page, problems } = await browser.open();
  await signIn(page, 'ada');
  const inNextFrame = await page.locator('[data-theme-switch]').evaluate(async (button) => {
    const readIcon = () => getComputedStyle(button.querySelector('svg') ?? button).transform;
    const before = readIcon();
    (button as HTMLElement).click();
    await new Promise(requestAnimationFrame);
    return [readIcon() !== before, document.documentElement.dataset['theme']];
  });
  expect(inNextFrame).toEqual([true, 'light']);
  await expect.poll(() => page.getAttribute('html', 'data-theme')).toBe('dark');
  expect(problems).toEqual([]);
});

itOnce(
  'comes dark from the first frame on, and is dark immediately where it is switched',
  async () => {
    const { page, problems } = await browser.open();
    await signIn(page, 'ada');
    const colors = async () => {
      const card = page.locator('usage-trends [part~=card]');
      const ground = (node: Element) => getComputedStyle(node).backgroundColor;
      return [await page.locator('body').evaluate(ground), await card.evaluate(ground)];
    };
    const light = await colors();
    await page.locator('[data-theme-switch]').click();
    await waitUntilIdle(page);
    const dark = await colors();
    expect(dark[0]).not.toBe(light[0]);
    expect(dark[1]).not.toBe(light[1]);
    await page.addInitScript(noteGrounds);
    await page.reload();
    await page.waitForLoadState('networkidle');
    await waitUntilIdle(page);
    const grounds = await page.evaluate(() => (window as unknown as { grounds: string[] }).grounds);
    expect([...new Set(grounds)]).toEqual([dark[0]]);
    expect(await colors()).toEqual(dark);
    expect(problems).toEqual([]);
  },
);

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
