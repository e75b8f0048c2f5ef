import { AggregateBucket, getOrAddBucket } from '../aggregates/model/aggregate.js';
import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  floorTo,
  floorToUtcMonth,
  nextUtcMonth,
  type TimeRange,
} from '../values/time.js';
import {
  findNextCall,
  findNextDue,
  changeProgress,
  type ProgressChange,
} from './rollup-user-store.js';
import {
  hasRowsFrom,
  readRows,
  sumDays,
  writeRows,
  type PreparedAggregate,
  type StoredAggregate,
} from '../aggregates/store/aggregate-store.js';
import type { CallRow } from '../aggregates/store/call-rows.js';
import type { Transaction } from '../db/transaction.js';
import { storeFirstCalls } from './archive-store.js';
import { noteFirst } from './first-calls.js';
import { readWindows, type CallWindow } from './read-windows.js';
import type { UserSession, Work } from './user-session.js';

/** Aggregates that one transaction writes, for which other writers wait a few milliseconds. */
const ROWS_PER_TRANSACTION = 1000;

/**
 * Builds a user's hours that are claimed and not built, and the days and months that they complete. The transaction that writes
 * aggregates also changes the progress, so a run can be killed at any point and continued by the next.
 *
 * @throws OvertakenError when another rollup has overtaken this one
 */
export async function buildDue(session: UserSession): Promise<void> {
  const { run, userDid } = session;
  const throughMs = session.progress.claimedThroughMs;
  if (throughMs === null) return;
  const fromMs =
    session.progress.builtThroughMs ??
    floorTo(
      HOUR_MS,
      (await findNextCall(run.reader, userDid, Number.MIN_SAFE_INTEGER)) ?? throughMs,
    );
  const builder = new DueBuilder(session, Math.min(fromMs, throughMs), throughMs);
  if (fromMs < throughMs) await builder.build();
  if (run.isStopped) return session.drain();
  await builder.finish();
}

/** Adds up a user's calls by hour and day, and writes the buckets that are complete. */
class DueBuilder {
  readonly #session: UserSession;
  readonly #fromMs: number;
  readonly #throughMs: number;
  readonly #hours = new Map<number, AggregateBucket>();
  readonly #days = new Map<number, AggregateBucket>();
  /** Of a host's table, by hour. */
  readonly #quarters = new Map<number, Map<number, AggregateBucket>>();
  /** Starts of the first calls of a host's table by project: once its rows are moved away, no other place has them. */
  readonly #firsts = new Map<number, number>();
  /** Days before it are built. */
  #daysFromMs: number;
  #rows: PreparedAggregate[] = [];
  #dirtyHours: number[] = [];
  #builtHours: number[] = [];

  constructor(session: UserSession, fromMs: number, throughMs: number) {
    this.#session = session;
    this.#fromMs = fromMs;
    this.#throughMs = throughMs;
    this.#daysFromMs = session.progress.daysThroughMs ?? floorTo(UTC_DAY_MS, fromMs);
  }

