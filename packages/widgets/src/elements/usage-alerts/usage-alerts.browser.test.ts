import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { ALERTS } from '@usage-kit/testing/fixtures/alerts';
import { describeStates } from '../../../test/element-suite.js';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mount, update } from '../../../test/mount.js';
import { describeRules, refuse, type Sent } from '../../../test/rule-suite.js';
import { waitUntil } from '../../test-support/wait-until.js';

const render = () => html`<usage-alerts></usage-alerts>`;

describeStates('usage-alerts', {
  render,
  readyText: /Failing calls Firing.*8\.7% Error rate.*Fires at 5% and 20%.*in the last 24 hours/,
  readyTextZh: /Failing calls 触发中.*8\.7% 错误率.*最近 24 小时/,
  emptyText: /No alerts yet/,
  isPolled: true,
});

describeRules('usage-alerts', {
  ...{ render, create: 'createAlert', change: 'changeAlert', remove: 'deleteAlert' },
  firstName: 'Failing calls',
  fill: { name: ' Many errors ', metric: 'errorRate', levels: '5, 12.5' },
  wrong: { levels: 'five' },
  input: {
    name: 'Many errors',
    enabled: true,
    scope: { kind: 'account' },
    channels: [{ kind: 'callback' }, { kind: 'webhook', webhookId: 'team-chat' }],
    metric: 'errorRate',
    levels: ['0.05', '0.125'],
    window: { kind: 'calendar', unit: 'day', timeZone: 'UTC' },
    minCalls: 20,
  },
});

describe('usage-alerts', () => {
  it('names projects, shows who made a rule, and what is on hold', async () => {
    const [firing, calm, ofHost] = ALERTS.items;
    const items = [firing!, calm!, { ...ofHost!, levels: firing!.levels }];
    const { text } = await mount(render(), {
      overrides: { getAlerts: () => Promise.resolve({ ...ALERTS, items }) },
    });
    expect(text()).to.match(/Daily spending OK.*Customer support assistant · per day/);
    expect(text()).to.match(/Balance is low Firing On hold Set by the application/);
    expect(text()).to.match(/Fires at .* or less/);
  });

  it('shows what fires and was not seen first, and the others on demand', async () => {
    const [firing, calm] = ALERTS.items;
    const items = [
      ...[1, 2, 3, 4].map((part) => ({ ...calm!, id: `calm-${part}`, name: `Calm ${part}` })),
      { ...firing!, id: 'seen', name: 'Seen one', acknowledgedAt: firing!.createdAt },
      { ...firing!, name: 'New one' },
    ];
    const { element, query, queryAll } = await mount(render(), {
      overrides: { getAlerts: () => Promise.resolve({ ...ALERTS, items }) },
    });
    const names = (): string[] => queryAll('.rule-name').map((name) => name.innerText);
    expect(names()).to.deep.equal(['New one', 'Seen one', 'Calm 1', 'Calm 2', 'Calm 3']);
    query('[part="more"]').click();
    await update(element);
    expect(names()).to.have.length(6);
    // The first rule that came.
    const active = element.shadowRoot?.activeElement?.closest('[data-id]');
    expect(active?.getAttribute('data-id')).to.equal('calm-4');
  });

  it('shows the history of a rule', async () => {
    const { element, query, text } = await mount(render());
    query('.history summary').click();
    await update(element);
    expect(text()).to.match(/Nov 22, .* Fired at 5%, with 6\.1%/);
    await expectAccessible(element);
  });

  it('is acknowledged and snoozed by the keyboard, and the focus stays at the rule', async () => {
    const sent: Sent[] = [];
    const note =
      (name: string) =>
      (...args: unknown[]): Promise<void> => {
        sent.push([name, ...args]);
        return Promise.resolve();
      };
    const { element, query, text } = await mount(render(), {
      overrides: { acknowledgeAlert: note('acknowledge'), snoozeAlert: note('snooze') },
    });
    const active = (): string | null | undefined =>
      element.shadowRoot?.activeElement?.getAttribute('aria-label');
    query('[data-focus="acknowledge"]').focus();
    await sendKeys({ press: 'Enter' });
    await update(element);
    expect(active()).to.equal('Snooze a day: Failing calls');
    await sendKeys({ press: 'Enter' });
    await update(element);
    expect(active()).to.match(/Snooze a day|End snooze/);
    expect(sent.map(([name, id]) => [name, id])).to.deep.equal([
      ['acknowledge', 'rule-errors'],
      ['snooze', 'rule-errors'],
    ]);
    expect(text()).to.contain('Failing calls Firing');
  });

  it('shows the rules of a project alone, and makes rules of it', async () => {
    const appDid = ALERTS.items[1]?.scope.kind === 'project' ? ALERTS.items[1].scope.appDid : '';
    const asked: string[] = [];
    const { element, query, queryAll, text } = await mount(
      html`<usage-alerts app-did=${appDid}></usage-alerts>`,
      { overrides: { getProjects: () => (asked.push('projects'), Promise.reject(new Error())) } },
    );
    expect(queryAll('.rule-name').map((name) => name.innerText)).to.deep.equal(['Daily spending']);
    query('[data-focus="new"]').click();
    await waitUntil(() => queryAll('form').length > 0, 'the form');
    await update(element);
    expect(queryAll('[name="scope"], [name="appDid"]')).to.have.length(0);
    expect(text()).not.to.contain('Days remaining');
    expect(asked).to.deep.equal([]);
  });

  it('offers no channels where the server names none', async () => {
    const { channels: _, ...old } = ALERTS;
    const { element, query, queryAll } = await mount(render(), {
      overrides: { getAlerts: () => Promise.resolve(old as typeof ALERTS) },
    });
    query('[data-focus="new"]').click();
    await waitUntil(() => queryAll('form').length > 0, 'the form');
    await update(element);
    expect(queryAll('[name="channels"]')).to.have.length(0);
  });

  it('says that there is no room for another rule, and keeps what was typed', async () => {
    const { element, query, queryAll, text } = await mount(render(), {
      overrides: { createAlert: refuse('TOO_MANY_RULES', 409) },
    });
    query('[data-focus="new"]').click();
    await waitUntil(() => queryAll('form').length > 0, 'the form');
    await update(element);
    const name = query<HTMLInputElement>('[name="name"]');
    name.value = 'One more';
    name.dispatchEvent(new Event('input', { bubbles: true }));
    const levels = query<HTMLInputElement>('[name="levels"]');
    levels.value = '10';
    levels.dispatchEvent(new Event('input', { bubbles: true }));
    query('[type="submit"]').click();
    await update(element);
    expect(text()).to.contain('There is no room for another rule.');
    expect(query<HTMLInputElement>('[name="name"]').value).to.equal('One more');
    await expectAccessible(element);
  });
});
