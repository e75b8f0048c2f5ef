import type { QuotaDetailsParams } from '../../client/usage-client.js';
import type { QuotaDetails } from '@usage-kit/server-sdk/contract';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';
import { quotaDetailsFixture } from '@usage-kit/testing/fixtures/quota-details';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mount, update } from '../../../test/mount.js';
import type { UsageQuotaDetails } from './usage-quota-details.js';

const render = () => html`<usage-quota-details></usage-quota-details>`;

describeStates('usage-quota-details', {
  render,
  readyText: /Credit history.*−50\.04.*1–10 of 57/,
  readyTextZh: /积分明细.*−50\.04.*第 1–10 条/,
  emptyText: /No credit history yet/,
});

describe('usage-quota-details', () => {
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
