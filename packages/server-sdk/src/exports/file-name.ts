import { UTC_DAY_MS } from '../values/time.js';
import { getTimeZone, type ExportRequest } from './export-query.js';
import { LocalTime } from './local-time.js';

/** Types of files. */
export const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const;

/**
 * The name of a file: its kind, and the first and the last day that it is about, `usage-calls_2026-11-01_2026-11-30.csv`.
 * ASCII and nothing from outside, so that it is safe in a header and on every file system.
 */
export function createFileName({ query, form, nowMs }: ExportRequest): string {
  const localTime = new LocalTime(getTimeZone(query));
  const toDay = (instantMs: number): string => localTime.format(instantMs).slice(0, 10);
  const [fromMs, toMs] =
    query.kind === 'ledger'
      ? [query.fromMs, query.toMs ?? nowMs]
      : [query.range.fromMs, query.range.toMs];
  // The end is not in the range: at midnight the last day is the one before.
  const lastDay = toDay(Math.max(toMs - 1, fromMs ?? toMs - UTC_DAY_MS));
  const days = fromMs === null ? ['until', lastDay] : [toDay(fromMs), lastDay];
  return `${['usage-' + query.kind, ...days].join('_')}.${form.format}`;
}
