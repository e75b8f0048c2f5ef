import { expect } from '@open-wc/testing';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { html } from 'lit';
import {
  QUOTA,
  QUOTA_DEPLETED,
  QUOTA_HUGE,
  QUOTA_IDLE,
  QUOTA_LOW,
  QUOTA_NO_ACCOUNT,
  QUOTA_OVERDUE,
  QUOTA_STALE,
  QUOTA_UNAVAILABLE,
  QUOTA_UNLIMITED,
  QUOTA_WARNING,
} from '@usage-kit/testing/fixtures/quota';
import { trendsFixture } from '@usage-kit/testing/fixtures/trends';
import { createMockClient } from '@usage-kit/testing/mock-client';
import { UsageRequestError } from '../../client/usage-request-error.js';
import type { TrendParams } from '../../client/usage-client.js';
import type { UsageTopUpEvent } from '../../events/usage-top-up.js';
import { describeStates } from '../../../test/element-suite.js';
import { recordEvents, mount, update } from '../../../test/mount.js';
import type { UsageQuota } from './usage-quota.js';

const render = () => html`<usage-quota></usage-quota>`;

describeStates('usage-quota', {
  render,
  readyText: /Remaining 8,412\.56 ABT.*53 days/,
  readyTextZh: /剩余 8,412\.56 ABT.*53 天/,
  isPolled: true,
});

