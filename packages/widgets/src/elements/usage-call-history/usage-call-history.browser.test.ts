import type { ProjectCalls } from '@usage-kit/server-sdk/contract';
import { expect, nextFrame } from '@open-wc/testing';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { html } from 'lit';
import { createCall, projectCallsFixture } from '@usage-kit/testing/fixtures/project-calls';
import { createMockClient } from '@usage-kit/testing/mock-client';
import type { CallsParams, UsageClient } from '../../client/usage-client.js';
import { UsageRequestError } from '../../client/usage-request-error.js';
import { describeStates } from '../../../test/element-suite.js';
import { mount, update, type Mounted } from '../../../test/mount.js';
import type { UsageCallHistory } from './usage-call-history.js';

const render = () => html`<usage-call-history app-did="zNK1"></usage-call-history>`;

describeStates('usage-call-history', {
  render,
  readyText: /230 calls.*Running.*Success.*Failed.*Load more/,
  readyTextZh: /230 条调用.*进行中.*成功.*失败.*加载更多/,
  emptyText: /No calls in this range/,
  isPolled: true,
});

interface Live extends Mounted<UsageCallHistory> {
  requests: CallsParams[];
  /** Calls that arrive at the top from now on. */
  arrive: (...numbers: number[]) => void;
}

async function mountLive(): Promise<Live> {
  const requests: CallsParams[] = [];
  let arrived: number[] = [];
  const getProjectCalls = (_appDid: string, params: CallsParams): Promise<ProjectCalls> => {
    requests.push(params);
    const page = projectCallsFixture(params);
    return Promise.resolve({ ...page, items: [...arrived.map(createCall), ...page.items] });
  };
  const mounted = await mount<UsageCallHistory>(render(), { overrides: { getProjectCalls } });
  return { ...mounted, requests: requests, arrive: (...numbers) => (arrived = numbers) };
}

describe('usage-call-history', () => {
  it('lets new calls wait while the rows stay where they are', async () => {
    const { element, ports, query, queryAll, arrive } = await mountLive();
    const first = queryAll('tbody tr')[0];
    const top = first?.getBoundingClientRect().top;
    arrive(901, 902, 903);
    await ports.advance(30_000);
    await update(element);
    expect(queryAll('tbody tr')[0]).to.equal(first);
    expect(first?.getBoundingClientRect().top).to.equal(top);
    expect(query('[part~="new-calls"]').textContent?.trim()).to.equal('3 new calls');
    query('[part~="new-calls"]').click();
    await update(element);
    expect(queryAll('tbody tr')).to.have.length(28);
    expect(element.shadowRoot?.querySelector('[part~="new-calls"]')).to.equal(null);
    expect(element.shadowRoot?.activeElement).to.equal(query('.expand'));
  });

  it('preserves focus through a poll', async () => {
    const { element, ports, queryAll } = await mountLive();
    const button = queryAll('.expand')[3];
    button?.focus();
    await ports.advance(30_000);
    await update(element);
    expect(element.shadowRoot?.activeElement).to.equal(button);
    await expectAccessible(element);
  });

  it('never shows a state only by color', async () => {
    const { queryAll } = await mountLive();
    for (const status of queryAll('.status'))
      expect(status.innerText.trim()).to.match(/^(Running|Success|Failed)$/);
  });

  it('loads the next page with the range of the first, and no row twice', async () => {
    const { element, query, queryAll, requests: requests, ports } = await mountLive();
    await ports.advance(120_000);
    await update(element);
    query('[part="load-more"]').click();
    await update(element);
    const [first, last] = [requests[0], requests.at(-1)];
    expect(last).to.include({ cursor: '25' });
    expect(last?.to).to.equal(first?.to);
    expect(queryAll('tbody tr')).to.have.length(50);
  });

  it('starts anew when a filter changes', async () => {
    const { element, queryAll, requests: requests } = await mountLive();
    element.viewState = { status: 'failed' };
    await update(element);
    expect(requests.at(-1)).to.deep.include({ status: ['failed'] });
    expect(new Set(queryAll('.status').map((node) => node.innerText.trim()))).to.deep.equal(
      new Set(['Failed']),
    );
  });

  it('sorts by duration, longest first', async () => {
    const { element, queryAll, requests: requests } = await mountLive();
    queryAll('th.col-duration button')[0]?.click();
    await update(element);
    expect(requests.at(-1)).to.include({ sortBy: 'duration', sortOrder: 'desc' });
  });

  it('stays within 320 px', async () => {
    const { element } = await mountLive();
    element.style.setProperty('width', '320px');
    await update(element);
    expect(element.scrollWidth).to.be.at.most(320);
    await expectAccessible(element);
  });
});

