import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './support/browser.js';
import { StorybookPage } from './support/storybook.js';

let browser: Browser;
let storybook: StorybookPage;

beforeAll(async () => {
  browser = await launch();
  storybook = await StorybookPage.open(browser);
});
afterAll(async () => {
  await storybook.close();
  await browser.close();
});

/** What has the focus: its role or tag and its name; `null` outside of the story's element. */
interface Stop {
  what: string;
  isSeen: boolean;
}

/** Tabs through the element of a story, from before it until after it. */
async function walk(id: string): Promise<Stop[]> {
  await storybook.show(id, { theme: 'light', locale: 'en', width: 'full', direction: 'ltr' });
  await storybook.page.evaluate(() => {
    // With a stop on either side: past the last one the browser goes to itself, or round, as it likes.
    const [before, after] = ['before', 'after'].map((id) => {
      document.getElementById(id)?.remove();
      return Object.assign(document.createElement('button'), { id });
    });
    const root = document.querySelector('#storybook-root');
    root?.before(before ?? '');
    root?.after(after ?? '');
    before?.focus();
  });
  const stops: Stop[] = [];
  for (let step = 0; step < 150; step += 1) {
    await storybook.page.keyboard.press('Tab');
    const stop = await focused();
    if (stop === null) return stops;
    stops.push(stop);
  }
  throw new Error('The focus does not leave the element.');
}

function focused(): Promise<Stop | null> {
  return storybook.page.evaluate(() => {
    const deepest = (node: Element): Element => {
      const inner = node.shadowRoot?.activeElement;
      return inner == null ? node : deepest(inner);
    };
    const host = document.activeElement;
    if (host?.shadowRoot == null) return null;
    const active = deepest(host);
    const named = active.hasAttribute('aria-label') ? null : active.closest('label');
    const text = (named?.querySelector('span') ?? active).textContent;
    const name = active.getAttribute('aria-label') ?? text;
    // The slider of a chart is transparent; its box is outlined.
    const isOutlined = [active, active.parentElement ?? active].some(
      (node) => getComputedStyle(node).outlineStyle !== 'none',
    );
    const { top, bottom } = active.getBoundingClientRect();
    return {
      what: `${active.localName} ${name.replace(/\s+/g, ' ').trim()}`,
      isSeen: isOutlined && bottom > 0 && top < innerHeight,
    };
  });
}

const SWITCH = ['button 7 days', 'button 30 days', 'button 90 days'];
const REFRESH = 'select Automatic refresh:';
const METRICS = ['Calls', 'Success rate', 'Average duration', 'P95 duration', 'Tokens', 'Credits'];
const POINTS = 'input Use the arrow keys to read each point, Enter to show only its calls.';
const BREAKDOWN = ['select Breakdown', 'button Compare'];
const EXPORT = 'button Export';
const TABLE = 'button View as table';
const COLUMNS = ['Project', 'Calls', 'Tokens', 'Credits', 'Success rate', 'Average duration'];
const KEEP = ['button Done', 'button Dismiss'];
const CHANGES = ['Snooze a day', 'Change', 'Delete'];

