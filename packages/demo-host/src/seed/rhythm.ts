const HOUR_MS = 3_600_000;

/** Relative traffic of each local hour of a working day; sums to 24, so that its mean is 1. */
const HOURLY_SHAPE = [
  0.28, 0.2, 0.16, 0.14, 0.15, 0.22, 0.42, 0.78, 1.28, 1.78, 1.98, 1.88, 1.42, 1.52, 1.86, 1.92,
  1.78, 1.5, 1.14, 0.98, 0.94, 0.82, 0.54, 0.31,
];
const SHAPE_MEAN = HOURLY_SHAPE.reduce((sum, value) => sum + value, 0) / HOURLY_SHAPE.length;

/** Sunday first. */
const WEEKDAY_SHAPE = [0.42, 1.18, 1.24, 1.26, 1.22, 1.1, 0.58];

/**
 * How much traffic an hour has compared with an average one.
 *
 * @param hourStartMs start of the hour, epoch milliseconds
 * @param utcOffsetHours where most of the project's people are
 */
export function computeRhythm(hourStartMs: number, utcOffsetHours: number): number {
  const local = new Date(hourStartMs + utcOffsetHours * HOUR_MS);
  const hour = HOURLY_SHAPE[local.getUTCHours()] ?? 1;
  const weekday = WEEKDAY_SHAPE[local.getUTCDay()] ?? 1;
  return (hour / SHAPE_MEAN) * weekday;
}
