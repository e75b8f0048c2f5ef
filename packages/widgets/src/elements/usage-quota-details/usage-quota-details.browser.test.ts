import type { QuotaDetailsParams } from '../../client/usage-client.js';
import type { QuotaDetails } from '@usage-kit/server-sdk/contract';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';
import { quotaDetailsFixture } from '@usage-kit/testing/fixtures/quota-details';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mount, update, type Mounted } from '../../../test/mount.js';
import { UsageRequestError } from '../../client/usage-request-error.js';
import type { UsageQuotaDetails } from './usage-quota-details.js';
import { waitUntil } from '../../test-support/wait-until.js';

const render = () => html`<usage-quota-details></usage-quota-details>`;

describeStates('usage-quota-details', {
  render,
  readyText: /Credit history.*2 entries · 350 calls.*−179\.07.*1–10 of \d\d/,
  readyTextZh: /积分明细.*2 条记录 · 350 次调用.*−179\.07.*第 1–10 条/,
  emptyText: /No credit history yet/,
});

describe('usage-quota-details', () => {
  const each = { groupBy: 'none' };

  /** The first day that is open, and its rows as texts. */
  async function openDay(mounted: Mounted<UsageQuotaDetails>, index = 0): Promise<void> {
    mounted.queryAll('.day-toggle')[index]?.click();
    await waitUntil(() => mounted.queryAll('tr.of-day').length > 0);
    await update(mounted.element);
  }

  it('shows use by day, and a day opens to its entries, which add up to it', async () => {
    const mounted = await mount<UsageQuotaDetails>(render());
    const { query, queryAll } = mounted;
    const toggle = query('.day-toggle');
    expect(toggle.getAttribute('aria-expanded')).to.equal('false');
    expect(toggle.textContent).to.match(/Sat, Nov 21: .*2 entries · 350 calls/s);
    await openDay(mounted, 1);
    await waitUntil(() => queryAll('tr.of-day .skeleton-block').length === 0);
    expect(queryAll('.day-toggle')[1]?.getAttribute('aria-expanded')).to.equal('true');
    const amountOf = (row: Element | null | undefined): number =>
      Number(row?.querySelector('.amount')?.textContent?.replace('−', '-'));
    const entries = queryAll('tr.of-day');
    const day = queryAll('.day-toggle')[1]?.closest('tr');
    expect(entries.length).to.equal(2);
    const sum = entries.reduce((all, row) => all + amountOf(row), 0);
    expect(sum).to.be.closeTo(amountOf(day), 0.001);
    await expectAccessible(mounted.element);
    queryAll('.day-toggle')[1]?.click();
    await update(mounted.element);
    expect(queryAll('tr.of-day')).to.have.length(0);
  });

  it('shows each entry when a person chooses, and keeps that in the view state', async () => {
    const { element, queryAll, text } = await mount<UsageQuotaDetails>(render());
    const press = async (label: string): Promise<void> => {
      queryAll('.segments button')
        .find((button) => button.textContent?.trim() === label)
        ?.click();
      await update(element);
    };
    await press('Each entry');
    expect(text()).to.match(/1–10 of 57/);
    expect(element.viewState).to.deep.equal(each);
    await press('By day');
    expect(element.viewState).to.deep.equal({});
    expect(queryAll('.segments')).to.have.length(2);
    await press('Grant');
    expect(queryAll('.segments')).to.have.length(1);
  });

  it('loads more of a long day, and again what could not be loaded', async () => {
    const long = quotaDetailsFixture({ kind: 'consumption', pageSize: 40 }).items;
    const start = '2026-11-21T00:00:00.000Z';
    const day = { start, end: '2026-11-22T00:00:00.000Z', entries: 40, calls: null };
    const item = { ...long[0], id: 'day', description: null, day } as never;
    let failures = 1;
    const getQuotaDetails = ({ from, page = 1, pageSize = 10 }: QuotaDetailsParams) => {
      const details = quotaDetailsFixture({});
      if (from === undefined) return Promise.resolve({ ...details, items: [item], total: 1 });
      if (failures-- > 0) return Promise.reject(new TypeError('down'));
      const items = long.slice((page - 1) * pageSize, page * pageSize);
      return Promise.resolve({ ...details, items, total: 40 });
    };
    const mounted = await mount<UsageQuotaDetails>(render(), { overrides: { getQuotaDetails } });
    const { query, queryAll, text } = mounted;
    expect(text()).to.contain('40 entries · – calls');
    query('.day-toggle').click();
    await waitUntil(() => text().includes('could not be loaded'));
    await expectAccessible(mounted.element);
    query('[part="day-retry"]').click();
    await waitUntil(() => queryAll('[part="day-more"]').length === 1);
    expect(queryAll('tr.of-day')).to.have.length(25);
    expect(query('[part="day-more"]').textContent?.trim()).to.equal('Show 15 more entries');
    query('[part="day-more"]').click();
    await waitUntil(() => queryAll('tr.of-day:not(:has(.skeleton-block))').length === 40);
    expect(queryAll('[part="day-more"]')).to.have.length(0);
  });

  it('shows each entry of a server that refuses days', async () => {
    const getQuotaDetails = (params: QuotaDetailsParams) =>
      params.groupBy === undefined
        ? Promise.resolve(quotaDetailsFixture(params))
        : Promise.reject(
            new UsageRequestError('refused', {
              ...{ code: 'PARAMETER_INVALID', status: 400, retryable: false },
            }),
          );
    const { text } = await mount(render(), { overrides: { getQuotaDetails } });
    expect(text()).to.match(/−50\.04.*1–10 of 57/s);
  });

  it('filters by kind, and says nothing of all rows below those of one', async () => {
    const { element, query, queryAll, text } = await mount(render());
    expect(text()).to.contain('All entries add up');
    const press = async (label: string): Promise<void> => {
      queryAll('.segments button')
        .find((button) => button.textContent?.trim() === label)
        ?.click();
      await update(element);
    };
    await press('Grant');
    expect(new Set(queryAll('tbody .chip').map((chip) => chip.textContent))).to.deep.equal(
      new Set(['Grant']),
    );
    expect(query('.segments [aria-pressed="true"]').textContent?.trim()).to.equal('Grant');
    expect(query('.amount').textContent).to.equal('+5,000.00');
    expect(text()).not.to.contain('All entries add up');
  });

  it('shows what is left of each grant, and which ends next', async () => {
    const { element, queryAll, text } = await mount<UsageQuotaDetails>(render());
    element.viewState = { kind: 'grant' };
    await update(element);
    const left = queryAll('tbody td.col-left .cell-value').map(({ innerText }) => innerText.trim());
    expect(left).to.deep.equal(['5,000.00', '5,000.00', '103.89']);
    expect(text()).to.contain('Next to expire: 103.89 of Monthly credits on Jan 20, 2027.');
    await expectAccessible(element);
  });

  it('shows a dash for what is not known of a grant, and claims no end', async () => {
    const getQuotaDetails = (params: QuotaDetailsParams) => {
      const details = quotaDetailsFixture({ ...params, kind: 'grant' });
      const items = details.items.map((item) => ({ ...item, remaining: undefined }));
      return Promise.resolve({ ...details, items, grants: null });
    };
    const { queryAll, text } = await mount(render(), { overrides: { getQuotaDetails } });
    expect(
      queryAll('tbody td.col-left .cell-value').map(({ innerText }) => innerText.trim()),
    ).to.deep.equal(['–', '–', '–']);
    expect(text()).not.to.contain('Next to expire');
  });

  it('requests unknown rows again', async () => {
    const gone = { items: [], total: 0, currency: null, sum: null };
    const responses: QuotaDetails[] = [
      { ...quotaDetailsFixture({}), ...gone, status: 'unavailable', reason: 'noAnswer' },
      quotaDetailsFixture({ pageSize: 10 }),
    ];
    const { element, query, queryAll } = await mount(render(), {
      overrides: {
        getQuotaDetails: () => Promise.resolve(responses.shift() ?? quotaDetailsFixture({})),
      },
    });
    query('[part="retry"]').click();
    await update(element);
    expect(queryAll('[part="row"]')).to.have.length(10);
  });

  const sum = { balance: '10', rows: '12.5', pending: '-2.5', unexplained: '0' };
  const gone = { items: [], total: 0, currency: null, sum: null };
  for (const [name, change, text] of [
    ['that add up', {}, /All entries add up to the balance of 10,103\.89/],
    ['with pending use', { sum }, /add up to 12\.50\. With −2\.50 pending.*balance of 10\.00/],
    [
      'that leave something open',
      { sum: { ...sum, unexplained: '-3' } },
      /No entry explains −3\.00/,
    ],
    [
      'from before',
      { stale: { since: '', ageSeconds: 7200 } },
      /Showing data from 2 hours ago.*−50\.04/,
    ],
    [
      'that are not known',
      { ...gone, status: 'unavailable', reason: 'noAnswer' },
      /could not be loaded.*payment system is not responding/,
    ],
  ] as const) {
    it(`shows rows ${name}`, async () => {
      const details = { ...quotaDetailsFixture({ pageSize: 10 }), ...change };
      const { element, text: seen } = await mount(render(), {
        overrides: { getQuotaDetails: () => Promise.resolve(details) },
      });
      expect(seen()).to.match(text);
      await expectAccessible(element);
    });
  }

  it('lines amounts up at the end', async () => {
    const { queryAll } = await mount(render());
    const edges = queryAll('tbody .col-amount .cell-value').map((node) =>
      Math.round(node.getBoundingClientRect().right),
    );
    expect(new Set(edges).size).to.equal(1);
  });
});
