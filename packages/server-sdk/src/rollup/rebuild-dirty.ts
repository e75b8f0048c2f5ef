import { AggregateBucket } from '../domain/aggregate.js';
import type { Grain } from '../domain/range-cover.js';
import {
  HOUR_MS,
  UTC_DAY_MS,
  floorTo,
  floorToUtcMonth,
  nextUtcMonth,
  type TimeRange,
} from '../domain/time.js';
import { clearDirtyHours } from '../stores/rollup-user-store.js';
import {
  deleteStaleRows,
  readRows,
  writeRows,
  type PreparedRow,
  type StatsRow,
} from '../stores/stats-store.js';
import { chunksOf } from '../stores/transaction.js';
import { readDirtyHours, type DirtyHour } from '../stores/user-progress.js';
import { addLateCalls } from './archive-calls.js';
import { prepareMonth } from './build-due.js';
import { readWindows } from './read-windows.js';
import type { UserSession } from './user-session.js';

const ROWS_PER_TRANSACTION = 500;

/**
 * Rebuilds a user's dirty hours, newest month first, with the days and months that they are part of. While an hour is dirty
 * nobody reads its row, nor that of its day and month: they are written in as many transactions as it takes, and the last
 * one takes the hours off the list, unless they changed meanwhile.
 */
export async function rebuildDirty(session: UserSession): Promise<void> {
  for (;;) {
    const hours = await readNextHours(session);
    const [first] = hours;
    if (first === undefined || session.run.isStopped) return;
    const { archivedBeforeMs } = session.progress;
    const archived = hours.filter(({ hourMs }) => hourMs < (archivedBeforeMs ?? hourMs));
    for (const hour of archived) await addLateCalls(session, hour);
    const open = hours.filter((hour) => !archived.includes(hour));
    if (open.length > 0) await rebuildHours(session, open);
    session.run.countRebuilt(hours.map(({ hourMs }) => hourMs));
    await session.run.turns.share();
  }
}

/** Dirty hours of the newest month that has some, without those that this run has set aside. */
async function readNextHours({ run, userDid, progress, setAside }: UserSession): Promise<DirtyHour[]> {
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
  const setAside: number[] = [];
  const byDay = new Map<number, number[]>();
  for (const { hourMs } of hours) {
    const dayMs = floorTo(UTC_DAY_MS, hourMs);
    byDay.set(dayMs, [...(byDay.get(dayMs) ?? []), hourMs]);
  }
  for (const [dayMs, hoursOfDay] of byDay) {
    const isBuilt = dayMs + UTC_DAY_MS <= (daysThroughMs ?? dayMs);
    setAside.push(...(await rebuildDay(session, dayMs, hoursOfDay, isBuilt)));
  }
  await session.settle();
  const monthMs = floorToUtcMonth(hours[0]?.hourMs ?? 0);
  if (nextUtcMonth(monthMs) <= (monthsThroughMs ?? monthMs)) {
    const rows = await prepareMonth(session, monthMs);
    if (rows.length === 0 && session.setAside.has(monthMs)) setAside.push(monthMs);
    await replaceRows(session, 'month', { fromMs: monthMs, toMs: monthMs + HOUR_MS }, rows);
  }
  await session.writeVisible(async (transaction) => {
    await clearDirtyHours(transaction, session.userDid, hours);
    await session.markDirty(transaction, setAside);
  });
  await session.settle();
}

/** @returns starts of buckets that cannot be stored, epoch ms */
async function rebuildDay(
  session: UserSession,
  dayMs: number,
  hoursMs: readonly number[],
  isBuilt: boolean,
): Promise<number[]> {
  const hours = new Map(hoursMs.map((hourMs) => [hourMs, new AggregateBucket(false)]));
  const day = new AggregateBucket(true);
  if (isBuilt) await addArchivedHours(session, dayMs, day);
  const ranges = isBuilt
    ? [{ fromMs: dayMs, toMs: dayMs + UTC_DAY_MS }]
    : hoursMs.map((hourMs) => ({ fromMs: hourMs, toMs: hourMs + HOUR_MS }));
  for (const range of ranges) {
    for await (const { calls } of readWindows(session.run.reader, session.userDid, range)) {
      await session.addCalls(calls, (appId, modelId, call) => {
        hours.get(floorTo(HOUR_MS, call.startedAtMs))?.addCall(appId, modelId, call);
        if (isBuilt) day.addCall(appId, modelId, call);
      });
    }
  }
  const setAside: number[] = [];
  const replace = async (granularity: Grain, bucketMs: number, bucket: AggregateBucket) => {
    const rows = session.prepareRows({ granularity, bucketMs }, bucket);
    if (rows.length === 0 && bucket.calls > 0) setAside.push(bucketMs);
    await replaceRows(session, granularity, { fromMs: bucketMs, toMs: bucketMs + HOUR_MS }, rows);
  };
  for (const [hourMs, bucket] of hours) await replace('hour', hourMs, bucket);
  if (isBuilt) await replace('day', dayMs, day);
  return setAside;
}

async function addArchivedHours(
  { run, userDid, progress }: UserSession,
  dayMs: number,
  day: AggregateBucket,
): Promise<void> {
  const toMs = Math.min(progress.archivedBeforeMs ?? dayMs, dayMs + UTC_DAY_MS);
  if (toMs <= dayMs) return;
  for (const row of await readRows(run.reader, userDid, 'hour', { fromMs: dayMs, toMs })) {
    day.add(row.aggregate);
  }
}

/** Writes rows of a bucket that differ from those stored, and deletes those that are no more. */
async function replaceRows(
  session: UserSession,
  granularity: Grain,
  range: TimeRange,
  rows: readonly PreparedRow[],
): Promise<void> {
  const { userDid } = session;
  const stored = new Map<string, StatsRow>();
  for (const row of await readRows(session.run.reader, userDid, granularity, range)) {
    stored.set(toKey(row.aggregate), row);
  }
  const changed: PreparedRow[] = [];
  for (const row of rows) {
    const key = toKey(row.aggregate);
    if (stored.get(key)?.fingerprint !== row.fingerprint) changed.push(row);
    stored.delete(key);
  }
  for (const some of chunksOf(ROWS_PER_TRANSACTION, changed)) {
    await session.writeHidden((transaction) => writeRows(transaction, userDid, some));
  }
  for (const some of chunksOf(ROWS_PER_TRANSACTION, [...stored.values()])) {
    await session.writeHidden((transaction) => deleteStaleRows(transaction, userDid, some));
  }
}

function toKey({ scope, appId, modelId }: StatsRow['aggregate']): string {
  return `${scope} ${appId} ${modelId}`;
}
