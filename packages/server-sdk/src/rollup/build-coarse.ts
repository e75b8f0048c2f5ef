import { UTC_DAY_MS, nextUtcMonth, type TimeRange } from '../domain/time.js';
import type { CoarseGrain, Grain } from '../domain/range-cover.js';
import { mergeCells, mergeDays } from '../domain/merge-cells.js';
import {
  coarseRows,
  hourRows,
  type BucketRows,
  type ProjectFigures,
  type UserBucket,
} from '../domain/user-bucket.js';
import {
  readDaysOfProjects,
  readHourCells,
  readUsersOf,
  writeBucket,
} from '../stores/rollup-build-store.js';
import { moveWatermarks, readWatermarks } from '../stores/rollup-progress-store.js';
import {
  chunksBySize,
  chunksOf,
  withoutTransaction,
  type Transaction,
} from '../stores/transaction.js';
import type { OneBehind } from './one-behind.js';
import { inSnapshot } from './read-calls.js';
import { readAhead } from './read-ahead.js';
import type { RollupRun } from './rollup-run.js';
import type { Turns } from '../ports/turns.js';

/** Users whose finer rows are held in memory together, few of many calls. */
const USERS_AT_ONCE = 100;
const CALLS_AT_ONCE = 10_000;
/** The same where their calls are not counted. */
const USERS_REBUILT_AT_ONCE: Record<CoarseGrain, number> = { day: 25, month: 1 };

/**
 * Builds the days and months that are complete below what is built of the hours, a few users in a transaction. The
 * watermark moves last: what a killed run left is not read, and is written again.
 */
export async function buildDueDaysAndMonths(run: RollupRun): Promise<void> {
  for (const grain of ['day', 'month'] as const) {
    for (;;) {
      const marks = await inSnapshot(run.options.database, readWatermarks);
      const throughMs = grain === 'day' ? marks.builtThroughMs : marks.daysThroughMs;
      const bucketMs = grain === 'day' ? marks.daysThroughMs : marks.monthsThroughMs;
      if (throughMs === null || bucketMs === null || bucketEnd(grain, bucketMs) > throughMs) break;
      if (run.options.signal?.aborted) return;
      await buildForEveryone(run, grain, bucketMs);
    }
  }
}

async function buildForEveryone(
  run: RollupRun,
  grain: CoarseGrain,
  bucketMs: number,
): Promise<void> {
  const writes = run.writeBehind();
  try {
    await buildUsers(run, grain, bucketMs, writes);
  } finally {
    await writes.settle();
  }
  const endMs = bucketEnd(grain, bucketMs);
  await run.write((t) => moveWatermarks(t, grain === 'day' ? { days: endMs } : { months: endMs }));
}

async function buildUsers(
  run: RollupRun,
  grain: CoarseGrain,
  bucketMs: number,
  writes: OneBehind,
): Promise<void> {
  const { database } = run.options;
  const users = await readUsersOf(withoutTransaction(database), grain, rangeOf(grain, bucketMs));
  let waiting = new Map<number, BucketRows>();
  let size = run.pace.next();
  const flush = async (): Promise<void> => {
    const rows = waiting;
    const ofRows = size;
    waiting = new Map();
    size = run.pace.next();
    if (rows.size === 0) return;
    await writes.start(() =>
      run.publish(ofRows, (t) => writeBucket(t, grain, bucketMs, rows, true)),
    );
  };
  const batches = chunksBySize(users, {
    items: USERS_AT_ONCE,
    size: CALLS_AT_ONCE,
    sizeOf: ({ calls }) => calls,
  }).map((batch) => batch.map(({ userId }) => userId));
  const read = async (userIds: number[]): Promise<[number[], ProjectsByUser]> => [
    userIds,
    await readFiner(withoutTransaction(database), grain, userIds, bucketMs),
  ];
  for await (const [userIds, finer] of readAhead(batches, read)) {
    const found = await toCoarseRows(bucketMs, finer, run.turns);
    for (const userId of userIds) {
      const rows = found.get(userId) ?? NO_ROWS;
      waiting.set(userId, rows);
      size.add(rows);
      if (size.isEnough) await flush();
    }
  }
  await flush();
}

/** Of a bucket without calls. */
export const NO_ROWS: BucketRows = { user: null, projects: [] };

/** Rebuilds a day or month of some users from what is built below it, in a running transaction. */
export async function rebuildCoarse(
  transaction: Transaction,
  grain: CoarseGrain,
  bucketMs: number,
  userIds: readonly number[],
  turns: Turns,
): Promise<void> {
  for (const batch of chunksOf(USERS_REBUILT_AT_ONCE[grain], userIds)) {
    const finer = await readFiner(transaction, grain, batch, bucketMs);
    const rows = new Map(batch.map((userId): [number, BucketRows] => [userId, NO_ROWS]));
    for (const [userId, found] of await toCoarseRows(bucketMs, finer, turns))
      rows.set(userId, found);
    await writeBucket(transaction, grain, bucketMs, rows, true);
  }
}

/** Users' projects, ascending, with what is built below a day or month; each is read once. */
type ProjectsByUser = Map<number, Iterable<ProjectFigures>>;

async function readFiner(
  transaction: Transaction,
  grain: CoarseGrain,
  userIds: readonly number[],
  bucketMs: number,
): Promise<ProjectsByUser> {
  const range = rangeOf(grain, bucketMs);
  const projects: ProjectsByUser = new Map();
  if (grain === 'day') {
    const cells = await readHourCells(transaction, userIds, range);
    for (const [userId, ofUser] of cells) projects.set(userId, mergeCells(ofUser));
    return projects;
  }
  for (const userId of userIds) {
    const days = await readDaysOfProjects(transaction, userId, range);
    if (days.length > 0) projects.set(userId, mergeDays(days));
  }
  return projects;
}

async function toCoarseRows(
  bucketMs: number,
  users: ProjectsByUser,
  turns: Turns,
): Promise<Map<number, BucketRows>> {
  const rows = new Map<number, BucketRows>();
  for (const [userId, projects] of users) {
    rows.set(userId, await turns.finish(coarseRows(bucketMs, projects)));
    await turns.share();
  }
  return rows;
}

function rangeOf(grain: CoarseGrain, bucketMs: number): TimeRange {
  return { fromMs: bucketMs, toMs: bucketEnd(grain, bucketMs) };
}

/** The rows of users' buckets. */
export async function toRows(
  grain: Grain,
  bucketMs: number,
  buckets: ReadonlyMap<number, UserBucket>,
  turns: Turns,
): Promise<Map<number, BucketRows>> {
  const rows = new Map<number, BucketRows>();
  for (const [userId, bucket] of buckets) {
    const work = grain === 'hour' ? hourRows(bucketMs, bucket) : coarseRows(bucketMs, bucket);
    rows.set(userId, await turns.finish(work));
    await turns.share();
  }
  return rows;
}

/** Where a day or month ends, exclusive. */
export function bucketEnd(grain: CoarseGrain, bucketMs: number): number {
  return grain === 'day' ? bucketMs + UTC_DAY_MS : nextUtcMonth(bucketMs);
}
