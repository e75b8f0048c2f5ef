import { expect } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { describeStates } from '../../../test/element-suite.js';
import { mount, recordEvents, update, toggleTable } from '../../../test/mount.js';
import type { UsageActivity } from './usage-activity.js';

const render = (): TemplateResult => html`<usage-activity></usage-activity>`;

describeStates('usage-activity', {
  render,
  readyText: /Activity by weekday and hour.*Sun.*Sat.*Highest: \w+day, \d\d:00 – \d\d:00 Calls/,
  readyTextZh: /活动.*最高：星期/,
  emptyText: /No calls in this range/,
});

describe('usage-activity', () => {
  it('begins the week on the day of the language', async () => {
    const firstDay = async (locale: string): Promise<string | null | undefined> => {
      const { query } = await mount(html`<usage-activity locale=${locale}></usage-activity>`);
      return query('.heat tbody th span').getAttribute('aria-label');
    };
    expect(await firstDay('en-US')).to.equal('Sunday');
    expect(await firstDay('en-GB')).to.equal('Monday');
  });

  it('is read hour by hour with the keyboard', async () => {
    const { element, query, queryAll, text } = await mount<UsageActivity>(render());
    expect(queryAll('.cell')).to.have.length(168);
    expect(queryAll('.cell[tabindex="0"]')).to.have.length(1);
    query('.cell[tabindex="0"]').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) {
      query('.heat').dispatchEvent(new KeyboardEvent('keydown', { key }));
    }
    await update(element);
    const active = element.shadowRoot?.activeElement;
    expect(active?.getAttribute('aria-label')).to.match(/^Monday, 02:00 – 03:00: Calls \d+/);
    expect(active?.getAttribute('tabindex')).to.equal('0');
    expect(text()).to.match(/Monday, 02:00 – 03:00 Calls/);
    query('.heat').dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }));
    expect(element.shadowRoot?.activeElement?.getAttribute('aria-label')).to.match(
      /^Monday, 23:00 – 00:00/,
    );
  });

  it('shows an hour that is pointed at, and after that the highest again', async () => {
    const { element, queryAll, query, text } = await mount<UsageActivity>(render());
    queryAll('.cell')[30]?.dispatchEvent(new PointerEvent('pointerenter'));
    await update(element);
    expect(text()).to.match(/Monday, 06:00 – 07:00/);
    query('.heat').dispatchEvent(new PointerEvent('pointerleave'));
    await update(element);
    expect(text()).to.match(/Highest/);
  });

  it('has a table of the same figures', async () => {
    const { element, queryAll } = await mount<UsageActivity>(render());
    await toggleTable(element);
    expect(queryAll('.chart-table tbody tr')).to.have.length(24);
    expect(queryAll('.chart-table thead th')).to.have.length(8);
    await expectAccessible(element);
  });

  it('shows another figure, and says which to the page', async () => {
    const { element, query, text } = await mount<UsageActivity>(render());
    const events = await recordEvents(element, 'usage-view-change', async () => {
      const select = query<HTMLSelectElement>('.metric-select');
      select.value = 'tokens';
      select.dispatchEvent(new Event('change'));
      await update(element);
    });
    expect(events).to.have.length(1);
    expect(element.viewState).to.deep.equal({ metric: 'tokens' });
    expect(text()).to.match(/Highest: .+ Tokens [\d.]+\w? · Calls/);
  });

  it('does not color an hour without calls', async () => {
    const { queryAll } = await mount<UsageActivity>(render());
    const quiet = queryAll('.cell').filter((cell) => /Calls 0$/.test(cell.ariaLabel ?? ''));
    expect(quiet.length).to.be.greaterThan(0);
    expect(quiet.every((cell) => cell.classList.contains('level-0'))).to.equal(true);
  });
});
