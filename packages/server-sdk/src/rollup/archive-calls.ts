import { AggregateBucket, getOrAddBucket, toScopeKey } from '../aggregates/model/aggregate.js';
import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  floorTo,
  floorToUtcMonth,
  nextUtcMonth,
} from '../values/time.js';
import { deleteCalls, clearDirtyRange, hasDirtyHour, storeFirstCalls } from './archive-store.js';
import { readCallRows, type CallRow } from '../aggregates/store/call-rows.js';
import { clearDirtyHours, findNextCall } from './rollup-user-store.js';
import {
  type BucketPlace,
  type PreparedAggregate,
  deleteRows,
  readRows,
  writeRows,
} from '../aggregates/store/aggregate-store.js';
import type { Transaction } from '../db/transaction.js';
import type { DirtyHour } from '../aggregates/store/dirty-hours-store.js';
import { noteFirst } from './first-calls.js';
import { readWindows } from './read-windows.js';
import type { UserSession } from './user-session.js';

/**
 * Archives a user's calls that started before an instant, epoch ms. First adds the aggregates of models within projects by
 * quarter of an hour, which until then are computed from calls. Stops at a dirty hour, which the next run rebuilds first.
 *
 * @throws what a transaction failed with
 */
export async function archiveCalls(session: UserSession, beforeMs: number): Promise<void> {
  const { run, userDid, progress } = session;
  const toMs = Math.min(beforeMs, progress.daysThroughMs ?? beforeMs);
  const firstMs = await findNextCall(run.reader, userDid, Number.MIN_SAFE_INTEGER);
  const fromMs = progress.archivedBeforeMs ?? floorTo(HOUR_MS, firstMs ?? toMs);
  if (firstMs === null || firstMs >= toMs || fromMs >= toMs) return;
  const archive = new Archive(session, fromMs);
  for await (const { calls, toMs: throughMs } of readWindows(run.reader, userDid, {
    fromMs,
    toMs,
  })) {
    if (run.isStopped) break;
    await archive.add(calls);
    if (!(await archive.archiveBefore(floorTo(HOUR_MS, throughMs)))) break;
  }
  await session.drain();
}

/** Hours that are archived together. */
class Archive {
  readonly #session: UserSession;
  readonly #quarters = new Map<number, AggregateBucket>();
  readonly #firsts = new Map<number, number>();
  readonly #noted = new Map<number, number>();
  #fromMs: number;

  constructor(session: UserSession, fromMs: number) {
    this.#session = session;
    this.#fromMs = fromMs;
  }

  async add(calls: readonly CallRow[]): Promise<void> {
    await this.#session.addCalls(calls, (appId, modelId, call) => {
      const quarterMs = floorTo(QUARTER_HOUR_MS, call.startedAtMs);
      getOrAddBucket(this.#quarters, quarterMs, true).addCall(appId, modelId, call);
      noteFirst(this.#firsts, appId, call.startedAtMs);
    });
  }

