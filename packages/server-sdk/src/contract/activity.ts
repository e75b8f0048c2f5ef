import type { Freshness, Range, Totals } from './common.js';

/** One hour of one weekday, in the zone of the range: the calls of all such hours of the range. */
export interface ActivityCell {
  /** ISO 8601: 1 is Monday, 7 Sunday. */
  weekday: number;
  /** Of the local clock, 0 to 23. */
  hour: number;
  totals: Totals;
}

/** `GET /activity`: when in the week calls were made. Adds up to the overview. */
export interface Activity {
  /** All 168, by weekday, then by hour; those without a call are zero calls. */
  cells: ActivityCell[];
  range: Range;
  freshness: Freshness;
}