/** Every stop of an element with few; the first ones of a list. */
const WALKS: Readonly<Record<string, readonly string[]>> = {
  quota: ['button Auto top-up On below 500.00', REFRESH],
  overview: [],
  'range-picker': [...SWITCH, 'button Custom'],
  trends: [
    ...[...SWITCH, TABLE, EXPORT, ...METRICS.map((metric) => `button ${metric}`)],
    ...[...BREAKDOWN, POINTS],
  ],
  activity: [
    TABLE,
    ...METRICS.map((metric) => `button ${metric}`),
    'td Sunday, 00:00 – 01:00: Calls 0',
  ],
  'project-latency': [TABLE, 'input Use the arrow keys to read each bar.'],
  'project-failures': [
    'button Show failed calls: Rate limit 429, 760 calls, 46.8%',
    'button Show failed calls: Timeout, 396 calls, 24.4%',
    'button Show failed calls: Provider’s error 503, 165 calls, 10.2%',
    'button Show failed calls: Context too long 400, 99 calls, 6.1%',
    'button Show 2 more',
  ],
  'project-trends': [...BREAKDOWN, TABLE, POINTS],
  'project-models': [TABLE],
  'project-stats': ['button Copy ID zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c'],
  'quota-details': [
    ...['All', 'Grant', 'Usage', 'Adjustment', 'Expiration'].map((kind) => `button ${kind}`),
    ...['By day', 'Each entry'].map((grouping) => `button ${grouping}`),
    EXPORT,
    ...[
      ['Sat, Nov 21', '2 entries · 350 calls'],
      ['Fri, Nov 20', '2 entries · 780 calls'],
      ['Thu, Nov 19', '2 entries · 1,189 calls'],
      ['Wed, Nov 18', '1 entry · 394 calls'],
      ['Tue, Nov 17', '2 entries · 931 calls'],
      ['Mon, Nov 16', '2 entries · 703 calls'],
      ['Sun, Nov 15', '1 entry · 913 calls'],
      ['Sat, Nov 14', '2 entries · 650 calls'],
      ['Fri, Nov 13', '1 entry · 1,219 calls'],
    ].map((day) => `button ${day.join(': ')}`),
    'button Next page',
  ],
  projects: [
    'input Search projects',
    EXPORT,
    ...[...COLUMNS, 'P95 duration', 'Last call'].map((column) => `button ${column}`),
    'a Customer support assistant',
  ],
  'call-history': [
    'input Search calls',
    ...['Model', 'Status', 'Type'].map((filter) => `button ${filter}: All`),
    'select Duration',
    'button Columns',
    EXPORT,
    'button Time',
    'button Duration',
  ],
  advice: [
    ...['summary Arithmetic', 'a Show calls in Customer support assistant', ...KEEP],
    ...['summary Arithmetic', 'a Show 221 calls in Customer support assistant'],
    ...['a Show 73 calls in Search index', ...KEEP],
    ...['summary Arithmetic', 'a Show 38,640 calls in Customer support assistant', ...KEEP],
    'button Show 3 more',
  ],
  alerts: [
    'button New alert',
    ...['summary History (1)', 'button Mark as seen: Failing calls'],
    ...CHANGES.map((change) => `button ${change}: Failing calls`),
    ...CHANGES.map((change) => `button ${change}: Daily spending`),
    // A rule of the host cannot be changed.
    'button Snooze a day: Balance is low',
    REFRESH,
  ],
  budget: [
    ...['button New budget', 'button Mark as seen: November'],
    ...CHANGES.map((change) => `button ${change}: November`),
    ...CHANGES.map((change) => `button ${change}: Images`),
    REFRESH,
  ],
};

describe('a keyboard walk', () => {
  it.each(Object.entries(WALKS))(
    'of usage-%s stops where something can be done, and is seen',
    async (name, expected) => {
      const stops = await walk(`elements-${name}--ready`);
      const seen = stops.map(({ what }) => what);
      const isList = ['projects', 'call-history'].includes(name);
      expect(isList ? seen.slice(0, expected.length) : seen).toEqual(expected);
      expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
      // Backwards it is the same way.
      const back: string[] = [];
      for (const _ of stops) {
        await storybook.page.keyboard.press('Shift+Tab');
        back.unshift((await focused())?.what ?? '');
      }
      expect(back).toEqual(seen);
    },
  );

  it('reaches every row of the lists, and their pages', async () => {
    const projects = await walk('elements-projects--ready');
    expect(projects.filter(({ what }) => what.startsWith('a '))).toHaveLength(20);
    expect(projects.at(-1)?.what).toBe('button Next page');
    const calls = await walk('elements-call-history--ready');
    expect(calls.filter(({ what }) => what.startsWith('button Details of call'))).toHaveLength(25);
    expect(calls.at(-1)?.what).toBe(REFRESH);
    expect(calls.at(-2)?.what).toBe('button Load more');
  });
});