  /** Archives the calls before an instant, epoch ms. @returns whether to continue; false at a dirty hour */
  async archiveBefore(toMs: number): Promise<boolean> {
    const session = this.#session;
    const { userDid } = session;
    if (toMs <= this.#fromMs) return true;
    const range = { fromMs: this.#fromMs, toMs };
    const rows = this.#takeRows(toMs);
    const firsts = [...this.#firsts].filter(
      ([appId, firstMs]) => firstMs < toMs && !(firstMs >= (this.#noted.get(appId) ?? Infinity)),
    );
    let isDirty = false;
    await session.writeHidden(async (transaction) => {
      await deleteRows(transaction, userDid, 'quarter', range);
      await writeRows(transaction, userDid, rows);
    });
    await session.writeVisible(
      async (transaction) => {
        if (await hasDirtyHour(transaction, userDid, range)) throw new DirtyHourError();
        await deleteCalls(transaction, userDid, range);
        // The triggers marked the hours of the deleted calls.
        await clearDirtyRange(transaction, userDid, range);
        await storeFirstCalls(transaction, userDid, new Map(firsts));
      },
      { archivedBeforeMs: toMs },
    );
    try {
      await session.drain();
    } catch (error) {
      if (!(error instanceof DirtyHourError)) throw error;
      session.clearFailure();
      isDirty = true;
    }
    if (isDirty) return false;
    for (const [appId, firstMs] of firsts) this.#noted.set(appId, firstMs);
    this.#firsts.clear();
    this.#fromMs = toMs;
    return true;
  }

  #takeRows(toMs: number): PreparedAggregate[] {
    const quarters = new Map([...this.#quarters].filter(([quarterMs]) => quarterMs < toMs));
    for (const quarterMs of quarters.keys()) this.#quarters.delete(quarterMs);
    return this.#session.prepareQuarters(quarters);
  }
}

/** Calls of an hour changed after they were read. */
class DirtyHourError extends Error {}

/**
 * Adds the late calls of an archived hour to the aggregates of the hour, its quarters, its day and its month, and deletes them in the same
 * transaction, so that each counts once.
 *
 * @throws what a transaction failed with
 */
export async function addLateCalls(session: UserSession, hour: DirtyHour): Promise<void> {
  const { userDid } = session;
  const range = { fromMs: hour.hourMs, toMs: hour.hourMs + HOUR_MS };
  let firsts = new Map<number, number>();
  const addLate = async (transaction: Transaction): Promise<void> => {
    // The user is locked: no call is recorded meanwhile.
    const calls = await readCallRows(transaction, userDid, range);
    const late = new AggregateBucket(true);
    const quarters = new Map<number, AggregateBucket>();
    firsts = new Map();
    await session.addCalls(
      calls,
      (appId, modelId, call) => {
        late.addCall(appId, modelId, call);
        const quarterMs = floorTo(QUARTER_HOUR_MS, call.startedAtMs);
        getOrAddBucket(quarters, quarterMs, true).addCall(appId, modelId, call);
        noteFirst(firsts, appId, call.startedAtMs);
      },
      transaction,
    );
    for (const place of listBuiltBuckets(session, hour.hourMs)) {
      await addToStored(transaction, session, place, late);
    }
    for (const [bucketMs, bucket] of quarters) {
      await addToStored(transaction, session, { granularity: 'quarter', bucketMs }, bucket);
    }
    await deleteCalls(transaction, userDid, range);
    // The deletion raised the dirty revision.
    if (calls.length > 0) await clearDirtyRange(transaction, userDid, range);
    else await clearDirtyHours(transaction, userDid, [hour]);
  };
  await session.writeVisible(addLate, {}, async (transaction) => {
    await storeFirstCalls(transaction, userDid, firsts);
  });
  try {
    await session.drain();
  } catch (error) {
    if (!(error instanceof UnstorableError)) throw error;
    session.clearFailure();
    // Queries add the calls to the aggregates until the next run.
    session.setAside.add(hour.hourMs);
  }
}

/** Sums with late calls are beyond what columns hold. */
class UnstorableError extends Error {}

/** The hour, and the day and month that it is part of if they are built. */
function listBuiltBuckets({ progress }: UserSession, hourMs: number): BucketPlace[] {
  const dayMs = floorTo(UTC_DAY_MS, hourMs);
  const monthMs = floorToUtcMonth(hourMs);
  const { daysThroughMs, monthsThroughMs } = progress;
  const buckets: BucketPlace[] = [{ granularity: 'hour', bucketMs: hourMs }];
  if (dayMs + UTC_DAY_MS <= (daysThroughMs ?? dayMs)) {
    buckets.push({ granularity: 'day', bucketMs: dayMs });
  }
  if (nextUtcMonth(monthMs) <= (monthsThroughMs ?? monthMs)) {
    buckets.push({ granularity: 'month', bucketMs: monthMs });
  }
  return buckets;
}

async function addToStored(
  transaction: Transaction,
  session: UserSession,
  { granularity, bucketMs }: BucketPlace,
  late: AggregateBucket,
): Promise<void> {
  const range = { fromMs: bucketMs, toMs: bucketMs + QUARTER_HOUR_MS };
  const bucket = new AggregateBucket(true);
  const touched = new Set<string>();
  for (const aggregate of late) {
    bucket.add(aggregate);
    touched.add(toScopeKey(aggregate));
  }
  for (const { aggregate } of await readRows(transaction, session.userDid, granularity, range)) {
    if (touched.has(toScopeKey(aggregate))) bucket.add(aggregate);
  }
  const rows = session.prepareRows({ granularity, bucketMs }, bucket);
  if (rows.length === 0 && late.calls > 0) throw new UnstorableError();
  await writeRows(transaction, session.userDid, rows);
}