  async build(): Promise<void> {
    const { run, userDid } = this.#session;
    const completesDay = this.#daysFromMs + UTC_DAY_MS <= this.#throughMs;
    // The calls of built hours are read once more for their day.
    const readFromMs = completesDay ? Math.min(this.#daysFromMs, this.#fromMs) : this.#fromMs;
    if (completesDay) await this.#addArchivedHours(readFromMs);
    const { archivedBeforeMs } = this.#session.progress;
    const fromMs = Math.max(readFromMs, archivedBeforeMs ?? readFromMs);
    const range = { fromMs, toMs: this.#throughMs };
    for await (const window of readWindows(run.reader, userDid, range)) {
      if (run.isStopped) return;
      await this.#addWindow(window);
      await this.#takeComplete(window.toMs);
    }
  }

  /** Writes the remaining aggregates, the months that are complete, and when the user becomes due again. */
  async finish(): Promise<void> {
    const session = this.#session;
    const throughMs = this.#throughMs;
    const daysThroughMs = Math.max(this.#daysFromMs, floorTo(UTC_DAY_MS, throughMs));
    const change = { builtThroughMs: throughMs, daysThroughMs };
    const monthsThroughMs = session.progress.monthsThroughMs ?? floorToUtcMonth(this.#fromMs);
    const storeDue = async (transaction: Transaction): Promise<void> => {
      const dueAtMs = await findDueAt(transaction, session.userDid, throughMs);
      await changeProgress(transaction, session.userDid, { dueAtMs });
    };
    if (nextUtcMonth(monthsThroughMs) > daysThroughMs) {
      await this.#write(change, storeDue);
    } else {
      // Months are the sums of written days.
      await this.#write(change);
      await session.drain();
      await this.#buildMonths();
      if (!session.run.isStopped) await session.writeVisible(storeDue);
    }
    await session.drain();
  }

  /** Adds the aggregates of archived hours to their day. */
  async #addArchivedHours(fromMs: number): Promise<void> {
    const { run, userDid, progress } = this.#session;
    const toMs = progress.archivedBeforeMs ?? fromMs;
    if (toMs <= fromMs) return;
    for (const row of await readArchivedRows(run.reader, userDid, { fromMs, toMs })) {
      getOrAddBucket(this.#days, floorTo(UTC_DAY_MS, row.bucketMs), true).add(row.aggregate);
    }
  }

  #addWindow({ calls }: CallWindow): Promise<void> {
    const lastDayMs = floorTo(UTC_DAY_MS, this.#throughMs);
    const { hasQuarters } = this.#session.run.options.database.calls;
    return this.#session.addCalls(calls, (appId, modelId, call) => {
      const hourMs = floorTo(HOUR_MS, call.startedAtMs);
      if (hourMs >= this.#fromMs) {
        getOrAddBucket(this.#hours, hourMs, false).addCall(appId, modelId, call);
        if (hasQuarters) {
          addToQuarter(this.#quarters, appId, modelId, call);
          noteFirst(this.#firsts, appId, call.startedAtMs);
        }
      }
      const dayMs = floorTo(UTC_DAY_MS, hourMs);
      if (dayMs >= this.#daysFromMs && dayMs < lastDayMs) {
        getOrAddBucket(this.#days, dayMs, true).addCall(appId, modelId, call);
      }
    });
  }

  /** Prepares the buckets that end before an instant, and writes once there are enough aggregates. */
  async #takeComplete(toMs: number): Promise<void> {
    const session = this.#session;
    for (const [hourMs, bucket] of takeBefore(this.#hours, toMs - HOUR_MS)) {
      const rows = session.prepareRows({ granularity: 'hour', bucketMs: hourMs }, bucket);
      this.#take(hourMs, rows);
      const quarters = this.#quarters.get(hourMs);
      this.#quarters.delete(hourMs);
      if (quarters && rows.length > 0) this.#take(hourMs, session.prepareQuarters(quarters));
      this.#builtHours.push(hourMs);
      await session.run.timeSlices.yieldIfDue();
      await this.#writeFull();
    }
    for (const [dayMs, bucket] of takeBefore(this.#days, toMs - UTC_DAY_MS)) {
      this.#take(dayMs, session.prepareRows({ granularity: 'day', bucketMs: dayMs }, bucket));
      await session.run.timeSlices.yieldIfDue();
      await this.#writeFull();
    }
    if (this.#rows.length < ROWS_PER_TRANSACTION / 2) return;
    const builtThroughMs = Math.max(this.#fromMs, floorTo(HOUR_MS, toMs));
    const daysThroughMs = Math.max(this.#daysFromMs, floorTo(UTC_DAY_MS, toMs));
    await this.#write({ builtThroughMs, daysThroughMs });
  }

  #take(bucketMs: number, rows: readonly PreparedAggregate[]): void {
    if (this.#session.setAside.has(bucketMs) && rows.length === 0) this.#dirtyHours.push(bucketMs);
    for (const row of rows) this.#rows.push(row);
  }

  /** Writes aggregates that are too many for one transaction; the progress changes with the last of them. */
  async #writeFull(): Promise<void> {
    while (this.#rows.length > ROWS_PER_TRANSACTION) {
      const rows = this.#rows.splice(0, ROWS_PER_TRANSACTION);
      const { userDid } = this.#session;
      await this.#session.writeHidden((transaction) => writeRows(transaction, userDid, rows));
    }
  }

  async #write(change: ProgressChange, finish?: Work): Promise<void> {
    const session = this.#session;
    const [rows, dirtyHours, builtHours] = [this.#rows, this.#dirtyHours, this.#builtHours];
    this.#rows = [];
    this.#dirtyHours = [];
    this.#builtHours = [];
    const firsts = new Map(this.#firsts);
    this.#firsts.clear();
    const { monthsThroughMs } = session.progress;
    const first =
      monthsThroughMs === null ? { monthsThroughMs: floorToUtcMonth(this.#fromMs) } : {};
    await session.writeVisible(
      async (transaction) => {
        await writeRows(transaction, session.userDid, rows);
        await session.markDirty(transaction, dirtyHours);
      },
      { ...first, ...change },
      async (transaction) => {
        await storeFirstCalls(transaction, session.userDid, firsts);
        await finish?.(transaction);
      },
    );
    session.run.countHours(builtHours);
  }

  async #buildMonths(): Promise<void> {
    const session = this.#session;
    const { daysThroughMs, monthsThroughMs } = session.progress;
    if (daysThroughMs === null || monthsThroughMs === null) return;
    let monthMs = monthsThroughMs;
    while (nextUtcMonth(monthMs) <= daysThroughMs && !session.run.isStopped) {
      const month = await sumMonth(session, monthMs);
      this.#take(monthMs, session.prepareRows({ granularity: 'month', bucketMs: monthMs }, month));
      await this.#writeFull();
      monthMs = nextUtcMonth(monthMs);
    }
    await this.#write({ monthsThroughMs: monthMs });
    await session.drain();
  }
}

/** Counts a call in its quarter of an hour. @param hours the quarters of each hour */
export function addToQuarter(
  hours: Map<number, Map<number, AggregateBucket>>,
  appId: number,
  modelId: number,
  call: CallRow,
): void {
  const hourMs = floorTo(HOUR_MS, call.startedAtMs);
  const quarters = hours.get(hourMs) ?? new Map<number, AggregateBucket>();
  hours.set(hourMs, quarters);
  const quarterMs = floorTo(QUARTER_HOUR_MS, call.startedAtMs);
  getOrAddBucket(quarters, quarterMs, true).addCall(appId, modelId, call);
}

/** Reads the aggregates that archived hours have: of models within projects by quarter, and else by hour. */
export async function readArchivedRows(
  transaction: Transaction,
  userDid: string,
  range: TimeRange,
): Promise<StoredAggregate[]> {
  const hours = await readRows(transaction, userDid, 'hour', range);
  return [...hours, ...(await readRows(transaction, userDid, 'quarter', range))];
}

/** Adds up a month's days. */
export async function sumMonth(
  { run, userDid }: UserSession,
  monthMs: number,
): Promise<AggregateBucket> {
  const month = new AggregateBucket(false);
  const days = { fromMs: monthMs, toMs: nextUtcMonth(monthMs) };
  for (const aggregate of await sumDays(run.reader, userDid, days)) month.add(aggregate);
  return month;
}

/** Finds when a user becomes due again, epoch ms; `null`: never. @param throughMs all before it is built */
async function findDueAt(
  transaction: Transaction,
  userDid: string,
  throughMs: number,
): Promise<number | null> {
  const due: number[] = [];
  const callDueMs = await findNextDue(transaction, userDid, throughMs);
  if (callDueMs !== null) due.push(callDueMs);
  const dayMs = floorTo(UTC_DAY_MS, throughMs);
  const hasOpenDay = await hasRowsFrom(transaction, userDid, 'hour', dayMs);
  if (hasOpenDay) due.push(dayMs + UTC_DAY_MS);
  const monthMs = floorToUtcMonth(throughMs);
  const hasOpenMonth = hasOpenDay || (await hasRowsFrom(transaction, userDid, 'day', monthMs));
  if (hasOpenMonth) due.push(nextUtcMonth(monthMs));
  return due.length === 0 ? null : Math.min(...due);
}

/** Removes the buckets that start at or before an instant, and returns them in order. */
function takeBefore(
  buckets: Map<number, AggregateBucket>,
  lastStartMs: number,
): [number, AggregateBucket][] {
  const taken = [...buckets].filter(([bucketMs]) => bucketMs <= lastStartMs);
  for (const [bucketMs] of taken) buckets.delete(bucketMs);
  return taken.sort(([a], [b]) => a - b);
}