describe('the form of a rule', () => {
  it('is walked field by field, saved by Enter, and gives the focus back', async () => {
    const stops = await walk('elements-alerts--new-one');
    const fields = ['input Name', 'select Metric', 'select Scope', 'select Period'];
    const channels = ['input The application', 'input team-chat', 'input Switched on'];
    expect(stops.map(({ what }) => what).slice(0, 10)).toEqual([
      ...[...fields, 'input Fires at', ...channels, 'button Save', 'button Cancel'],
    ]);
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    const { page } = storybook;
    const { keyboard } = page;
    await page.locator('usage-alerts [name="name"]').focus();
    await keyboard.type('Spending');
    await keyboard.press('Enter');
    await storybook.waitUntilIdle();
    // The level is missing: the focus is there.
    expect((await focused())?.what).toBe('input Fires at');
    await keyboard.type('100');
    await keyboard.press('Enter');
    await storybook.waitUntilIdle();
    expect(await page.locator('usage-alerts form').count()).toBe(0);
    expect((await focused())?.what).toBe('button New alert');
  });

  it('is left by Escape, and a deletion is confirmed', async () => {
    const { page } = storybook;
    await walk('elements-budget--changing');
    await page.locator('usage-budget [name="amount"]').focus();
    await page.keyboard.press('Escape');
    await storybook.waitUntilIdle();
    expect((await focused())?.what).toBe('button Change: November');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await storybook.waitUntilIdle();
    expect((await focused())?.what).toBe('button Cancel: November');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await storybook.waitUntilIdle();
    expect(await page.locator('usage-budget .rule').count()).toBe(1);
    expect((await focused())?.what).toBe('button Snooze a day: Images');
  });
});

describe('keys', () => {
  const text = (selector: string): Promise<string | null> =>
    storybook.page.locator(selector).first().textContent();

  it('read the points of a chart one by one, to both ends', async () => {
    await walk('elements-trends--ready');
    const slider = storybook.page.locator('usage-trends .chart-slider');
    await slider.focus();
    const { keyboard } = storybook.page;
    await keyboard.press('Home');
    const first = await text('usage-trends [part="tooltip"]');
    await keyboard.press('ArrowRight');
    expect(await text('usage-trends [part="tooltip"]')).not.toBe(first);
    await keyboard.press('End');
    expect(await text('usage-trends [part="tooltip"]')).toContain('so far');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(
      /^Nov 22 \(so far\): Calls [\d,]+, Success rate/,
    );
    await keyboard.press('Tab');
    expect(await storybook.page.locator('usage-trends [part="tooltip"]').count()).toBe(0);
  });

  it('sort, open rows, turn pages and switch to the table', async () => {
    const { keyboard } = storybook.page;
    await walk('elements-projects--ready');
    await storybook.page.locator('usage-projects th.col-tokens button').focus();
    await keyboard.press('Enter');
    await storybook.waitUntilIdle();
    expect(
      await storybook.page.locator('usage-projects th.col-tokens').getAttribute('aria-sort'),
    ).toBe('descending');
    await storybook.page.locator('usage-projects .forth').focus();
    await keyboard.press('Space');
    await storybook.waitUntilIdle();
    expect(await text('usage-projects .pager')).toContain('21–40');
    await walk('elements-call-history--ready');
    await storybook.page.locator('usage-call-history .expand').first().focus();
    await keyboard.press('Enter');
    await storybook.waitUntilIdle();
    const drawer = storybook.page.locator('usage-call-history dialog');
    await expect.poll(() => drawer.isVisible()).toBe(true);
    const seen: string[] = [];
    for (let step = 0; step < 6; step += 1) {
      await keyboard.press('Tab');
      const stop = await focused();
      expect(stop?.isSeen).toBe(true);
      seen.push((stop?.what ?? '').replace(/^div .*| [0-9a-f-]{20,}$/, ''));
    }
    // The text, whose name is long, is a stop because it scrolls.
    expect(seen).toEqual([
      ...['button Previous call', 'button Next call', 'button Close', ''],
      ...['button Copy ID', 'button Copy as JSON'],
    ]);
    await keyboard.press('Escape');
    await expect.poll(() => drawer.isVisible()).toBe(false);
    expect((await focused())?.what).toContain('Details of call');
    await walk('elements-project-trends--ready');
    await storybook.page.locator('usage-project-trends [part="table-toggle"]').focus();
    await keyboard.press('Enter');
    const rows = storybook.page.locator('usage-project-trends [part="chart-table"] tbody tr');
    await expect.poll(() => rows.count()).toBe(30);
  });
});
