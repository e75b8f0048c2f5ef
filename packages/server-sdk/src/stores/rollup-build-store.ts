import { GRAINS, KEY_KINDS, TABLES } from '../db/tables.js';
import { readIds } from '../domain/packed-figures.js';
import type { Dialect } from '../db/dialect.js';
import { ofKind, type BulkRow } from '../db/write-dialect.js';
import type { CoarseGrain, Grain } from '../domain/range-cover.js';
import { HOUR_MS, UTC_DAY_MS, type TimeRange } from '../domain/time.js';
import type { BucketRows } from '../domain/user-bucket.js';
import { setUnstorableAside } from './set-aside.js';
import { FIGURE_BULK_COLUMNS, toValues } from './stats-columns.js';
import { callsOf, chunksOf, numberOrNull, rowsOf, type Transaction } from './transaction.js';
import { upsertRows, type UpsertTarget } from './upsert-rows.js';

/** Rows of users' buckets by the number of the user; for the rollup alone, which works for everyone. */
export type RowsByUser = ReadonlyMap<number, BucketRows>;

const USERS_PER_STATEMENT = 100;
const PROJECTS_PER_STATEMENT = 500;
const USER_KEY = ['grain', 'bucket', 'user_id'];
const PROJECT_KEY = [...USER_KEY, 'app_id'];
const USERS: UpsertTarget = {
  table: TABLES.stats,
  columns: [
    ...ofKind('integer', USER_KEY),
    ...FIGURE_BULK_COLUMNS,
    ...ofKind('text', ['models', 'app_ids', 'projects']),
  ],
  key: USER_KEY,
};
const PROJECTS: UpsertTarget = {
  table: TABLES.projectStats,
  columns: [
    ...ofKind('integer', [...PROJECT_KEY, 'last_started_at_ms']),
    ...ofKind('text', ['models']),
  ],
  key: PROJECT_KEY,
};

/** Start of the earliest call at or after an instant, of any user; `null` if there is none. */
export async function findNextCallAt(
  transaction: Transaction,
  fromMs: number,
): Promise<number | null> {
  const { time, everyone } = callsOf(transaction);
  const [row] = rowsOf<{ first: number | string | null }>(
    await transaction.trx.raw(`select ${time.toMs(everyone.earliest)} as first`, [
      time.bound(fromMs),
    ]),
  );
  return numberOrNull(row?.first ?? null);
}

/** Start of the first hour row at or after an instant, of one user or of all; `null` if there is none. */
export async function findNextRowAt(
  { trx }: Transaction,
  fromMs: number,
  userDid: string | null,
): Promise<number | null> {
  // Of one user all rows of an hour are looked through: nobody waits for it.
  const user =
    userDid === null
      ? ''
      : `and user_id in (select id from ${TABLES.keys} where kind = ? and name = ?)`;
  const [row] = rowsOf<{ first: number | string | null }>(
    await trx.raw(
      `select min(bucket) as first from ${TABLES.stats} where grain = ? and bucket >= ? ${user}`,
      [
        ...[GRAINS.hour, Math.ceil(fromMs / HOUR_MS)],
        ...(userDid === null ? [] : [KEY_KINDS.user, userDid]),
      ],
    ),
  );
  const bucket = numberOrNull(row?.first ?? null);
  return bucket === null ? null : bucket * HOUR_MS;
}

/** Numbers of all users that were ever rolled up. */
export async function readUserIds({ trx }: Transaction): Promise<number[]> {
  const rows = await trx<{ id: number; kind: number }>(TABLES.keys)
    .select('id')
    .where('kind', KEY_KINDS.user)
    .orderBy('id');
  return rows.map(({ id }) => id);
}

/**
 * Users of a day or month that is to be built, with how many calls they have in what it is built from; those too of whom a
 * run that was killed left rows of it.
 */
export async function readUsersOf(
  { trx }: Transaction,
  grain: CoarseGrain,
  range: TimeRange,
): Promise<{ userId: number; calls: number }[]> {
  const finer = grain === 'day' ? 'hour' : 'day';
  const rows = rowsOf<{ user_id: number; calls: number | string }>(
    await trx.raw(
      `select user_id, sum(calls) as calls from (
         select user_id, calls from ${TABLES.stats} where ${inBuckets(finer, range)}
         union all select user_id, 0 from ${TABLES.stats} where grain = ? and bucket = ?
       ) as users_of_bucket group by user_id order by user_id`,
      [GRAINS[grain], range.fromMs / HOUR_MS],
    ),
  );
  return rows.map(({ user_id: userId, calls }) => ({ userId, calls: Number(calls) }));
}

/**
 * Writes the rows of a bucket; the rows of before that are no more are deleted, those of users without rows whole.
 *
 * A user whose sums are beyond what columns hold gets no row and a mark instead: their figures of this bucket are computed
 * from the calls, exactly, and everybody else's are stored.
 *
 * @param replaces whether there may be rows of before
 */