describe('a hundred call histories of one project', () => {
  /** A hundred elements of one project, and the requests that their server received. */
  async function mountHundred(responses: Partial<UsageClient> = {}) {
    const requests = { calls: 0, models: 0 };
    const fixtures = createMockClient();
    // Of few rows: what is counted is requests.
    const template = html`<usage-call-history app-did="p" page-size="2"></usage-call-history>`;
    const mounted = await mount(template, {
      overrides: {
        getProjectCalls: (...args) => {
          requests.calls += 1;
          return (responses.getProjectCalls ?? fixtures.getProjectCalls)(...args);
        },
        getProjectModels: (...args) => {
          requests.models += 1;
          return fixtures.getProjectModels(...args);
        },
      },
    });
    for (let index = 1; index < 100; index += 1) {
      const more = document.createElement('usage-call-history');
      more.appDid = 'p';
      more.pageSize = 2;
      mounted.provider.append(more);
    }
    await update(mounted.element);
    return { ...mounted, requests: requests };
  }

  it('is one request a cycle', async () => {
    const { requests: requests, ports } = await mountHundred();
    expect(requests).to.deep.equal({ calls: 1, models: 0 });
    for (let cycle = 2; cycle <= 5; cycle += 1) {
      await ports.advance(30_000);
      expect(requests).to.deep.equal({ calls: cycle, models: 0 });
    }
  });

  it('is none while hidden for an hour, and one on return', async () => {
    const { requests: requests, ports } = await mountHundred();
    await ports.show(false);
    await ports.advance(3_600_000);
    expect(requests.calls).to.equal(1);
    await ports.show(true);
    expect(requests.calls).to.equal(2);
  });

  it('is at most one request a minute while the server answers 503 with Retry-After: 60', async () => {
    const busy = new UsageRequestError('no', {
      code: 'SERVER_BUSY',
      status: 503,
      retryable: true,
      retryAfterMs: 60_000,
    });
    const { requests: requests, ports } = await mountHundred({
      getProjectCalls: () => Promise.reject(busy),
    });
    expect(requests).to.deep.equal({ calls: 1, models: 0 });
    for (let minute = 1; minute <= 20; minute += 1) {
      const before = requests.calls + requests.models;
      await ports.advance(60_000);
      expect(requests.calls + requests.models - before).to.be.at.most(1);
    }
    expect(requests.calls).to.be.above(3);
  });
});

describe('a call history out of view', () => {
  it('stops sending requests, and sends one when it is scrolled to', async () => {
    let requests = 0;
    const fixtures = createMockClient();
    const { element, ports } = await mount(
      html`<usage-call-history app-did="p"></usage-call-history>`,
      {
        overrides: {
          getProjectCalls: (...args) => {
            requests += 1;
            return fixtures.getProjectCalls(...args);
          },
        },
      },
    );
    const seen = async (isInView: boolean): Promise<void> => {
      const spacer = element.parentElement?.parentElement;
      spacer?.style.setProperty('padding-top', isInView ? '0' : '5000px');
      for (let frame = 0; frame < 10; frame += 1) await nextFrame();
    };
    await seen(false);
    expect(element.view.isInView).to.equal(false);
    await ports.advance(3_600_000);
    expect(requests).to.equal(1);
    await seen(true);
    await update(element);
    expect(element.view.isInView).to.equal(true);
    expect(requests).to.equal(2);
  });
});
