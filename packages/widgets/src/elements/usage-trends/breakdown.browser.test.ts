import type { TrendParams, Trends } from '@usage-kit/server-sdk/contract';
import { trendsFixture } from '@usage-kit/testing/fixtures/trends';
import { expect } from '@open-wc/testing';
import { Chart } from 'chart.js';
import { html, type TemplateResult } from 'lit';
import { expectAccessible } from '../../../test/expect-accessible.js';
import { mount, update, toggleTable, type Mounted } from '../../../test/mount.js';
import type { UsageRangeChangeEvent } from '../../events/usage-range-change.js';
import type { UsageTrends } from './usage-trends.js';
import { waitUntil } from '../../test-support/wait-until.js';

const render = (): TemplateResult => html`<usage-trends group-by="model" compare></usage-trends>`;

/** Mounts a trend and waits until its groups are drawn. */
async function mountGroups(
  template = render(),
  overrides = {},
): Promise<Mounted<UsageTrends> & { datasets: () => (string | undefined)[] }> {
  const mounted = await mount<UsageTrends>(template, { overrides });
  const canvas = mounted.query<HTMLCanvasElement>('canvas');
  const datasets = (): (string | undefined)[] => [
    ...new Set(Chart.getChart(canvas)?.data.datasets.map(({ label }) => label)),
  ];
  await waitUntil(() => datasets().length > 1, 'the groups were not drawn');
  await update(mounted.element);
  return { ...mounted, datasets };
}

describe('the breakdown of usage-trends', () => {
  it('asks for the groups of the shown figure, and for the period before', async () => {
    const requests: TrendParams[] = [];
    const overrides = {
      getTrends: (params: TrendParams) => {
        requests.push(params);
        return Promise.resolve(trendsFixture(params));
      },
    };
    const { element } = await mountGroups(render(), overrides);
    element.metric = 'credits';
    await update(element);
    await waitUntil(() => requests.length === 2);
    const wishes = requests.map(({ groupBy, topBy, compare }) => [groupBy, topBy, compare]);
    expect(wishes).to.deep.equal([
      ['model', 'calls', 'previous'],
      ['model', 'credits', 'previous'],
    ]);
  });

  it('draws each group in its color, the rest in gray, and the period before dotted', async () => {
    const { datasets, query } = await mountGroups();
    expect(datasets()).to.deep.equal([
      'gpt-5-mini',
      'claude-sonnet-4-5',
      'gemini-2.5-flash',
      'text-embedding-3-small',
      'deepseek-v3.2',
      'Other',
      'Period before',
    ]);
    const chart = Chart.getChart(query<HTMLCanvasElement>('canvas'));
    const [first] = chart?.data.datasets ?? [];
    expect(first?.type).to.equal('bar');
    expect(chart?.scales['left']?.options).to.have.property('stacked', true);
  });

  it('hides a group and shows one alone, by keyboard too', async () => {
    const { element, datasets, queryAll } = await mountGroups();
    const press = async (selector: string, index: number): Promise<void> => {
      const button = queryAll(selector)[index];
      button?.focus();
      expect(element.shadowRoot?.activeElement).to.equal(button);
      button?.click();
      await update(element);
    };
    await press('.group-eye', 0);
    await waitUntil(() => datasets()[0] === 'claude-sonnet-4-5');
    // Of some groups the whole period before is no comparison.
    expect(datasets()).not.to.include('Period before');
    expect(queryAll('.group-eye')[0]?.title).to.equal('Show gpt-5-mini');
    await press('.group-name', 2);
    await waitUntil(() => datasets().join() === 'gemini-2.5-flash');
    expect(queryAll('.group-name')[2]?.getAttribute('aria-pressed')).to.equal('true');
    await press('.group-name', 2);
    await waitUntil(() => datasets().length === 7);
    await expectAccessible(element);
  });

  it('reads the groups of a point, their shares and the period before', async () => {
    const { element, query } = await mountGroups();
    const slider = query<HTMLInputElement>('.chart-slider');
    slider.focus();
    slider.value = '10';
    slider.dispatchEvent(new Event('input'));
    await update(element);
    expect(slider.getAttribute('aria-valuetext')).to.match(
      /^Nov 3: gpt-5-mini [\d,]+ \(42\.0%\), .+Total [\d,]+, Period before \(Oct 4\) [\d,]+ \([+-]\d+%\)$/,
    );
    expect(query('[part="tooltip"]').innerText).to.contain('claude-sonnet-4-5');
    await expectAccessible(element);
  });

  it('draws a figure that is no sum as lines, without shares', async () => {
    const { query, text } = await mountGroups(
      html`<usage-trends group-by="provider" metric="p95Duration"></usage-trends>`,
    );
    const chart = Chart.getChart(query<HTMLCanvasElement>('canvas'));
    expect(chart?.data.datasets[0]?.type).to.equal('line');
    expect(text()).to.contain('Unknown provider').and.not.to.contain('%');
  });

  it('is chosen inside and remembered in the state of the view', async () => {
    const { element, query } = await mount<UsageTrends>(html`<usage-trends></usage-trends>`);
    const select = query<HTMLSelectElement>('[part="breakdown"]');
    select.value = 'type';
    select.dispatchEvent(new Event('change'));
    query('[part="compare"]').click();
    await update(element);
    expect(element.viewState).to.deep.equal({ group: 'type', compare: 'previous' });
    element.viewState = {};
    await update(element);
    expect(element.groupBy).to.equal(undefined);
    expect(query('[part="compare"]').getAttribute('aria-pressed')).to.equal('false');
  });

  it('has a table whose groups add up to each point, and points to the range', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      let trends: Trends | undefined;
      const overrides = {
        getTrends: (params: TrendParams) => {
          trends = trendsFixture(params, 1 + ((seed * 7_919) % 5_000));
          return Promise.resolve(trends);
        },
      };
      const { element, queryAll } = await mountGroups(
        html`<usage-trends group-by="project"></usage-trends>`,
        overrides,
      );
      await toggleTable(element);
      const rows = queryAll('.chart-table tbody tr').map((row) =>
        [...row.querySelectorAll('td')].map(({ title }) => Number(title.replaceAll(',', ''))),
      );
      for (const [total = 0, ...groups] of rows) {
        expect(groups.reduce((sum, calls) => sum + calls, 0)).to.equal(total);
      }
      const all = trends?.points.reduce((sum, { totals }) => sum + totals.calls, 0);
      expect(rows.reduce((sum, [total = 0]) => sum + total, 0)).to.equal(all);
      element.remove();
    }
  });
});

