import { expect, test } from 'vitest';
import { timeBuckets } from './time-buckets.js';
import { weekHours } from './week-hours.js';

const hoursOf = (from: string, to: string, timeZone: string): string[] =>
  weekHours({ fromMs: Date.parse(from), toMs: Date.parse(to) }, timeZone).map(
    ({ weekday, hour }) => `${weekday}/${hour}`,
  );

test('a Sunday night goes over to Monday', () => {
  expect(hoursOf('2026-11-22T22:30:00Z', '2026-11-23T01:00:00Z', 'UTC')).toEqual([
    '7/22',
    '7/23',
    '1/0',
  ]);
});

test('an hour that a clock shows twice is one hour of the week, twice', () => {
  const hours = hoursOf('2026-10-25T00:00:00+02:00', '2026-10-25T04:00:00+01:00', 'Europe/Berlin');
  expect(hours).toEqual(['7/0', '7/1', '7/2', '7/2', '7/3']);
});

test('an hour that a clock leaves out is not there', () => {
  const hours = hoursOf('2026-03-29T00:00:00+01:00', '2026-03-29T04:00:00+02:00', 'Europe/Berlin');
  expect(hours).toEqual(['7/0', '7/1', '7/3']);
});

test('in a zone on a half hour they are those of its clock', () => {
  expect(hoursOf('2026-11-23T18:00:00Z', '2026-11-23T19:00:00Z', 'Asia/Kolkata')).toEqual([
    '1/23',
    '2/0',
  ]);
});

test.each(['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo', 'Pacific/Chatham'])(
  'they are the hours of a trend in %s',
  (timeZone) => {
    const range = { fromMs: Date.parse('2026-01-01T10:20:30Z'), toMs: Date.parse('2027-01-02') };
    const hours = weekHours(range, timeZone);
    expect(hours.map(({ fromMs, toMs }) => ({ fromMs, toMs }))).toEqual(
      timeBuckets(range, 'hour', timeZone),
    );
  },
);
