import { ALL, GRAINS, KEY_KINDS, ROLLUP_NAME, SCOPES, TABLES } from '../db/tables.js';
import { figuresOf, type CallFigures } from '../domain/call-figures.js';
import { readIds, readModels } from '../domain/packed-figures.js';
import type { Grain } from '../domain/range-cover.js';
import { HOUR_MS, type TimeRange } from '../domain/time.js';
import { UserBucket, type BucketRow } from '../domain/user-bucket.js';
import {
  FIGURE_COLUMN_COUNT,
  figureColumns,
  toColumns,
  toFigures,
  type JsonFigures,
} from './stats-columns.js';
import {
  callsOf,
  chunksOf,
  numberOrNull,
  rowsOf,
  upsertRows,
  type Transaction,
} from './transaction.js';

/** Rows of users' buckets by the number of the user; for the rollup alone, which works for everyone. */
export type RowsByUser = ReadonlyMap<number, readonly BucketRow[]>;

const USERS_PER_STATEMENT = 100;
const PROJECTS_PER_STATEMENT = 500;
const KEY = ['user_id', 'scope', 'grain', 'bucket', 'app_id'];

/** Start of the earliest call at or after an instant, of any user; `null` if there is none. */
export async function findNextCallAt(
  transaction: Transaction,
  fromMs: number,
): Promise<number | null> {
  const { table, time } = callsOf(transaction);
  const [row] = rowsOf<{ first: number | string | null }>(
    await transaction.trx.raw(
      `select ${time.toMs(`min(${time.column})`)} as first from ${table} where ${time.column} >= ?`,
      [time.bound(fromMs)],
    ),
  );
  return numberOrNull(row?.first ?? null);
}

