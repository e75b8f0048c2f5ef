import { describe, expect, it } from 'vitest';
import { trendsFixture } from '@usage-kit/testing/fixtures/trends';
import { toCartesianConfig } from '../charts/cartesian-config.js';
import { SERIES_COLORS, type CartesianSpec } from '../charts/chart-spec.js';
import type { ChartTheme } from '../charts/chart-theme.js';
import { toProjectTrendSpec } from '../elements/usage-project-trends/usage-project-trends.view.js';
import { toTrendSpec } from '../elements/usage-trends/usage-trends.view.js';
import { getLocalizer } from '../locales/localizer.js';
import { toDrawnPoints } from '../charts/drawn-points.js';
import {
  toTrendAxis,
  toTrendSummary,
  toTrendTable,
  toTrendTableRows,
  toTrendValues,
  toTrendView,
} from './trend-view.js';

const localizer = getLocalizer('en');
const trends = trendsFixture({
  from: '2026-11-16T00:00:00Z',
  to: '2026-11-22T12:33:00Z',
  granularity: 'day',
});
const past = trendsFixture({ from: '2026-10-01T00:00:00Z', to: '2026-10-05T00:00:00Z' });
const theme: ChartTheme = {
  series: Object.fromEntries(
    SERIES_COLORS.map((name) => [name, 'rgb(1, 2, 3)']),
  ) as ChartTheme['series'],
  text: 'text',
  grid: 'grid',
  surface: 'surface',
  fontFamily: 'font',
  fontSize: 14,
};

