import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { ALERTS, ALERTS_EVERY_STATE } from '@usage-kit/testing/fixtures/alerts';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mount, update } from '../../../test/mount.js';
import { waitUntil } from '../../test-support/wait-until.js';

describe('usage-quota, its badge', () => {
  const renderBadge = () => html`<usage-quota show-alerts></usage-quota>`;
  const countRequests = (getAlerts: () => Promise<typeof ALERTS>) => {
    const seen = { count: 0 };
    const overrides = {
      getAlerts: () => {
        seen.count += 1;
        return getAlerts();
      },
    };
    return { seen, overrides };
  };

  it('says how many alerts fire, those that are snoozed left out', async () => {
    const { overrides } = countRequests(() => Promise.resolve(ALERTS_EVERY_STATE));
    const { element, query, queryAll } = await mount(renderBadge(), { overrides });
    await waitUntil(() => queryAll('[part="alerts"]').length > 0, 'the badge');
    expect(query('[part="alerts"]').innerText).to.equal('3 alerts are firing');
    await expectAccessible(element);
  });

  it('leads to the alerts where they are on the page, which send the same request', async () => {
    const { seen, overrides } = countRequests(() => Promise.resolve(ALERTS));
    const { provider, query, queryAll } = await mount(
      html`<usage-quota show-alerts></usage-quota><usage-alerts></usage-alerts>`,
      { overrides },
    );
    await waitUntil(() => queryAll('button[part="alerts"]').length > 0, 'the badge');
    const alerts = provider.querySelector('usage-alerts');
    await alerts?.updateComplete;
    query('button[part="alerts"]').click();
    expect(document.activeElement).to.equal(alerts);
    expect(seen.count).to.equal(1);
  });

  it('stays away where nothing fires, where the server has no alerts, and unless it is wanted', async () => {
    const calm = countRequests(() => Promise.resolve({ ...ALERTS, items: [] }));
    const first = await mount(renderBadge(), calm);
    await waitUntil(() => calm.seen.count > 0, 'the request');
    await update(first.element);
    expect(first.queryAll('[part="alerts"]')).to.have.length(0);
    const absent = countRequests(() => Promise.reject(new Error('404')));
    const heard: Event[] = [];
    const listen = (event: Event): void => void heard.push(event);
    document.addEventListener('usage-error', listen);
    const second = await mount(renderBadge(), absent);
    await waitUntil(() => absent.seen.count > 0, 'the request');
    await update(second.element);
    document.removeEventListener('usage-error', listen);
    expect(second.queryAll('[part="alerts"]')).to.have.length(0);
    expect(heard).to.deep.equal([]);
    const none = countRequests(() => Promise.resolve(ALERTS));
    const third = await mount(html`<usage-quota></usage-quota>`, none);
    await update(third.element);
    expect([none.seen.count, third.queryAll('[part="alerts"]').length]).to.deep.equal([0, 0]);
  });
});
