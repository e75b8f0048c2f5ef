import type { LedgerDay, LedgerEntry } from '../contract/quota.js';
import { getLocalDay } from '../queries/time-buckets.js';
import { formatDecimal, parseDecimal } from '../values/decimal.js';
import { toInstant, type TimeRange } from '../values/time.js';

/** As many decimals as an amount of a provider can have. */
const DECIMALS = 60;

/** Rows of one item, newest first. */
type DayRows = [LedgerEntry, ...LedgerEntry[]];

/** An item of the grouped ledger; of a day, with the day. */
export interface GroupedItem {
  entry: LedgerEntry;
  /** The day of consumption, cut to the filter; `null` of a row. */
  range: TimeRange | null;
}

/** Items of the newest rows of a ledger. */
export interface GroupedRows {
  items: GroupedItem[];
  /** How many of the rows are in the items; the others are of a day that goes on beyond the rows. */
  rows: number;
}

/** How rows are grouped. */
export interface DayGrouping {
  timeZone: string;
  /** The filter of the rows, which cuts days, too; `null` bounds are open. */
  fromMs: number | null;
  toMs: number | null;
  /** Whether these are all rows of the filter; else the oldest day may go on. */
  isWhole: boolean;
}

/**
 * Groups the newest rows of a ledger, newest first: the consumption of a local day is one item, at the place of its newest row,
 * and every other row is a separate item. The amounts of the items add up to those of the rows exactly.
 */
export function groupByDay(entries: readonly LedgerEntry[], grouping: DayGrouping): GroupedRows {
  const getDay = createDayFinder(grouping.timeZone);
  const rows = grouping.isWhole ? entries.length : countWholeDays(entries, getDay);
  const drafts: { entries: DayRows; day: TimeRange | null }[] = [];
  const days = new Map<number, DayRows>();
  for (const entry of entries.slice(0, rows)) {
    const day = entry.kind === 'consumption' ? getDay(entry) : null;
    const known = day && days.get(day.fromMs);
    if (known) {
      known.push(entry);
      continue;
    }
    const own: DayRows = [entry];
    if (day) days.set(day.fromMs, own);
    drafts.push({ entries: own, day });
  }
  return {
    rows,
    items: drafts.map(({ entries, day }) => {
      if (day === null) return { entry: entries[0], range: null };
      const range = cutTo(day, grouping);
      return { entry: toDayEntry(entries, day, range), range };
    }),
  };
}

/** Rows that are newer than the day of the oldest one. */
function countWholeDays(
  entries: readonly LedgerEntry[],
  getDay: (entry: LedgerEntry) => TimeRange,
): number {
  const oldest = entries.at(-1);
  if (oldest === undefined) return 0;
  const { toMs } = getDay(oldest);
  const index = entries.findIndex(({ occurredAt }) => Date.parse(occurredAt) < toMs);
  return index === -1 ? entries.length : index;
}

/** Rows come by time, so that most are of the day before. */
function createDayFinder(timeZone: string): (entry: LedgerEntry) => TimeRange {
  let day: TimeRange = { fromMs: 0, toMs: 0 };
  return ({ occurredAt }) => {
    const atMs = Date.parse(occurredAt);
    if (atMs < day.fromMs || atMs >= day.toMs) day = getLocalDay(atMs, timeZone);
    return day;
  };
}

function cutTo(day: TimeRange, { fromMs, toMs }: DayGrouping): TimeRange {
  return {
    fromMs: Math.max(day.fromMs, fromMs ?? day.fromMs),
    toMs: Math.min(day.toMs, toMs ?? day.toMs),
  };
}

function toDayEntry(entries: DayRows, { fromMs }: TimeRange, range: TimeRange): LedgerEntry {
  const [newest] = entries;
  const day: LedgerDay = {
    start: toInstant(range.fromMs),
    end: toInstant(range.toMs),
    entries: entries.length,
    calls: null,
  };
  return {
    id: `day-${toInstant(fromMs)}`,
    kind: 'consumption',
    amount: formatDecimal(
      entries.reduce((sum, { amount }) => sum + toUnits(amount), 0n),
      DECIMALS,
    ),
    balanceAfter: newest.balanceAfter,
    description: null,
    occurredAt: newest.occurredAt,
    expiresAt: null,
    category: null,
    url: null,
    day,
  };
}

/** @throws RangeError for an amount that the schema of ledger pages would refuse */
function toUnits(amount: string): bigint {
  const units = parseDecimal(amount, DECIMALS);
  if (units === null) throw new RangeError('An amount of the ledger is no decimal');
  return units;
}
