import { describe, expect, it } from 'vitest';
import { createFormatters } from '../../format/intl-cache.js';
import {
  addMonths,
  followDay,
  getFirstWeekday,
  listWeekdays,
  listWeeks,
  moveDay,
  toOrdered,
} from './month.view.js';

const SUNDAY = 0;
const MONDAY = 1;
const day = (year: number, month: number, date: number) => ({ year, month, day: date });

describe('months', () => {
  it.each([
    [{ year: 2026, month: 11 }, 1, { year: 2026, month: 12 }],
    [{ year: 2026, month: 12 }, 1, { year: 2027, month: 1 }],
    [{ year: 2026, month: 1 }, -1, { year: 2025, month: 12 }],
    [{ year: 2026, month: 1 }, -13, { year: 2024, month: 12 }],
  ])('%o and %i more', (month, count, expected) => {
    expect(addMonths(month, count)).toEqual(expected);
  });
});

describe('the last month to show', () => {
  const november = { year: 2026, month: 11 };
  it.each([
    [day(2026, 11, 3), 2, november],
    [day(2026, 10, 3), 2, november],
    [day(2026, 10, 3), 1, { year: 2026, month: 10 }],
    [day(2026, 9, 3), 2, { year: 2026, month: 10 }],
    [day(2026, 12, 3), 2, { year: 2026, month: 12 }],
  ])('with %o, of %i', (shownDay, count, expected) => {
    expect(followDay(shownDay, november, count)).toEqual(expected);
  });
});

describe('weeks of a month', () => {
  it('has every day once, in seven columns, at its weekday, whatever the first of them is', () => {
    for (let month = 1; month <= 24; month += 1) {
      for (const firstWeekday of [SUNDAY, MONDAY, 6]) {
        const shown = addMonths({ year: 2024, month: 1 }, month - 1);
        const weeks = listWeeks(shown, firstWeekday);
        const days = weeks.flat().filter((date) => date !== null);
        const length = new Date(Date.UTC(shown.year, shown.month, 0)).getUTCDate();
        expect(days.map((date) => date.day)).toEqual(Array.from({ length }, (_, at) => at + 1));
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          expect(week.some((date) => date !== null)).toBe(true);
          for (const [column, date] of week.entries()) {
            if (date === null) continue;
            const weekday = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
            expect(weekday).toBe((firstWeekday + column) % 7);
          }
        }
      }
    }
  });
});

describe('keys', () => {
  it.each([
    ['ArrowLeft', day(2026, 11, 1), day(2026, 10, 31)],
    ['ArrowRight', day(2026, 12, 31), day(2027, 1, 1)],
    ['ArrowUp', day(2026, 11, 3), day(2026, 10, 27)],
    ['ArrowDown', day(2026, 11, 3), day(2026, 11, 10)],
    // A Sunday.
    ['Home', day(2026, 11, 22), day(2026, 11, 16)],
    ['End', day(2026, 11, 16), day(2026, 11, 22)],
    ['PageUp', day(2026, 3, 31), day(2026, 2, 28)],
    ['PageDown', day(2024, 1, 31), day(2024, 2, 29)],
    ['a', day(2026, 11, 3), null],
  ])('%s from %o leads to %o', (key, from, to) => {
    expect(moveDay(from, key, MONDAY)).toEqual(to);
  });
});

it('follows the direction of reading', () => {
  const IS_RTL = true;
  const next = day(2026, 11, 4);
  expect(moveDay(day(2026, 11, 3), 'ArrowLeft', MONDAY, IS_RTL)).toEqual(next);
});

describe('weekdays', () => {
  it('begin as the language has it', () => {
    expect(getFirstWeekday('en-US')).toBe(SUNDAY);
    expect(getFirstWeekday('de-DE')).toBe(MONDAY);
    const names = listWeekdays(createFormatters('en'), MONDAY);
    expect(names.map(({ short }) => short)).toEqual(['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']);
    expect(names[6]?.long).toBe('Sunday');
    const chinese = listWeekdays(createFormatters('zh'), SUNDAY);
    expect(chinese.map(({ short }) => short)).toEqual([
      '周日',
      '周一',
      '周二',
      '周三',
      '周四',
      '周五',
      '周六',
    ]);
  });

  it('puts two days in order', () => {
    const expected = { from: '2026-11-03', to: '2026-12-01' };
    expect(toOrdered(day(2026, 12, 1), day(2026, 11, 3))).toEqual(expected);
    expect(toOrdered(day(2026, 11, 3), day(2026, 12, 1))).toEqual(expected);
  });
});
