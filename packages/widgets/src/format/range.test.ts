import { describe, expect, it } from 'vitest';
import { createFormatters } from './intl-cache.js';
import { getRelativeDays, resolveRange } from './range.js';
import { addDays, parseIsoDate, getStartOfDayMs, toCalendarDay } from './zoned-day.js';

const en = createFormatters('en');
const nowMs = Date.UTC(2026, 10, 22, 12, 32, 30, 500);

describe('resolveRange', () => {
  it('reads last-N-days as calendar days of the zone, today included, up to the end of this minute', () => {
    expect(resolveRange(en, { from: 'last-7-days', to: '' }, 'Asia/Shanghai', nowMs)).toEqual({
      from: '2026-11-15T16:00:00.000Z',
      to: '2026-11-22T12:33:00.000Z',
    });
  });

  it('gives the same instants within a minute, and moves with the next', () => {
    const at = (ms: number): unknown =>
      resolveRange(en, { from: 'last-30-days', to: '' }, 'UTC', ms);
    expect(at(nowMs)).toEqual(at(nowMs + 29_000));
    expect(at(nowMs)).not.toEqual(at(nowMs + 30_000));
  });

  it('includes the last of two dates', () => {
    expect(
      resolveRange(en, { from: '2026-03-01', to: '2026-03-31' }, 'Europe/Berlin', nowMs),
    ).toEqual({ from: '2026-02-28T23:00:00.000Z', to: '2026-03-31T22:00:00.000Z' });
  });

  it('takes instants and epoch milliseconds as they are', () => {
    const to = '2026-11-02T00:00:00.000Z';
    expect(resolveRange(en, { from: '1761955200000', to }, 'UTC', nowMs)).toEqual({
      from: '2025-11-01T00:00:00.000Z',
      to,
    });
  });

  it.each([
    ['yesterday', ''],
    ['2026-02-30', ''],
    ['2026-11-20', '2026-11-10'],
    ['last-30-days', '2026-11-10'],
    ['2026', ''],
  ])('does not guess %s to %s', (from, to) => {
    expect(resolveRange(en, { from, to }, 'UTC', nowMs)).toBeNull();
  });

  it('knows relative ranges', () => {
    expect(getRelativeDays({ from: 'last-90-days', to: '' })).toBe(90);
    expect(getRelativeDays({ from: 'last-90-days', to: '2026-01-01' })).toBeNull();
    expect(getRelativeDays({ from: '2026-01-01', to: '' })).toBeNull();
  });
});

describe('startOfDayMs', () => {
  const start = (date: string, zone: string): string => {
    const day = parseIsoDate(date);
    if (day === null) throw new Error(date);
    return new Date(getStartOfDayMs(en, day, zone)).toISOString();
  };

  it.each([
    ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22', 'Asia/Kathmandu', '2026-11-21T18:15:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    // Midnight was skipped: the day began at 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // Midnight came twice: the day began with the first.
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['2026-11-22', 'Pacific/Kiritimati', '2026-11-21T10:00:00.000Z'],
    ['2026-11-22', 'Pacific/Pago_Pago', '2026-11-22T11:00:00.000Z'],
  ])('of %s in %s is %s', (date, zone, instant) => {
    expect(start(date, zone)).toBe(instant);
  });

  it('is the first instant of its day in every zone, all year', () => {
    for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Beirut']) {
      for (let offset = 0; offset < 366; offset += 1) {
        const day = addDays({ year: 2026, month: 1, day: 1 }, offset);
        const atMs = getStartOfDayMs(en, day, zone);
        expect(toCalendarDay(en, atMs, zone)).toEqual(day);
        expect(toCalendarDay(en, atMs - 1, zone)).toEqual(addDays(day, -1));
      }
    }
  });
});
