import type { Totals } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { createTotals } from '@usage-kit/testing/fixtures/totals';
import { OVERVIEW } from '@usage-kit/testing/fixtures/overview';
import { createCall } from '@usage-kit/testing/fixtures/project-calls';
import { trendsFixture } from '@usage-kit/testing/fixtures/trends';
import { toCallRow } from '../elements/usage-call-history/usage-call-history.view.js';
import { toOverviewView } from '../elements/usage-overview/usage-overview.view.js';
import { toTrendSpec } from '../elements/usage-trends/usage-trends.view.js';
import { getLocalizer, loadMessages } from '../locales/localizer.js';
import { createFigureFormatter } from './figure-formatter.js';
import { getShownMetrics, toMetricFigure, toMetricNumber, toShownMetric } from './figure.js';
import { toStatCards } from './stat-cards.js';
import { toTrendView } from './trend-view.js';

const credits = getLocalizer('en');
const money = getLocalizer('en', undefined, { amounts: 'money' });
const euros = getLocalizer('en', undefined, {
  amounts: 'money',
  displayCurrency: { currency: 'EUR', rate: '0.92', date: '2026-11-28' },
});

const TOTALS: Totals = {
  ...createTotals(925),
  successfulCalls: 900,
  failedCalls: 23,
  processingCalls: 2,
  cost: '1610.02',
  unpricedCalls: 12,
};
const NONE: Totals = { ...TOTALS, cost: null, unpricedCalls: 923 };
const DISPLAY = { timeZone: 'UTC', asOf: '2026-11-22T10:00:00.000Z', slowAfterMs: 10_000 };
const plain = (text: string | undefined): string | undefined => text?.replaceAll('\u00a0', ' ');

describe('amounts', () => {
  it('are credits or money, never both', () => {
    const shown = (localizer: typeof money): unknown => getShownMetrics(localizer).slice(4);
    expect(shown(credits)).toEqual(['tokens', 'credits']);
    expect(shown(money)).toEqual(['tokens', 'cost']);
    expect(toShownMetric(money, 'credits')).toBe('cost');
    expect(toShownMetric(credits, 'cost')).toBe('credits');
    expect(toStatCards(money, ['credits'], TOTALS, null)[0]).toMatchObject({
      metric: 'cost',
      label: 'Cost',
      figure: { text: '$1,610.02' },
    });
  });

  it('say how many calls a sum of money is without, with their share', () => {
    const note = '12 calls without a known cost (1.3%)';
    expect(toMetricFigure(money, TOTALS, 'cost').title).toBe(`$1,610.02 · ${note}`);
    const { cards } = toOverviewView({ ...OVERVIEW, totals: TOTALS }, money);
    expect(plain(cards[2]?.detail?.text)).toBe(`$1.77 per call · ${note}`);
    expect(toMetricFigure(money, { ...TOTALS, unpricedCalls: 1 }, 'cost').title).toContain(
      '1 call without a known cost (0.1%)',
    );
  });

  it('say it in Chinese', async () => {
    const chinese = getLocalizer('zh', undefined, { amounts: 'money' });
    await loadMessages(chinese);
    expect(toMetricFigure(chinese, TOTALS, 'cost').title).toBe(
      'US$1,610.02 · 12 次调用的费用未知（1.3%）',
    );
  });

  it('are a dash and never 0 where no cost is known, or an older server sends none', () => {
    const { cost: _, currency: __, unpricedCalls: ___, ...older } = TOTALS;
    for (const totals of [NONE, older as Totals]) {
      expect(toMetricFigure(money, totals, 'cost')).toEqual({
        text: '–',
        title: 'The cost of these calls is unknown',
      });
      expect(toMetricNumber(totals, 'cost')).toBeNull();
      expect(createFigureFormatter(money, [TOTALS, totals])(totals, 'cost').text).toBe('–');
      const { cards } = toOverviewView({ ...OVERVIEW, totals }, money);
      expect(plain(cards[2]?.detail?.text)).toBe('The cost of these calls is unknown');
    }
  });

  it('are 0 where calls were free', () => {
    expect(toMetricFigure(money, { ...TOTALS, cost: '0', unpricedCalls: 0 }, 'cost').text).toBe(
      '$0.00',
    );
  });

  it('shorten a column of money as a whole', () => {
    const rows = ['18012345', '88121', '8.25'].map((cost) => ({ ...TOTALS, cost }));
    const format = createFigureFormatter(money, rows);
    expect(rows.map((totals) => format(totals, 'cost').text)).toEqual(['$18M', '$88.1K', '$8.25']);
  });
});

describe('a display currency', () => {
  it('marks what is converted and says from what, at which rate of which day', () => {
    const { text, title } = toMetricFigure(euros, { ...TOTALS, unpricedCalls: 0 }, 'cost');
    expect(plain(text)).toBe('≈ €1,481.22');
    expect(title).toBe('€1,481.2184, converted from $1,610.02 at 0.92 EUR on Nov 28, 2026');
    const { cards } = toOverviewView(
      { ...OVERVIEW, totals: { ...TOTALS, unpricedCalls: 0 } },
      euros,
    );
    expect(plain(cards[2]?.detail?.text)).toBe('≈ €1.60 per call · at 0.92 EUR on Nov 28, 2026');
  });

  it('draws what is written', () => {
    const trends = trendsFixture({ from: '2026-10-01T00:00:00Z', to: '2026-10-25T00:00:00Z' });
    const spec = (localizer: typeof money): ReturnType<typeof toTrendSpec> =>
      toTrendSpec(toTrendView(trends, localizer), 'cost', localizer, false);
    const [dollars] = spec(money).series;
    const [converted] = spec(euros).series;
    expect(converted?.values[3]).toBeCloseTo((dollars?.values[3] ?? NaN) * 0.92, 10);
    expect(spec(money).formatLeft(20)).toBe('$20');
    expect(spec(euros).formatLeft(20)).toBe('€20');
  });

  it('leaves an amount in another currency as it is: the rate is not of it', () => {
    const call = { ...createCall(7), cost: '0.000328', currency: 'GBP' };
    expect(toCallRow(call, euros, DISPLAY).cost).toEqual({ text: '£0.000328', title: '£0.000328' });
    const dollars = { ...call, currency: 'USD' };
    expect(plain(toCallRow(dollars, euros, DISPLAY).cost.text)).toBe('≈ €0.000302');
    expect(toCallRow(dollars, money, DISPLAY).cost.text).toBe('$0.000328');
    expect(toCallRow(dollars, credits, DISPLAY).cost.text).not.toContain('$');
  });

  it('changes nothing where it cannot be used', () => {
    const wrong = getLocalizer('en', undefined, {
      amounts: 'money',
      displayCurrency: { currency: 'EUR', rate: 'a lot', date: '2026-11-28' },
    });
    expect(toMetricFigure(wrong, { ...TOTALS, unpricedCalls: 0 }, 'cost').text).toBe('$1,610.02');
  });
});