describe('toTrendView', () => {
  it('marks the bucket that is still running, and none of a range that is over', () => {
    const view = toTrendView(trends, localizer);
    expect(view.unfinishedIndex).toBe(6);
    expect(view.rows[6]?.note).toBe('so far');
    expect(toTrendView(past, localizer).unfinishedIndex).toBeNull();
  });

  it('leaves buckets that have not begun as gaps', () => {
    const future = { ...trends, freshness: { ...trends.freshness, asOf: '2026-11-20T12:00:00Z' } };
    expect(toTrendValues(future, 'calls').slice(-3)).toEqual([expect.any(Number), null, null]);
    expect(toTrendView(future, localizer).unfinishedIndex).toBe(4);
  });

  it('names every day of more than a year differently, and years in the summary and on the axis', () => {
    const long = trendsFixture({
      from: '2025-11-01T00:00:00Z',
      to: '2026-11-22T00:00:00Z',
      granularity: 'day',
    });
    const view = toTrendView(long, localizer);
    expect(new Set(view.rows.map(({ label }) => label)).size).toBe(386);
    const summary = toTrendSummary(view, toTrendValues(long, 'calls'), 'calls', localizer);
    expect(summary).toContain('Calls from Nov 1, 2025 to Nov 21, 2026');
    const { labelAt } = toTrendAxis(view, localizer);
    expect([labelAt(0), labelAt(365)]).toEqual(['Nov 1, 2025', 'Nov 1, 2026']);
  });

  it('names the years of a short range that has two, on the axis not', () => {
    const winter = trendsFixture({
      from: '2025-12-30T00:00:00Z',
      to: '2026-01-03T00:00:00Z',
      granularity: 'day',
    });
    const view = toTrendView(winter, localizer);
    expect(view.rows[0]?.label).toBe('Dec 30, 2025');
    expect(toTrendAxis(view, localizer).labelAt(0)).toBe('Dec 30');
    expect(toTrendView(trends, localizer).rows[0]?.label).toBe('Nov 16');
  });

  it('names both hours when the clocks go back', () => {
    const from = '2026-10-31T22:00:00.000Z';
    const hours = trendsFixture({ from, to: '2026-11-01T10:00:00Z', granularity: 'hour' });
    const range = { ...hours.range, timeZone: 'America/New_York' };
    const labels = toTrendView({ ...hours, range }, localizer).rows.map(({ label }) => label);
    expect(labels.slice(6, 10)).toEqual([
      'Nov 1, 00:00',
      'Nov 1, 01:00 GMT-4',
      'Nov 1, 01:00 GMT-5',
      'Nov 1, 02:00',
    ]);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('has whole numbers on an axis of counts only', () => {
    const view = toTrendView(trends, localizer);
    const readPrecision = (metric: 'calls' | 'tokens' | 'credits'): unknown => {
      const spec = toTrendSpec(view, metric, localizer, false);
      const { left } = toCartesianConfig(spec, theme, toDrawnPoints(spec)).options?.scales ?? {};
      return (left?.ticks as { precision?: number }).precision;
    };
    expect([readPrecision('calls'), readPrecision('tokens')]).toEqual([0, 0]);
    expect(readPrecision('credits')).toBeUndefined();
  });

  it('has a row in the table for every point and a figure for every heading', () => {
    const table = toTrendTable(
      toTrendTableRows(toTrendView(trends, localizer), localizer),
      { caption: 'Trend', metric: 'p95Duration' },
      localizer,
      'Europe/Berlin',
    );
    expect(table.headings[0]).toBe('Time (Europe/Berlin)');
    expect(table.headings[1 + (table.chosen ?? 0)]).toBe('P95 duration');
    expect(table.rows).toHaveLength(trends.points.length);
    expect(table.rows.every(({ figures }) => figures.length === table.headings.length - 1)).toBe(
      true,
    );
  });

  it('puts into words where a figure is highest and lowest', () => {
    const view = toTrendView(trends, localizer);
    const summary = toTrendSummary(view, [3, 9, 1, 4, 4, 4, 4], 'calls', localizer);
    expect(summary).toMatch(
      /^Calls from Nov 16 to Nov 22\. Highest .+ \(Nov 17\), lowest .+ \(Nov 18\)\.$/,
    );
    expect(toTrendSummary(view, [null], 'calls', localizer)).toContain('no data');
  });
});

describe('toTrendAxis', () => {
  const createAxis = (
    from: string,
    to: string,
    granularity: 'hour' | 'day',
    timeZone?: string,
  ): string[] => {
    const hours = trendsFixture({ from, to, granularity, timeZone });
    const { labelAt, named } = toTrendAxis(toTrendView(hours, localizer), localizer);
    return (named ?? [0, 1]).map(labelAt);
  };

  it.each([
    ['UTC', '2026-11-16T00:00:00Z', ['Nov 16', 'Nov 17', 'Nov 18', 'Nov 19']],
    ['a zone half an hour off', '2026-11-15T18:30:00Z', ['Nov 16', 'Nov 17', 'Nov 18', 'Nov 19']],
  ])('names the hours of several days by the days they begin, in %s', (name, from, days) => {
    const timeZone = name === 'UTC' ? 'UTC' : 'Asia/Kolkata';
    expect(createAxis(from, '2026-11-19T12:00:00Z', 'hour', timeZone)).toEqual(days);
  });

  it('names each day once where the clocks change', () => {
    expect(
      createAxis('2026-10-23T22:00:00Z', '2026-10-26T12:00:00Z', 'hour', 'Europe/Berlin'),
    ).toEqual(['Oct 24', 'Oct 25', 'Oct 26']);
  });

  it('names the hours of a day or two, and days, by themselves', () => {
    expect(createAxis('2026-11-16T00:00:00Z', '2026-11-17T12:00:00Z', 'hour')).toEqual([
      'Nov 16, 00:00',
      'Nov 16, 01:00',
    ]);
    expect(createAxis('2026-11-01T00:00:00Z', '2026-11-17T00:00:00Z', 'day')).toEqual([
      'Nov 1',
      'Nov 2',
    ]);
  });
});

describe('chart configurations', () => {
  const view = toTrendView(trends, localizer);
  const configure = (spec: CartesianSpec): ReturnType<typeof toCartesianConfig> =>
    toCartesianConfig(spec, theme, toDrawnPoints(spec));

  it('puts calls on the left axis and durations on the right, the unfinished day apart', () => {
    const config = configure(toProjectTrendSpec(view, localizer, false));
    const sets = config.data.datasets;
    const each = [
      ['bar', 'left'],
      ['line', 'right'],
      ['line', 'right'],
    ];
    expect(sets.map((set) => [set.type, set.yAxisID])).toEqual([...each, ...each]);
    expect(sets.slice(0, 3).map(({ data }) => data.at(-1))).toEqual([null, null, null]);
    expect(sets.slice(3).map(({ data }) => data.length)).toEqual([1, 2, 2]);
    expect(sets[4]).toHaveProperty('borderDash', [4, 4]);
    expect(config.options?.scales).toHaveProperty('right.position', 'right');
  });

  it.each(['en', 'zh'])('writes calls on both charts alike in %s', (locale) => {
    const spoken = getLocalizer(locale);
    const { formatLeft } = toProjectTrendSpec(view, spoken, false);
    const other = toTrendSpec(view, 'calls', spoken, false);
    expect(formatLeft(1_000)).toBe('1,000');
    for (const value of [0, 800, 1_000, 25_000, 3e6]) {
      expect(formatLeft(value)).toBe(other.formatLeft(value));
    }
  });

  it('mirrors axes from right to left', () => {
    const config = configure(toProjectTrendSpec(view, localizer, true));
    expect(config.options?.scales).toHaveProperty('left.position', 'right');
    expect(config.options?.scales).toHaveProperty('x.reverse', true);
  });

  it('ends a rate at 100 %', () => {
    const config = configure(toTrendSpec(view, 'successRate', localizer, false));
    expect(config.options?.scales).toHaveProperty('left.max', 1);
  });

  it('sets nothing point by point, which would be resolved for each of 400 days', () => {
    const many = trendsFixture({
      from: '2025-10-19T00:00:00Z',
      to: '2026-11-22T12:33:00Z',
      granularity: 'day',
    });
    const spec = toProjectTrendSpec(toTrendView(many, localizer), localizer, false);
    for (const set of configure(spec).data.datasets.slice(0, 3)) {
      const values = Object.entries(set).filter(([name]) => !['data', 'borderDash'].includes(name));
      expect(
        values.filter(([, value]) => Array.isArray(value) || typeof value === 'function'),
      ).toEqual([]);
      expect(set.data).toHaveLength(400);
    }
  });
});
