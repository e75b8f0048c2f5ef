import { aTimeout, expect } from '@open-wc/testing';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { Chart } from 'chart.js';
import { html } from 'lit';
import { describeStates } from '../../../test/element-suite.js';
import { mount, update, toggleTable } from '../../../test/mount.js';
import type { UsageTrends } from './usage-trends.js';
import { waitUntil } from '../../test-support/wait-until.js';

const render = () => html`<usage-trends></usage-trends>`;

describeStates('usage-trends', {
  render,
  readyText: /Trend.*Calls · By day/,
  readyTextZh: /趋势.*调用次数 · 按天/,
  emptyText: /No calls in this range/,
});

describe('usage-trends', () => {
  it('draws on a canvas that has a role and says what it shows', async () => {
    const { query } = await mount<UsageTrends>(render());
    const canvas = query<HTMLCanvasElement>('canvas');
    expect(canvas.getAttribute('role')).to.equal('img');
    expect(canvas.getAttribute('aria-label')).to.match(/^Calls from Oct 24 to Nov 22\. Highest/);
    await waitUntil(() => hasInk(canvas), 'the chart was not drawn');
  });

  it('follows every way in which colors change while it is shown', async () => {
    const { element, provider, query } = await mount<UsageTrends>(render());
    const canvas = query<HTMLCanvasElement>('canvas');
    await waitUntil(() => hasInk(canvas), 'the chart was not drawn');
    const readLine = (): unknown => Chart.getChart(canvas)?.data.datasets[0]?.borderColor;
    const becomes = (color: string): Promise<void> =>
      waitUntil(() => readLine() === color, `is ${String(readLine())}, not ${color}`);
    expect(readLine()).to.equal('rgb(52, 83, 199)');
    const { style } = document.documentElement;
    style.colorScheme = 'dark';
    await becomes('rgb(142, 166, 255)');
    element.setAttribute('theme', 'light');
    await becomes('rgb(52, 83, 199)');
    element.removeAttribute('theme');
    style.colorScheme = '';
    const sheet = document.createElement('style');
    sheet.textContent =
      '[data-brand] { --usage-color-series-1: var(--brand); --brand: rgb(1, 2, 3) }';
    document.head.append(sheet);
    provider.dataset['brand'] = '';
    await becomes('rgb(1, 2, 3)');
    sheet.textContent += '[data-brand=other] { --brand: rgb(4, 5, 6) }';
    provider.dataset['brand'] = 'other';
    await becomes('rgb(4, 5, 6)');
    // Nothing of what is not shown has a transition.
    provider.style.display = 'none';
    await aTimeout(50);
    delete provider.dataset['brand'];
    await aTimeout(50);
    provider.style.display = '';
    await becomes('rgb(52, 83, 199)');
    sheet.remove();
  });

  it('shows the same numbers as a table', async () => {
    const { element, query, queryAll } = await mount<UsageTrends>(render());
    await toggleTable(element);
    expect(queryAll('.chart-table tbody tr')).to.have.length(30);
    expect(query('.chart-table caption').textContent).to.contain('Trend');
    expect(queryAll('.chart-table tbody tr').at(-1)?.textContent).to.contain('so far');
    await expectAccessible(element);
  });

  it('highlights the chosen figure in the table and scrolls to it', async () => {
    const { element, query, queryAll } = await mount<UsageTrends>(render());
    element.style.inlineSize = '20rem';
    await toggleTable(element);
    expect(query('thead [aria-current]').textContent.trim()).to.equal('Calls');
    const table = query('.chart-table');
    expect(table.scrollLeft).to.equal(0);
    element.metric = 'credits';
    await update(element);
    expect(query('thead [aria-current]').textContent.trim()).to.equal('Credits');
    expect(queryAll('tbody td.chosen')).to.have.length(30);
    expect(table.scrollLeft).to.be.above(0);
    await expectAccessible(element);
  });

  it('shows a long table in pages of a hundred, as tall as the chart', async () => {
    const { element, query, queryAll, text } = await mount<UsageTrends>(
      html`<usage-trends from="2025-10-19" to="2026-11-22"></usage-trends>`,
    );
    const { height } = element.getBoundingClientRect();
    await toggleTable(element);
    expect(queryAll('.chart-table tbody tr')).to.have.length(100);
    expect(text()).to.contain('1–100 of 400');
    expect(element.getBoundingClientRect().height).to.be.closeTo(height, 1);
    await expectAccessible(element);
    query('.forth').click();
    await update(element);
    expect(text()).to.contain('101–200 of 400');
  });

  it('requests hours up to seven days and days beyond', async () => {
    const requests: (string | undefined)[] = [];
    const overrides = {
      getTrends: (params: { granularity?: string | undefined }) => {
        requests.push(params.granularity);
        return new Promise<never>(() => undefined);
      },
    };
    const { element, queryAll } = await mount<UsageTrends>(render(), { overrides });
    const press = async (label: string): Promise<void> => {
      queryAll('button')
        .find((button) => button.textContent?.trim() === label)
        ?.click();
      await update(element);
    };
    await press('7 days');
    await press('90 days');
    expect(requests).to.deep.equal(['day', 'hour', 'day']);
  });

  it('reads each point to the keyboard, with all figures', async () => {
    const { element, query } = await mount<UsageTrends>(render());
    await waitUntil(() => hasInk(query<HTMLCanvasElement>('canvas')));
    const slider = query<HTMLInputElement>('.chart-slider');
    slider.focus();
    await update(element);
    expect(query('[part="tooltip"]').innerText).to.match(/Nov 22 so far/);
    slider.value = '10';
    slider.dispatchEvent(new Event('input'));
    await update(element);
    expect(slider.getAttribute('aria-valuetext')).to.match(
      /^Nov 3: Calls .+P95 duration .+Credits/,
    );
    slider.blur();
    await update(element);
    expect(element.shadowRoot?.querySelector('[part="tooltip"]')).to.equal(null);
  });

  it('switches the figure', async () => {
    const { element, query, queryAll } = await mount<UsageTrends>(render());
    queryAll('button')
      .find((button) => button.textContent?.trim() === 'P95 duration')
      ?.click();
    await update(element);
    expect(query('canvas').getAttribute('aria-label')).to.match(/^P95 duration from/);
  });

  it('survives leaving and coming back', async () => {
    const { element, provider, query } = await mount<UsageTrends>(render());
    await waitUntil(() => hasInk(query<HTMLCanvasElement>('canvas')));
    element.remove();
    await aTimeout(0);
    provider.append(element);
    await update(element);
    await waitUntil(() => hasInk(query<HTMLCanvasElement>('canvas')), 'not drawn again');
  });
});

function hasInk(canvas: HTMLCanvasElement): boolean {
  const { width, height } = canvas;
  if (width === 0 || height === 0) return false;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
  return pixels?.some((value) => value !== 0) ?? false;
}