describe('usage-quota', () => {
  it('names its meter and fills it by what is left', async () => {
    const { query } = await mount<UsageQuota>(render());
    const meter = query('[role="meter"]');
    expect(meter.getAttribute('aria-label')).to.equal('67% of your credits are left');
    const fill = query('.meter-fill');
    expect(fill.offsetWidth / meter.offsetWidth).to.be.closeTo(0.673, 0.01);
  });

  for (const [name, quota, text] of [
    ['low', QUOTA_LOW, /6\.5% left/],
    ['overdrawn', QUOTA_OVERDUE, /−3\.75.*0% left.*Overdue 3\.75.*0 days/],
    ['remembered', QUOTA_STALE, /Showing data from 25 minutes ago.*8,412\.56/],
    ['unlimited', QUOTA_UNLIMITED, /Unlimited/],
    ['unavailable', QUOTA_UNAVAILABLE, /– .*payment system is not responding/],
    ['without an account', QUOTA_NO_ACCOUNT, /– .*don’t have an account/],
    ['under 30 %', QUOTA_WARNING, /24% left/],
    ['used up', QUOTA_DEPLETED, /No credits left/],
    ['not used', QUOTA_IDLE, /No recent usage/],
    ['enormous', QUOTA_HUGE, /100,000,000,000,000,000,000,000\.00/],
  ] as const) {
    it(`shows a quota that is ${name}`, async () => {
      const mounted = await mount(render(), {
        overrides: { getQuota: () => Promise.resolve(quota) },
      });
      expect(mounted.text()).to.match(text);
      await expectAccessible(mounted.element);
    });
  }

  it('refreshes every minute without a word', async () => {
    let requests = 0;
    const getQuota = () => Promise.resolve({ ...QUOTA, used: String((requests += 1)) });
    const { element, ports, text } = await mount(render(), { overrides: { getQuota } });
    await ports.advance(60_000);
    await update(element);
    expect(requests).to.equal(2);
    expect(text()).to.contain('Used 2.00');
  });

  it('keeps the last balance with its age when it cannot refresh, and its height', async () => {
    let isBroken = false;
    const broken = new UsageRequestError('no', { code: 'INTERNAL', status: 500, retryable: true });
    const getQuota = () => (isBroken ? Promise.reject(broken) : Promise.resolve(QUOTA));
    const { element, ports, text } = await mount(render(), { overrides: { getQuota } });
    const { height } = element.getBoundingClientRect();
    isBroken = true;
    await ports.advance(60_000);
    await update(element);
    expect(text()).to.match(
      /8,412\.56.*Cannot refresh\. Showing data from 1 minute ago\. Try again/,
    );
    expect(element.getBoundingClientRect().height).to.equal(height);
    await expectAccessible(element);
  });

  it('fires an event before it opens the top-up', async () => {
    const { element, query } = await mount(render());
    element.addEventListener('usage-top-up', (event) => event.preventDefault(), { once: true });
    const events = await recordEvents<UsageTopUpEvent>(document, 'usage-top-up', () =>
      query('[part="top-up"]').click(),
    );
    expect(events).to.have.length(1);
    expect(events[0]?.detail.topUpUrl).to.equal(QUOTA.topUpUrl);
    expect(events[0]?.cancelable).to.equal(true);
  });

  it('offers no top-up that leads to another host in disguise, to a script or nowhere', async () => {
    for (const topUpUrl of ['//pay.example.com', 'javascript:alert(1)', null]) {
      const getQuota = () => Promise.resolve({ ...QUOTA, topUpUrl, autoRecharge: null });
      const { queryAll } = await mount(render(), { overrides: { getQuota } });
      expect(queryAll('[part="top-up"]')).to.have.length(0);
    }
  });

  it('offers a top-up, and none that is automatic where there is none', async () => {
    const getQuota = () => Promise.resolve({ ...QUOTA, autoRecharge: null });
    const { query } = await mount(render(), { overrides: { getQuota } });
    expect(query('[part="top-up"]').textContent.trim()).to.equal('Top up');
  });

  it('always offers the top-up of a page that has a dialog, and fires its event', async () => {
    const dialog = html`<usage-quota top-up-dialog></usage-quota>`;
    const getQuota = () => Promise.resolve({ ...QUOTA, topUpUrl: null, autoRecharge: null });
    const { element, query } = await mount(dialog, { overrides: { getQuota } });
    expect(query('[part="top-up"]').textContent.replace(/\s+/g, ' ').trim()).to.equal(
      'Auto top-up Not set up',
    );
    const events = await recordEvents<UsageTopUpEvent>(document, 'usage-top-up', () =>
      query('[part="top-up"]').click(),
    );
    expect(events.map(({ detail }) => detail.topUpUrl)).to.deep.equal([null]);
    await expectAccessible(element);
  });

  it('offers it while the balance cannot be had, without a state', async () => {
    const failed = () =>
      Promise.reject(
        new UsageRequestError('no', { code: 'INTERNAL', status: 500, retryable: true }),
      );
    const { query } = await mount(html`<usage-quota top-up-url="/top-up"></usage-quota>`, {
      overrides: { getQuota: failed },
    });
    expect(query('[part="top-up"]').textContent.trim()).to.equal('Auto top-up');
  });

  it('has the days of the viewer, requested once the balance is loaded, and in UTC those of the balance', async () => {
    const requests: TrendParams[] = [];
    const getTrends = (params: TrendParams) => {
      requests.push(params);
      return Promise.resolve(trendsFixture(params));
    };
    const { element, query } = await mount(render(), { overrides: { getTrends } });
    expect(requests).to.deep.equal([]);
    element.timeZone = 'Asia/Shanghai';
    await update(element);
    expect(requests).to.have.length(1);
    expect(requests[0]).to.include({ granularity: 'day', timeZone: 'Asia/Shanghai' });
    expect(requests[0]?.from).to.equal('2026-11-15T16:00:00.000Z');
    expect(query('[part="sparkline"] svg').getAttribute('aria-label')).to.match(
      /: Nov 16 .*, Nov 22 [\d.]+$/,
    );
  });

  it('names the zone of its days where those of the viewer cannot be had', async () => {
    const refused = new UsageRequestError('no', {
      code: 'SCOPE_FORBIDDEN',
      status: 403,
      retryable: false,
    });
    const getTrends = () => Promise.reject(refused);
    const errors: Event[] = [];
    document.addEventListener('usage-error', (event) => errors.push(event), { once: true });
    const { element, text } = await mount(render(), { overrides: { getTrends } });
    element.timeZone = 'Asia/Shanghai';
    await update(element);
    expect(text()).to.contain('Last 7 days (UTC)').and.contain('8,412.56');
    expect(errors).to.deep.equal([]);
  });

  it('fits a phone with the longest amounts', async () => {
    const { element } = await mount(render(), {
      overrides: { getQuota: () => Promise.resolve(QUOTA_HUGE) },
    });
    element.style.inlineSize = '320px';
    await update(element);
    expect(element.getBoundingClientRect().width).to.equal(320);
    expect(element.scrollWidth).to.be.at.most(320);
  });

  it('sends one request for many elements of one page', async () => {
    let requests = 0;
    const getQuota = () => {
      requests += 1;
      return Promise.resolve(QUOTA);
    };
    const { provider, element } = await mount(render(), { overrides: { getQuota } });
    for (let index = 0; index < 20; index += 1)
      provider.append(document.createElement('usage-quota'));
    await update(element);
    expect(requests).to.equal(1);
  });

  it('follows lang through shadow roots, and its own attribute before it', async () => {
    const { element, text } = await mount<UsageQuota>(render(), { locale: '' });
    element.locale = 'zh';
    await update(element);
    expect(text()).to.contain('剩余');
    const host = document.createElement('div');
    host.lang = 'zh';
    const quota = document.createElement('usage-quota');
    quota.client = createMockClient();
    host.attachShadow({ mode: 'open' }).append(quota);
    document.body.append(host);
    await update(quota);
    expect(quota.localizer.locale).to.equal('zh');
    host.remove();
  });
});