/** Start of the first hour row at or after an instant, of one user or of all; `null` if there is none. */
export async function findNextRowAt(
  { trx }: Transaction,
  fromMs: number,
  userDid: string | null,
): Promise<number | null> {
  const [row] = rowsOf<{ first: number | string | null }>(
    await trx.raw(
      `select min(first_bucket) as first from (
         select (select min(bucket) from ${TABLES.stats} as stats where stats.user_id = users.id
           and scope = ? and grain = ? and bucket >= ?) as first_bucket
         from ${TABLES.keys} as users where kind = ? ${userDid === null ? '' : 'and name = ?'}
       ) as first_buckets`,
      [
        ...[SCOPES.user, GRAINS.hour, Math.ceil(fromMs / HOUR_MS), KEY_KINDS.user],
        ...(userDid === null ? [] : [userDid]),
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
 * Writes the rows of a bucket; the rows of before that are no more are deleted, those of users without rows whole.
 *
 * @param replaces whether there may be rows of before
 */
export async function writeBucket(
  transaction: Transaction,
  grain: Grain,
  bucketMs: number,
  rowsByUser: RowsByUser,
  replaces: boolean,
): Promise<void> {
  const bucket = bucketMs / HOUR_MS;
  if (replaces) await deleteStale(transaction, grain, bucket, rowsByUser);
  const records = [...rowsByUser].flatMap(([userId, rows]) =>
    rows.map((row) => ({
      user_id: userId,
      scope: scopeOf(row.projectId),
      grain: GRAINS[grain],
      bucket,
      app_id: row.projectId,
      ...toColumns(row.figures),
      models: row.models,
      app_ids: row.appIds,
      projects: row.projects,
    })),
  );
  // In the order of the primary key, pages of the table fill up instead of splitting.
  records.sort((a, b) => a.user_id - b.user_id || a.app_id - b.app_id);
  await upsertRows(transaction, TABLES.stats, KEY, records);
}

function scopeOf(projectId: number): number {
  return projectId === ALL ? SCOPES.user : SCOPES.project;
}

interface StatsKey {
  user_id: number;
  scope: number;
  app_id: number;
  grain: number;
  bucket: number;
}

async function deleteStale(
  transaction: Transaction,
  grain: Grain,
  bucket: number,
  rowsByUser: RowsByUser,
): Promise<void> {
  const { trx } = transaction;
  for (const userIds of chunksOf(USERS_PER_STATEMENT, [...rowsByUser.keys()])) {
    const old = await trx<StatsKey & { app_ids: string | null }>(TABLES.stats)
      .select('user_id', 'app_ids')
      .whereIn('user_id', userIds)
      .where({ scope: SCOPES.user, grain: GRAINS[grain], bucket, app_id: ALL });
    for (const row of old) {
      const stale = new Set<number>([ALL]);
      if (grain !== 'hour') readIds(row.app_ids ?? '', stale);
      for (const { projectId } of rowsByUser.get(row.user_id) ?? []) stale.delete(projectId);
      for (const batch of chunksOf(PROJECTS_PER_STATEMENT, [...stale])) {
        await trx<StatsKey>(TABLES.stats)
          .where({ user_id: row.user_id, grain: GRAINS[grain], bucket })
          .whereIn('scope', [SCOPES.user, SCOPES.project])
          .whereIn('app_id', batch)
          .delete();
      }
    }
  }
}

/** Sums hour rows that start in a range by user. */
export async function sumHours(
  { trx, dialect }: Transaction,
  userIds: readonly number[],
  range: TimeRange,
): Promise<Map<number, UserBucket>> {
  const sums = new Map<number, UserBucket>();
  const columns = dialect.jsonArray(['user_id', 'projects']);
  for (const batch of chunksOf(USERS_PER_STATEMENT, userIds)) {
    const [row] = rowsOf<{ found_rows: string | null }>(
      await trx.raw(
        `select ${dialect.jsonGroup(columns)} as found_rows from ${TABLES.stats}
         where user_id in (${batch.map(() => '?').join(', ')}) and scope = ? and grain = ?
           and bucket >= ? and bucket < ?`,
        [...batch, SCOPES.user, GRAINS.hour, range.fromMs / HOUR_MS, range.toMs / HOUR_MS],
      ),
    );
    for (const [userId, projects] of parse<[number, string]>(row?.found_rows)) {
      bucketOf(sums, userId).addCell(projects);
    }
  }
  return sums;
}

/** Sums day rows of projects that start in a range by user. */
export async function sumDays(
  transaction: Transaction,
  userIds: readonly number[],
  range: TimeRange,
): Promise<Map<number, UserBucket>> {
  const sums = new Map<number, UserBucket>();
  for (const userId of userIds) {
    const bucket = await sumDaysOfUser(transaction, userId, range);
    if (bucket.projects.size > 0) sums.set(userId, bucket);
  }
  return sums;
}

async function sumDaysOfUser(
  { trx, dialect }: Transaction,
  userId: number,
  range: TimeRange,
): Promise<UserBucket> {
  const bucket = new UserBucket();
  const columns = dialect.jsonArray(['app_id', 'last_started_at_ms', 'models']);
  const [row] = rowsOf<{ found_rows: string | null }>(
    await trx.raw(
      `select ${dialect.jsonGroup(columns)} as found_rows from ${TABLES.stats}
       where user_id = ? and scope = ? and grain = ? and bucket >= ? and bucket < ?`,
      [userId, SCOPES.project, GRAINS.day, range.fromMs / HOUR_MS, range.toMs / HOUR_MS],
    ),
  );
  for (const [projectId, lastMs, cell] of parse<[number, number, string]>(row?.found_rows)) {
    const models = new Map<number, CallFigures>();
    readModels(cell, (id) => figuresOf(models, id));
    for (const figures of models.values()) figures.lastStartedAtMs = lastMs;
    bucket.addModels(projectId, models);
  }
  return bucket;
}

/** A stored row with its place. */
export interface StoredBucketRow extends BucketRow {
  userId: number;
  bucketMs: number;
}

/** Rows of all projects of some users, of buckets that start in a range. */
export function readUserRows(
  transaction: Transaction,
  userIds: readonly number[],
  grain: Grain,
  range: TimeRange,
): Promise<StoredBucketRow[]> {
  return readRows(transaction, userIds, null, grain, range);
}

/** Rows of some projects of a user, of buckets that start in a range. */
export function readProjectRows(
  transaction: Transaction,
  userId: number,
  projectIds: readonly number[],
  grain: Grain,
  range: TimeRange,
): Promise<StoredBucketRow[]> {
  return readRows(transaction, [userId], projectIds, grain, range);
}

async function readRows(
  { trx, dialect }: Transaction,
  userIds: readonly number[],
  projectIds: readonly number[] | null,
  grain: Grain,
  range: TimeRange,
): Promise<StoredBucketRow[]> {
  const found: StoredBucketRow[] = [];
  const columns = dialect.jsonArray([
    ...['user_id', 'bucket', 'app_id', 'models', 'app_ids', 'projects'],
    ...figureColumns(dialect).map(({ expression }) => expression),
  ]);
  const scope = projectIds === null ? SCOPES.user : SCOPES.project;
  for (const users of chunksOf(USERS_PER_STATEMENT, userIds)) {
    for (const projects of chunksOf(PROJECTS_PER_STATEMENT, projectIds ?? [ALL])) {
      const [row] = rowsOf<{ found_rows: string | null }>(
        await trx.raw(
          `select ${dialect.jsonGroup(columns)} as found_rows from ${TABLES.stats}
           where user_id in (${users.map(() => '?').join(', ')}) and scope = ?
             and grain = ? and bucket >= ? and bucket < ?
             and app_id in (${projects.map(() => '?').join(', ')})`,
          [
            ...[...users, scope, GRAINS[grain], range.fromMs / HOUR_MS, range.toMs / HOUR_MS],
            ...projects,
          ],
        ),
      );
      for (const values of parse<JsonRow>(row?.found_rows)) found.push(toStoredRow(values));
    }
  }
  return found;
}

type JsonRow = [
  userId: number,
  bucket: number,
  appId: number,
  models: string,
  appIds: string | null,
  projects: string | null,
  ...figures: (number | string | null)[],
];

function toStoredRow(row: JsonRow): StoredBucketRow {
  return {
    userId: row[0],
    bucketMs: row[1] * HOUR_MS,
    projectId: row[2],
    models: row[3],
    appIds: row[4],
    projects: row[5],
    figures: toFigures(row.slice(6, 6 + FIGURE_COLUMN_COUNT) as unknown as JsonFigures),
  };
}

function parse<Row>(text: string | null | undefined): Row[] {
  return text ? (JSON.parse(text) as Row[]) : [];
}

function bucketOf(buckets: Map<number, UserBucket>, userId: number): UserBucket {
  const known = buckets.get(userId) ?? new UserBucket();
  buckets.set(userId, known);
  return known;
}

/** Moves watermarks; what is left out stays. */
export async function moveWatermarks(
  { trx }: Transaction,
  marks: { hours?: number; built?: number; days?: number; months?: number },
): Promise<void> {
  await trx(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .update({
      ...(marks.hours === undefined ? {} : { hours_through_ms: marks.hours }),
      ...(marks.built === undefined ? {} : { built_through_ms: marks.built }),
      ...(marks.days === undefined ? {} : { days_through_ms: marks.days }),
      ...(marks.months === undefined ? {} : { months_through_ms: marks.months }),
    });
}
