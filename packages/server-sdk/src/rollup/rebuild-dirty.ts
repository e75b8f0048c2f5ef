import { AggregateBucket, toScopeKey } from '../aggregates/model/aggregate.js';
import type { Granularity } from '../aggregates/model/range-plan.js';
import { HOUR_MS, UTC_DAY_MS, floorTo, floorToUtcMonth, nextUtcMonth } from '../values/time.js';
import { clearDirtyHours } from './rollup-user-store.js';
import {
  deleteStaleRows,
  readRows,
  writeRows,
  type PreparedAggregate,
  type StoredAggregate,
} from '../aggregates/store/aggregate-store.js';
import { readDirtyHours, type DirtyHour } from '../aggregates/store/dirty-hours-store.js';
import { addLateCalls } from './archive-calls.js';
import { addToQuarter, readArchivedRows, sumMonth } from './build-due.js';
import { storeFirstCalls } from './archive-store.js';
import { noteFirst } from './first-calls.js';
import { noteArchived } from './note-archived.js';
import { readWindows } from './read-windows.js';
import type { UserSession, Work } from './user-session.js';

const ROWS_PER_TRANSACTION = 500;

/**
 * Rebuilds a user's dirty hours, newest month first, with the days and months that they are part of. Queries do not read the
 * aggregates of a dirty hour, its day and its month, so that several transactions can write them; the last one clears the hours
 * that did not change meanwhile.
 *
 * @throws OvertakenError when another rollup has overtaken this one
 */
export async function rebuildDirty(session: UserSession): Promise<void> {
  for (;;) {
    const hours = await readNextHours(session);
    const [first] = hours;
    if (first === undefined || session.run.isStopped) return;
    const { archivedBeforeMs } = session.progress;
    const archived = hours.filter(({ hourMs }) => hourMs < (archivedBeforeMs ?? hourMs));
    if (session.run.options.database.calls.isOwn) {
      for (const hour of archived) await addLateCalls(session, hour);
    } else if (archived.length > 0) await ignoreHours(session, archived);
    const open = hours.filter((hour) => !archived.includes(hour));
    if (open.length > 0) await rebuildHours(session, open);
    session.run.countRebuilt(hours.map(({ hourMs }) => hourMs));
    await session.run.timeSlices.yieldIfDue();
  }
}

/** Clears archived hours of a host's table: which of the rows that are left there were counted is not known. */
async function ignoreHours(session: UserSession, hours: readonly DirtyHour[]): Promise<void> {
  await session.writeHidden((transaction) => clearDirtyHours(transaction, session.userDid, hours));
  await session.drain();
}

/** Reads the dirty hours of the newest month that has some, without those that this run has set aside. */
async function readNextHours({
  run,
  userDid,
  progress,
  setAside,
}: UserSession): Promise<DirtyHour[]> {
  const builtThroughMs = progress.builtThroughMs ?? Number.MIN_SAFE_INTEGER;
  const dirty = (await readDirtyHours(run.reader, userDid)).filter(
    ({ hourMs }) => hourMs < builtThroughMs && !setAside.has(hourMs),
  );
  const newest = dirty.at(-1);
  if (newest === undefined) return [];
  const monthMs = floorToUtcMonth(newest.hourMs);
  return dirty.filter(({ hourMs }) => hourMs >= monthMs);
}

async function rebuildHours(session: UserSession, hours: readonly DirtyHour[]): Promise<void> {
  const { daysThroughMs, monthsThroughMs } = session.progress;
  const rebuild = new Rebuild(session);
  const byDay = new Map<number, number[]>();
  for (const { hourMs } of hours) {
    const dayMs = floorTo(UTC_DAY_MS, hourMs);
    byDay.set(dayMs, [...(byDay.get(dayMs) ?? []), hourMs]);
  }
  for (const [dayMs, hoursOfDay] of byDay) {
    const isBuilt = dayMs + UTC_DAY_MS <= (daysThroughMs ?? dayMs);
    await rebuildDay(rebuild, dayMs, hoursOfDay, isBuilt);
  }
  const monthMs = floorToUtcMonth(hours[0]?.hourMs ?? 0);
  if (nextUtcMonth(monthMs) <= (monthsThroughMs ?? monthMs)) {
    await rebuild.flush();
    await rebuild.replace('month', monthMs, await sumMonth(session, monthMs));
  }
  await rebuild.finish(hours);
}

