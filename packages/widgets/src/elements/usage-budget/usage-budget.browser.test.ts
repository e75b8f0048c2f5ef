import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { BUDGETS } from '@usage-kit/testing/fixtures/alerts';
import { describeStates } from '../../../test/element-suite.js';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mount } from '../../../test/mount.js';
import { describeRules } from '../../../test/rule-suite.js';

const render = () => html`<usage-budget></usage-budget>`;

describeStates('usage-budget', {
  render,
  readyText:
    /November Likely to run over.*602\.00 of 750\.00 Credits.*80\.3% used.*By Nov 30 likely 838\.60 \(791\.20 to 886\.00\)/,
  readyTextZh: /November 可能超出.*602\.00 \/ 750\.00.*已用 80\.3%/,
  emptyText: /No budgets yet.*Set an amount for a month/,
  isPolled: true,
});

describeRules('usage-budget', {
  ...{ render, create: 'createBudget', change: 'changeBudget', remove: 'deleteBudget' },
  firstName: 'November',
  fill: { name: 'Team', metric: 'cost', amount: '40.50', levels: '80、100' },
  wrong: { amount: '0' },
  input: {
    name: 'Team',
    enabled: true,
    scope: { kind: 'account' },
    channels: [{ kind: 'callback' }, { kind: 'webhook', webhookId: 'team-chat' }],
    metric: 'cost',
    window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
    amount: '40.50',
    levelPercents: [80, 100],
    enforce: false,
  },
});

describe('usage-budget', () => {
  it('says what is refused, what is off, and what is too early to say', async () => {
    const [budget, other] = BUDGETS.items;
    const items = [
      { ...budget!, id: 'over', name: 'Over', spent: '800', share: 1.0666 },
      { ...other!, id: 'off', name: 'Idle', enabled: false },
      { ...other!, id: 'new', name: 'Unknown', spent: null, share: null, series: [] },
    ];
    const { element, text } = await mount(render(), {
      overrides: { getBudgets: () => Promise.resolve({ ...BUDGETS, items }) },
    });
    expect(text()).to.match(/Over Used up.*106\.7% used.*Refuses calls/);
    expect(text()).to.match(/Unknown Not known yet – of .*Too early for a projection/);
    expect(text()).to.match(/Idle Off/);
    await expectAccessible(element);
  });

  it('draws what is spent up to now, and what will be to the end', async () => {
    const { queryAll, query } = await mount(render());
    const xs = (points: string | null): number[] =>
      (points ?? '').split(' ').map((point) => Number(point.split(',')[0]));
    const spending = xs(query('.spending').getAttribute('points'));
    expect(spending).to.deep.equal([...spending].sort((a, b) => a - b));
    // The 22nd of 30 days, not its end.
    expect(spending.at(-1)).to.be.within(70, 73.3);
    expect(xs(query('.likely').getAttribute('points')).at(-1)).to.equal(100);
    expect(queryAll('[part="chart"]')[0]?.getAttribute('aria-label')).to.equal(
      'Spent by day: 602.00 of 750.00 by Nov 30',
    );
  });
});
