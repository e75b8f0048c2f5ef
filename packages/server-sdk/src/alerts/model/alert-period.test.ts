import { expect, test } from 'vitest';
import type { AlertWindow } from '../../contract/alerts.js';
import { getPeriod } from './alert-period.js';

const calendar = (unit: 'day' | 'week' | 'month', timeZone: string): AlertWindow => ({
  kind: 'calendar',
  unit,
  timeZone,
});

test.each<[now: string, window: AlertWindow, from: string, to: string | null]>([
  // The clocks of Berlin go back in this day of 25 hours, and forward in one of 23.
  ['2026-10-25T12:00Z', calendar('day', 'Europe/Berlin'), '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
  ['2026-03-29T12:00Z', calendar('day', 'Europe/Berlin'), '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
  // A Sunday is the last day of its week.
  ['2026-11-22T10:00Z', calendar('week', 'UTC'), '2026-11-16T00:00Z', '2026-11-23T00:00Z'],
  ['2026-11-23T00:00Z', calendar('week', 'UTC'), '2026-11-23T00:00Z', '2026-11-30T00:00Z'],
  [
    '2026-10-31T23:30Z',
    calendar('month', 'Europe/Berlin'),
    '2026-10-31T23:00Z',
    '2026-11-30T23:00Z',
  ],
  [
    '2026-11-22T10:00Z',
    calendar('day', 'Asia/Kathmandu'),
    '2026-11-21T18:15Z',
    '2026-11-22T18:15Z',
  ],
  // Midnight does not exist: clocks go from 00:00 to 01:00.
  [
    '2018-11-04T12:00Z',
    calendar('day', 'America/Sao_Paulo'),
    '2018-11-04T03:00Z',
    '2018-11-05T02:00Z',
  ],
  ['2026-11-22T10:29Z', { kind: 'rolling', hours: 2 }, '2026-11-22T08:15Z', null],
])('at %s the period of %o begins at %s', (now, window, from, to) => {
  const toMs = (text: string): number => Date.parse(text.replace('Z', ':00Z'));
  expect(getPeriod(window, toMs(now))).toEqual({
    fromMs: toMs(from),
    toMs: to === null ? null : toMs(to),
  });
});