async function rebuildDay(
  rebuild: Rebuild,
  dayMs: number,
  hoursMs: readonly number[],
  isBuilt: boolean,
): Promise<void> {
  const { session } = rebuild;
  const { hasQuarters } = session.run.options.database.calls;
  const quarters = new Map<number, Map<number, AggregateBucket>>();
  const hours = new Map(hoursMs.map((hourMs) => [hourMs, new AggregateBucket(false)]));
  const day = new AggregateBucket(true);
  if (isBuilt) await addArchivedHours(session, dayMs, day);
  const ranges = isBuilt
    ? [
        {
          fromMs: Math.max(dayMs, session.progress.archivedBeforeMs ?? dayMs),
          toMs: dayMs + UTC_DAY_MS,
        },
      ]
    : hoursMs.map((hourMs) => ({ fromMs: hourMs, toMs: hourMs + HOUR_MS }));
  for (const range of ranges) {
    for await (const { calls } of readWindows(session.run.reader, session.userDid, range)) {
      await session.addCalls(calls, (appId, modelId, call) => {
        if (isBuilt) day.addCall(appId, modelId, call);
        const hour = hours.get(floorTo(HOUR_MS, call.startedAtMs));
        hour?.addCall(appId, modelId, call);
        if (!hour || !hasQuarters) return;
        addToQuarter(quarters, appId, modelId, call);
        noteFirst(rebuild.firsts, appId, call.startedAtMs);
      });
    }
  }
  // Rows that the host moved away before they were read are noticed now, and what follows is overtaken.
  if (hasQuarters && isOld(session, dayMs)) await noteArchived(session.run);
  for (const [hourMs, bucket] of hours) {
    await rebuild.replace('hour', hourMs, bucket);
    if (hasQuarters) await rebuild.replaceQuarters(hourMs, quarters.get(hourMs) ?? new Map());
  }
  if (isBuilt) await rebuild.replace('day', dayMs, day);
}

/** Whether a host may archive calls of a day: those of yesterday are in use. */
function isOld({ run }: UserSession, dayMs: number): boolean {
  return dayMs + 2 * UTC_DAY_MS < run.dueThroughMs;
}

/** Adds the aggregates of a day's archived hours to the day. */
async function addArchivedHours(
  { run, userDid, progress }: UserSession,
  dayMs: number,
  day: AggregateBucket,
): Promise<void> {
  const toMs = Math.min(progress.archivedBeforeMs ?? dayMs, dayMs + UTC_DAY_MS);
  if (toMs <= dayMs) return;
  for (const row of await readArchivedRows(run.reader, userDid, { fromMs: dayMs, toMs })) {
    day.add(row.aggregate);
  }
}

function toRowKey({ bucketMs, aggregate }: PreparedAggregate | StoredAggregate): string {
  return `${bucketMs} ${toScopeKey(aggregate)}`;
}

/** Aggregates that differ from those stored, and stale stored ones, until they are written. */
class Rebuild {
  #changed: PreparedAggregate[] = [];
  #stale: StoredAggregate[] = [];
  /** Starts of buckets that cannot be stored, epoch ms. */
  readonly #setAside: number[] = [];

  /** Starts of the first calls of a host's table by project. */
  readonly firsts = new Map<number, number>();

  constructor(readonly session: UserSession) {}

  /** Compares a bucket with its stored aggregates. */
  async replace(
    granularity: Granularity,
    bucketMs: number,
    bucket: AggregateBucket,
  ): Promise<void> {
    const rows = this.session.prepareRows({ granularity, bucketMs }, bucket);
    if (rows.length === 0 && bucket.calls > 0) this.#setAside.push(bucketMs);
    await this.#replaceRows(granularity, bucketMs, rows);
  }

  /** Compares the quarters of an hour with their stored aggregates; none of an hour that can't be stored is read. */
  async replaceQuarters(
    hourMs: number,
    quarters: ReadonlyMap<number, AggregateBucket>,
  ): Promise<void> {
    const rows = this.#setAside.includes(hourMs) ? [] : this.session.prepareQuarters(quarters);
    await this.#replaceRows('quarter', hourMs, rows);
  }

  /** @param startMs start of the first hour of the buckets */
  async #replaceRows(
    granularity: Granularity,
    startMs: number,
    rows: readonly PreparedAggregate[],
  ): Promise<void> {
    const { run, userDid } = this.session;
    const range = { fromMs: startMs, toMs: startMs + HOUR_MS };
    const stored = new Map<string, StoredAggregate>();
    for (const row of await readRows(run.reader, userDid, granularity, range)) {
      stored.set(toRowKey(row), row);
    }
    for (const row of rows) {
      const key = toRowKey(row);
      if (stored.get(key)?.fingerprint !== row.fingerprint) this.#changed.push(row);
      stored.delete(key);
    }
    for (const row of stored.values()) this.#stale.push(row);
    while (this.#changed.length + this.#stale.length > ROWS_PER_TRANSACTION)
      await this.#flushSome();
  }

  /** Writes all aggregates so far. @throws what a transaction failed with */
  async flush(): Promise<void> {
    while (this.#changed.length + this.#stale.length > 0) await this.#flushSome();
    await this.session.drain();
  }

  /** Writes the remaining aggregates, and clears hours that did not change meanwhile. */
  async finish(hours: readonly DirtyHour[]): Promise<void> {
    const { session } = this;
    const write = this.#takeWrite();
    await session.writeVisible(
      async (transaction) => {
        await write(transaction);
        await clearDirtyHours(transaction, session.userDid, hours);
        await session.markDirty(transaction, this.#setAside);
      },
      {},
      (transaction) => storeFirstCalls(transaction, session.userDid, this.firsts),
    );
    await session.drain();
  }

  #flushSome(): Promise<void> {
    return this.session.writeHidden(this.#takeWrite());
  }

  #takeWrite(): Work {
    const { userDid } = this.session;
    const changed = this.#changed.splice(0, ROWS_PER_TRANSACTION);
    const stale = this.#stale.splice(0, ROWS_PER_TRANSACTION - changed.length);
    return async (transaction) => {
      await writeRows(transaction, userDid, changed);
      await deleteStaleRows(transaction, userDid, stale);
    };
  }
}