describe('a point of usage-trends', () => {
  it('becomes the range when it is clicked or entered, unless the page handles it', async () => {
    const { element, provider, query } = await mount<UsageTrends>(
      html`<usage-trends hide-range></usage-trends>`,
    );
    const slider = query<HTMLInputElement>('.chart-slider');
    const enter = (): boolean =>
      slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    slider.focus();
    slider.value = '10';
    slider.dispatchEvent(new Event('input'));
    await update(element);
    expect(query('.select-hint').textContent).to.equal('Click to show only this period');
    const ranges: unknown[] = [];
    const handle = (event: UsageRangeChangeEvent): void => {
      ranges.push(event.detail);
      event.preventDefault();
    };
    provider.addEventListener('usage-range-change', handle);
    enter();
    expect(ranges).to.deep.equal([{ from: '2026-11-03', to: '2026-11-03' }]);
    expect(provider.from).to.equal(undefined);
    provider.removeEventListener('usage-range-change', handle);
    query('canvas').dispatchEvent(new PointerEvent('click', { pointerType: 'touch' }));
    expect(provider.from).to.equal(undefined);
    query('canvas').dispatchEvent(new PointerEvent('click', { pointerType: 'mouse' }));
    expect([provider.from, provider.to]).to.deep.equal(['2026-11-03', '2026-11-03']);
  });

  it('becomes the range of this card alone where the card has its days', async () => {
    const { element, provider, query, text } = await mount<UsageTrends>(
      html`<usage-trends></usage-trends>`,
    );
    query('.chart-slider').focus();
    await update(element);
    query('canvas').dispatchEvent(new PointerEvent('click', { pointerType: 'mouse' }));
    await update(element);
    await waitUntil(() => text().includes('By hour'));
    expect(provider.from).to.equal(undefined);
  });
});
