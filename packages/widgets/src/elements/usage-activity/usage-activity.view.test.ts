import { describe, expect, it } from 'vitest';
import { ACTIVITY, ACTIVITY_EMPTY } from '@usage-kit/testing/fixtures/activity';
import { getLocalizer } from '../../locales/localizer.js';
import { listWeekdays, toHeatTable, toHeatView } from './usage-activity.view.js';

const localizer = getLocalizer('en-GB');

describe('the week', () => {
  it('begins on the day of the language, on Monday where none is known', () => {
    expect(listWeekdays({ locale: 'en-US' })).toEqual([7, 1, 2, 3, 4, 5, 6]);
    expect(listWeekdays({ locale: 'en-GB' })).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(listWeekdays({ locale: 'not a locale' })).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('has a shade for each hour, none without a call, the darkest for the highest', () => {
    const { rows, highest, max } = toHeatView(ACTIVITY, 'calls', localizer);
    const cells = rows.flatMap((row) => row.cells);
    expect(cells).toHaveLength(168);
    for (const cell of cells) expect(cell.level === 0).toBe(cell.text === 'Calls 0');
    expect(highest?.level).toBe(5);
    expect(highest?.text).toBe(`Calls ${max}`);
  });

  it('has a rate from below the worst hour, and no shade where it is not known', () => {
    const { rows, min, max } = toHeatView(ACTIVITY, 'successRate', localizer);
    expect([min, max]).toEqual(['90%', '100%']);
    const levels = new Set(rows.flatMap(({ cells }) => cells.map(({ level }) => level)));
    expect(levels.has(0)).toBe(true);
    expect(levels.has(5)).toBe(true);
  });

  it('without calls says so', () => {
    const { highest, summary } = toHeatView(ACTIVITY_EMPTY, 'calls', localizer);
    expect(highest).toBeNull();
    expect(summary).toBe('Calls by weekday and hour: no data.');
  });

  it('is a table of hours and days', () => {
    const { headings, rows } = toHeatTable(ACTIVITY, 'tokens', localizer);
    expect(headings).toEqual(['Hour', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
    expect(rows).toHaveLength(24);
    expect(rows.every(({ figures }) => figures.length === 7)).toBe(true);
  });
});
