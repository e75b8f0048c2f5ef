import { describe, expect, it } from 'vitest';
import { trendsFixture } from '../../../../.storybook/fixtures/trends.js';
import { toCartesianConfig } from '../charts/cartesian-config.js';
import { SERIES_COLOURS, type CartesianSpec } from '../charts/chart-spec.js';
import type { ChartTheme } from '../charts/chart-theme.js';
import { toProjectTrendSpec } from '../elements/usage-project-trends/usage-project-trends.view.js';
import { toTrendSpec } from '../elements/usage-trends/usage-trends.view.js';
import { getLocalizer } from '../locales/localizer.js';
import { toDrawnPoints } from '../charts/drawn-points.js';
import { toTrendSummary, toTrendTable, toTrendValues, toTrendView } from './trend-view.js';

const localizer = getLocalizer('en');
const trends = trendsFixture({
  from: '2026-11-16T00:00:00Z',
  to: '2026-11-22T12:33:00Z',
  granularity: 'day',
});
const past = trendsFixture({ from: '2026-10-01T00:00:00Z', to: '2026-10-05T00:00:00Z' });
const theme: ChartTheme = {
  series: Object.fromEntries(
    SERIES_COLOURS.map((name) => [name, 'rgb(1, 2, 3)']),
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

  it('has a row in the table for every point and a figure for every heading', () => {
    const table = toTrendTable(
      toTrendView(trends, localizer),
      1,
      'Trend',
      localizer,
      'Europe/Berlin',
    );
    expect(table.headings[0]).toBe('Time (Europe/Berlin)');
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

describe('chart configurations', () => {
  const view = toTrendView(trends, localizer);
  const configure = (spec: CartesianSpec): ReturnType<typeof toCartesianConfig> =>
    toCartesianConfig(spec, theme, toDrawnPoints(spec));

  it('puts calls on the left axis and durations on the right, the unfinished day apart', () => {
    const config = configure(toProjectTrendSpec(trends, view, localizer, false));
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

  it('mirrors axes from right to left', () => {
    const config = configure(toProjectTrendSpec(trends, view, localizer, true));
    expect(config.options?.scales).toHaveProperty('left.position', 'right');
    expect(config.options?.scales).toHaveProperty('x.reverse', true);
  });

  it('ends a rate at 100 %', () => {
    const config = configure(toTrendSpec(trends, view, 'successRate', localizer, false));
    expect(config.options?.scales).toHaveProperty('left.max', 1);
  });

  it('sets nothing point by point, which would be resolved for each of 400 days', () => {
    const many = trendsFixture({
      from: '2025-10-19T00:00:00Z',
      to: '2026-11-22T12:33:00Z',
      granularity: 'day',
    });
    const spec = toProjectTrendSpec(many, toTrendView(many, localizer), localizer, false);
    for (const set of configure(spec).data.datasets.slice(0, 3)) {
      const values = Object.entries(set).filter(([name]) => !['data', 'borderDash'].includes(name));
      expect(
        values.filter(([, value]) => Array.isArray(value) || typeof value === 'function'),
      ).toEqual([]);
      expect(set.data).toHaveLength(400);
    }
  });
});
