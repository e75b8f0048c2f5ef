import { describe, expect, it } from 'vitest';
import { createTotals } from '@usage-kit/testing/fixtures/totals';
import { getLocalizer } from '../locales/localizer.js';
import type { Metric } from './figure.js';
import { createFigureFormatter } from './figure-formatter.js';

const column = (locale: string, metric: Metric, ...values: number[]): string[] => {
  const rows = values.map((value) => ({
    ...createTotals(1),
    calls: value,
    totalTokens: value,
    credits: `${value}.25`,
  }));
  const format = createFigureFormatter(getLocalizer(locale), rows);
  return rows.map((totals) => format(totals, metric).text);
};

describe('tableFigures', () => {
  it('writes all digits up to 9,999,999', () => {
    expect(column('en', 'tokens', 299_112, 88_121, 9_999_999)).toEqual([
      '299,112',
      '88,121',
      '9,999,999',
    ]);
    expect(column('en', 'credits', 299_112, 8)).toEqual(['299,112.25', '8.25']);
  });

  it('writes a whole column short when one figure is larger', () => {
    expect(column('en', 'tokens', 18_012_345, 299_112, 88_121, 907)).toEqual([
      '18.0M',
      '299K',
      '88.1K',
      '907',
    ]);
    expect(column('en', 'credits', 18_012_345, 88_121, 8)).toEqual(['18.0M', '88.1K', '8.25']);
    expect(column('zh', 'calls', 18_012_345, 88_121, 1_907)).toEqual(['1800万', '8.81万', '1,907']);
  });

  it('keeps the exact figure in the title', () => {
    const totals = { ...createTotals(1), totalTokens: 18_012_345 };
    const format = createFigureFormatter(getLocalizer('en'), [totals]);
    expect(format(totals, 'tokens')).toEqual({ text: '18.0M', title: '18,012,345' });
  });
});
