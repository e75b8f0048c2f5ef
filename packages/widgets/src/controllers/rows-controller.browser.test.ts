import { aTimeout, expect } from '@open-wc/testing';
import { html } from 'lit';
import { createMockClient } from '@usage-kit/testing/mock-client';
import { mount, type Mounted } from '../../test/mount.js';
import type { UsageClient } from '../client/usage-client.js';
import type { UsageElement } from '../base/usage-element.js';
import type { UsageTrends } from '../elements/usage-trends/usage-trends.js';
import type { UsageProjects } from '../elements/usage-projects/usage-projects.js';

const ROWS = 100;
const FIRST_ROWS = 25;
const ROWS_A_TASK = 10;

/** Answers after `open()`, with as many projects as were asked for. */
function createServer(): { overrides: Partial<UsageClient>; open: () => void } {
  const fixtures = createMockClient();
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    open: () => open(),
    overrides: {
      async getProjects(params, options) {
        await opened;
        const { items, ...rest } = await fixtures.getProjects({ ...params, pageSize: 20 }, options);
        const { page = 1, pageSize = 20 } = params;
        const many = Array.from({ length: pageSize }, (_, index) => ({
          ...(items[index % items.length] ?? items[0]),
          appDid: `z${page}-${index}`,
        }));
        return { ...rest, page, pageSize, total: 10_000, items: many as typeof items };
      },
    },
  };
}

async function mountLoading(): Promise<Mounted<UsageProjects> & { open: () => void }> {
  const server = createServer();
  const mounted = await mount<UsageProjects>(
    html`<usage-projects page-size=${ROWS}></usage-projects>`,
    { overrides: server.overrides },
  );
  return { ...mounted, open: server.open };
}

/** How many rows there are after each change of the rows, and how tall the element is then. */
async function watch(
  { element, query }: Mounted<UsageElement>,
  selector = '[part="row"]',
): Promise<[number, number][]> {
  const seen: [number, number][] = [];
  const observer = new MutationObserver(() => {
    const rows = element.shadowRoot?.querySelectorAll(selector).length ?? 0;
    seen.push([rows, element.getBoundingClientRect().height]);
  });
  observer.observe(query('.card'), { childList: true, subtree: true });
  while (seen.at(-1)?.[0] !== ROWS) await aTimeout(10);
  observer.disconnect();
  return seen;
}

describe('a page of a hundred rows', () => {
  const hidden = Object.getOwnPropertyDescriptor(Document.prototype, 'hidden');
  // Other tests run in windows above this one.
  beforeEach(() => {
    Object.defineProperty(Document.prototype, 'hidden', { get: () => false, configurable: true });
  });
  afterEach(() => {
    if (hidden !== undefined) Object.defineProperty(Document.prototype, 'hidden', hidden);
  });

  it('comes 25 rows first and then ten a task, and nothing moves meanwhile', async () => {
    const mounted = await mountLoading();
    const loading = mounted.element.getBoundingClientRect().height;
    mounted.open();
    const seen = await watch(mounted);
    const counts = seen.map(([rows]) => rows);
    expect(counts.at(-1)).to.equal(ROWS);
    const steps = counts.map((rows, index) => rows - (counts[index - 1] ?? 0));
    expect(counts[0]).to.equal(FIRST_ROWS);
    expect(Math.max(...steps.slice(1))).to.be.at.most(ROWS_A_TASK);
    for (const [, height] of seen) expect(height).to.be.closeTo(loading, 1);
    expect(mounted.queryAll('.pending')).to.deep.equal([]);
  });

  it('comes ten a task as the table of a trend, which scrolls', async () => {
    const mounted = await mount<UsageTrends>(
      html`<usage-trends from="2025-10-19" to="2026-11-22"></usage-trends>`,
    );
    const { height } = mounted.element.getBoundingClientRect();
    mounted.query('[part="table-toggle"]').click();
    const seen = await watch(mounted, '.chart-table tbody tr:not(.pending)');
    const counts = seen.map(([rows]) => rows).filter((rows) => rows > 0);
    const steps = counts.map((rows, index) => rows - (counts[index - 1] ?? 0));
    expect(counts[0]).to.equal(ROWS_A_TASK);
    expect(Math.max(...steps.slice(1))).to.be.at.most(ROWS_A_TASK);
    for (const [, seenHeight] of seen) expect(seenHeight).to.be.closeTo(height, 1);
  });

  it('is complete when updateComplete says so', async () => {
    const { element, open, queryAll } = await mountLoading();
    open();
    await aTimeout(0);
    await element.updateComplete;
    expect(queryAll('[part="row"]')).to.have.length(ROWS);
  });

  it('has placeholders for the first screen only', async () => {
    const { queryAll, query } = await mountLoading();
    expect(queryAll('tbody tr:not(.pending)')).to.have.length(12);
    expect(query('.pending').dataset['rows']).to.equal(String(ROWS - 12));
  });
});