export async function writeBucket(
  transaction: Transaction,
  grain: Grain,
  bucketMs: number,
  computed: RowsByUser,
  replaces: boolean,
): Promise<void> {
  const rowsByUser = await setUnstorableAside(transaction, bucketMs, computed);
  const key = { grain: GRAINS[grain], bucket: bucketMs / HOUR_MS };
  const isSetAside = rowsByUser !== computed;
  if (replaces || isSetAside) await deleteStale(transaction, key, rowsByUser);
  // In the order of the primary key, pages of the table fill up instead of splitting.
  const byUser = [...rowsByUser].sort(([a], [b]) => a - b);
  const users: BulkRow[] = [];
  const projects: BulkRow[] = [];
  for (const [userId, rows] of byUser) {
    const place = [key.grain, key.bucket, userId];
    if (rows.user) {
      const { figures, models, appIds, projects: cell } = rows.user;
      users.push([...place, ...toValues(figures), models, appIds, cell]);
    }
    for (const row of [...rows.projects].sort((a, b) => a.projectId - b.projectId)) {
      projects.push([...place, row.projectId, row.lastStartedAtMs, row.models]);
    }
  }
  await upsertRows(transaction, USERS, users);
  await upsertRows(transaction, PROJECTS, projects);
}

/** Where a user's row is. */
export interface StatsKey {
  grain: number;
  bucket: number;
  user_id: number;
}

async function deleteStale(
  { trx }: Transaction,
  key: Omit<StatsKey, 'user_id'>,
  rowsByUser: RowsByUser,
): Promise<void> {
  for (const userIds of chunksOf(USERS_PER_STATEMENT, [...rowsByUser.keys()])) {
    const old = await trx<StatsKey & { app_ids: string }>(TABLES.stats)
      .select('user_id', 'app_ids')
      .where(key)
      .whereIn('user_id', userIds);
    for (const row of old) {
      const rows = rowsByUser.get(row.user_id);
      const place = { ...key, user_id: row.user_id };
      if (rows?.user == null) await trx<StatsKey>(TABLES.stats).where(place).delete();
      if (key.grain === GRAINS.hour) continue;
      const stale = new Set<number>();
      readIds(row.app_ids, stale);
      for (const { projectId } of rows?.projects ?? []) stale.delete(projectId);
      for (const batch of chunksOf(PROJECTS_PER_STATEMENT, [...stale])) {
        await trx<StatsKey & { app_id: number }>(TABLES.projectStats)
          .where(place)
          .whereIn('app_id', batch)
          .delete();
      }
    }
  }
}

/** Users' cells of projects, an hour's each, of the hours that start in a range. */
export async function readHourCells(
  { trx, dialect }: Transaction,
  userIds: readonly number[],
  range: TimeRange,
): Promise<Map<number, string[]>> {
  const cells = new Map<number, string[]>();
  const columns = dialect.jsonArray(['user_id', 'projects']);
  for (const batch of chunksOf(USERS_PER_STATEMENT, userIds)) {
    const [row] = rowsOf<{ found_rows: string | null }>(
      await trx.raw(
        `${dialect.selectText} ${dialect.jsonGroup(columns)} as found_rows from (${ofBuckets(
          dialect,
          'hour',
          range,
          (condition) =>
            `select user_id, projects from ${TABLES.stats}
             where ${condition} and user_id in (${batch.join(', ')})`,
        )}) as rows_of_users`,
      ),
    );
    for (const [userId, projects] of parse<[number, string]>(row?.found_rows)) {
      const ofUser = cells.get(userId);
      if (ofUser) ofUser.push(projects);
      else cells.set(userId, [projects]);
    }
  }
  return cells;
}

/** Rows are found bucket by bucket: between two of a user lie those of all others. */
function inBuckets(grain: Grain, range: TimeRange): string {
  return `grain = ${GRAINS[grain]} and bucket in (${bucketsOf(grain, range).join(', ')})`;
}

/** A select of rows of several buckets. @param select makes it, or its part for each of them, with a condition */
export function ofBuckets(
  dialect: Dialect,
  grain: Grain,
  range: TimeRange,
  select: (condition: string) => string,
): string {
  if (!dialect.readsBucketByBucket) return select(inBuckets(grain, range));
  const buckets = bucketsOf(grain, range).join(', ');
  // With an offset, so that it stays what it is and is run for each bucket.
  return `select rows_of_bucket.* from unnest(array[${buckets}]) as wanted(start)
    cross join lateral (
      ${select(`grain = ${GRAINS[grain]} and bucket = wanted.start`)} offset 0
    ) as rows_of_bucket`;
}

function bucketsOf(grain: Grain, { fromMs, toMs }: TimeRange): number[] {
  const stepMs = grain === 'hour' ? HOUR_MS : UTC_DAY_MS;
  const buckets: number[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += stepMs) buckets.push(atMs / HOUR_MS);
  return buckets;
}

/** A day of a project: its number, its newest start, epoch ms, and its cell of models. */
export type DayOfProject = [projectId: number, lastStartedAtMs: number, models: string];

/** The days of a user's projects that start in a range, in no order. */
export async function readDaysOfProjects(
  { trx, dialect }: Transaction,
  userId: number,
  range: TimeRange,
): Promise<DayOfProject[]> {
  const columns = dialect.jsonArray(['app_id', 'last_started_at_ms', 'models']);
  const [row] = rowsOf<{ found_rows: string | null }>(
    await trx.raw(
      `${dialect.selectText} ${dialect.jsonGroup(columns)} as found_rows from (${ofBuckets(
        dialect,
        'day',
        range,
        (condition) =>
          `select app_id, last_started_at_ms, models from ${TABLES.projectStats}
           where ${condition} and user_id = ${userId}`,
      )}) as rows_of_user`,
    ),
  );
  return parse<DayOfProject>(row?.found_rows);
}

/** Rows of a JSON text. */
export function parse<Row>(text: string | null | undefined): Row[] {
  return text ? (JSON.parse(text) as Row[]) : [];
}
