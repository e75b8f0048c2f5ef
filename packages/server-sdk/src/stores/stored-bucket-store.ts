import { GRAINS, TABLES } from '../db/tables.js';
import type { Grain } from '../domain/range-cover.js';
import { HOUR_MS, type TimeRange } from '../domain/time.js';
import type { ProjectRow, UserRow } from '../domain/user-bucket.js';
import { ofBuckets, parse, type StatsKey } from './rollup-build-store.js';
import {
  FIGURE_COLUMN_COUNT,
  figureColumns,
  toFigures,
  type JsonFigures,
} from './stats-columns.js';
import { chunksOf, rowsOf, type Transaction } from './transaction.js';

const USERS_PER_STATEMENT = 100;

/** A user's row with its place. */
export interface StoredUserRow extends UserRow {
  userId: number;
  bucketMs: number;
}

/** Rows of some users, of hours or days that start in a range, or of the month that starts with it. */
export async function readUserRows(
  { trx, dialect }: Transaction,
  userIds: readonly number[],
  grain: Grain,
  range: TimeRange,
): Promise<StoredUserRow[]> {
  const buckets = grain === 'month' ? { ...range, toMs: range.fromMs + HOUR_MS } : range;
  const columns = dialect.jsonArray([
    ...['user_id', 'bucket', 'models', 'app_ids', 'projects'],
    ...figureColumns(dialect).map(({ expression }) => expression),
  ]);
  const found: StoredUserRow[] = [];
  for (const batch of chunksOf(USERS_PER_STATEMENT, userIds)) {
    const [row] = rowsOf<{ found_rows: string | null }>(
      await trx.raw(
        `${dialect.selectText} ${dialect.jsonGroup(columns)} as found_rows from (${ofBuckets(
          dialect,
          grain,
          buckets,
          (condition) =>
            `select * from ${TABLES.stats} where ${condition} and user_id in (${batch.join(', ')})`,
        )}) as rows_of_users`,
      ),
    );
    for (const values of parse<JsonUserRow>(row?.found_rows)) found.push(toUserRow(values));
  }
  return found;
}

/** Rows of a user's projects of the day or month that starts at an instant. */
export async function readProjectRows(
  { trx }: Transaction,
  userId: number,
  grain: Grain,
  bucketMs: number,
): Promise<ProjectRow[]> {
  const rows = await trx<StatsKey & JsonProjectRow>(TABLES.projectStats)
    .select('app_id', 'last_started_at_ms', 'models')
    .where({ grain: GRAINS[grain], bucket: bucketMs / HOUR_MS, user_id: userId });
  return rows.map((row) => ({
    projectId: row.app_id,
    lastStartedAtMs: Number(row.last_started_at_ms),
    models: row.models,
  }));
}

interface JsonProjectRow {
  app_id: number;
  last_started_at_ms: number | string;
  models: string;
}

type JsonUserRow = [
  userId: number,
  bucket: number,
  models: string | null,
  appIds: string,
  projects: string,
  ...figures: (number | string | null)[],
];

function toUserRow(row: JsonUserRow): StoredUserRow {
  return {
    userId: row[0],
    bucketMs: row[1] * HOUR_MS,
    models: row[2],
    appIds: row[3],
    projects: row[4],
    figures: toFigures(row.slice(5, 5 + FIGURE_COLUMN_COUNT) as unknown as JsonFigures),
  };
}
