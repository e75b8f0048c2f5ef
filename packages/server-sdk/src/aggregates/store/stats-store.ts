import { GRANULARITIES, SCOPES } from './codes.js';
import { TABLES } from '../../db/tables.js';
import type { Aggregate, Scope } from '../model/aggregate.js';
import type { Granularity } from '../model/range-plan.js';
import { HOUR_MS, type TimeRange } from '../../values/time.js';
import {
  FIGURE_COLUMNS,
  rowFigures,
  sumFigures,
  toFigures,
  toLiterals,
  toStoredLiteral,
} from './stats-columns.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { toRows } from '../../db/executor.js';

/** Where rows are: the bucket of a user that starts at an instant, epoch ms. */
export interface BucketPlace {
  granularity: Granularity;
  bucketMs: number;
}

/** A bucket's row as it is stored. */
export interface StatsRow extends BucketPlace {
  aggregate: Aggregate;
  /** What is stored, for comparing. */
  fingerprint: string;
}

const KEY_COLUMNS = ['granularity', 'bucket', 'scope', 'app_id', 'model_id'];
const ROWS_PER_STATEMENT = 500;
const SCOPE_NAMES: readonly Scope[] = ['user', 'model', 'project', 'projectModel'];

/** A row of a user that is to be written. */
export class PreparedRow implements BucketPlace {
  readonly granularity: Granularity;
  readonly bucketMs: number;
  /** Literals of the columns after `user_did`; equal to those of a stored row with the same key and figures. */
  readonly fingerprint: string;

  constructor(
    { granularity, bucketMs }: BucketPlace,
    readonly aggregate: Aggregate,
  ) {
    this.granularity = granularity;
    this.bucketMs = bucketMs;
    const { scope, appId, modelId, figures } = aggregate;
    const bucket = bucketMs / HOUR_MS;
    this.fingerprint =
      `${GRANULARITIES[granularity]},${bucket},${SCOPES[scope]},${appId},${modelId},` +
      toLiterals(figures, scope);
  }
}

/**
 * Inserts rows of a user, replacing those with the same key. Their values are integers and sketches, so they are written as
 * literals: it takes half the time of parameters.
 */
export async function writeRows(
  { trx, dialect }: Transaction,
  userDid: string,
  rows: readonly PreparedRow[],
): Promise<void> {
  const columns = ['user_did', ...KEY_COLUMNS, ...FIGURE_COLUMNS].join(', ');
  const onConflict = dialect.replaceOnConflict(['user_did', ...KEY_COLUMNS], FIGURE_COLUMNS);
  for (const batch of splitIntoChunks(ROWS_PER_STATEMENT, rows)) {
    const values = batch.map((row) => `(?,${row.fingerprint})`);
    await trx.raw(
      `insert into ${TABLES.stats} (${columns}) values ${values.join(',')} ${onConflict}`,
      batch.map(() => userDid),
    );
  }
}

/** The bucket that starts at an instant or next after it, within what the column holds. */
function toBucket(instantMs: number): number {
  return Math.min(Math.max(Math.ceil(instantMs / HOUR_MS), -MAX_BUCKET), MAX_BUCKET);
}

const MAX_BUCKET = 2 ** 31 - 1;

/** Deletes rows of a user's buckets of a granularity that start in a range, epoch ms. */
export async function deleteRows(
  { trx }: Transaction,
  userDid: string,
  granularity: Granularity,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  await trx(TABLES.stats)
    .where({ user_did: userDid, granularity: GRANULARITIES[granularity] })
    .where('bucket', '>=', toBucket(fromMs))
    .where('bucket', '<', toBucket(toMs))
    .delete();
}

/** Deletes single rows of a user. */
export async function deleteStaleRows(
  { trx }: Transaction,
  userDid: string,
  rows: readonly StatsRow[],
): Promise<void> {
  for (const { granularity, bucketMs, aggregate } of rows) {
    await trx(TABLES.stats)
      .where({
        user_did: userDid,
        granularity: GRANULARITIES[granularity],
        bucket: bucketMs / HOUR_MS,
        scope: SCOPES[aggregate.scope],
        app_id: aggregate.appId,
        model_id: aggregate.modelId,
      })
      .delete();
  }
}

/** All rows of a user's buckets of a granularity that start in a range, in the order of their key. */
export async function readRows(
  { trx, dialect }: Transaction,
  userDid: string,
  granularity: Granularity,
  { fromMs, toMs }: TimeRange,
): Promise<StatsRow[]> {
  const key = ['bucket', 'scope', 'app_id', 'model_id'];
  const stored = FIGURE_COLUMNS.map((name) =>
    name === 'credits_e8' ? dialect.integerAsText(name) : name,
  );
  const columns = dialect.jsonArray([...key, ...stored, ...rowFigures(dialect)]);
  const [row] = toRows<{ found: string | null }>(
    await trx.raw(
      `${dialect.selectText} (select ${dialect.jsonGroup(columns)} from ${TABLES.stats}
         where user_did = ? and granularity = ? and bucket >= ? and bucket < ?) as found`,
      [...[userDid, GRANULARITIES[granularity]], ...[toBucket(fromMs), toBucket(toMs)]],
    ),
  );
  const found = (row?.found ? (JSON.parse(row.found) as unknown[][]) : []).map((values) =>
    toStatsRow(granularity, values as (number | string | null)[]),
  );
  return found.sort((a, b) => a.bucketMs - b.bucketMs);
}

function toStatsRow(granularity: Granularity, values: (number | string | null)[]): StatsRow {
  const [bucket = 0, scope = 0, appId = 0, modelId = 0] = values.slice(0, 4).map(Number);
  const figuresAt = 4 + FIGURE_COLUMNS.length;
  const stored = values.slice(4, figuresAt).map(toStoredLiteral);
  return {
    granularity,
    bucketMs: bucket * HOUR_MS,
    aggregate: {
      scope: SCOPE_NAMES[scope] ?? 'user',
      appId,
      modelId,
      figures: toFigures(values, figuresAt),
    },
    fingerprint: [GRANULARITIES[granularity], bucket, scope, appId, modelId, ...stored].join(','),
  };
}

/** Sums of a user's days that start in a range, for each scope that months have. */
export async function sumDays(
  { trx, dialect }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<Aggregate[]> {
  const columns = ['scope', 'app_id', 'model_id', ...sumFigures(dialect)];
  const named = columns.map((sql, index) => `${sql} as c${index}`);
  const [row] = toRows<{ found: string | null }>(
    await trx.raw(
      `${dialect.selectText} (select ${dialect.jsonGroup(dialect.jsonArray(columns.map((_, index) => `c${index}`)))}
         from (select ${named.join(', ')} from ${TABLES.stats}
           where user_did = ? and granularity = ? and bucket >= ? and bucket < ? and scope <> ?
           group by scope, app_id, model_id) as sums) as found`,
      [...[userDid, GRANULARITIES.day, fromMs / HOUR_MS, toMs / HOUR_MS], SCOPES.projectModel],
    ),
  );
  const found = row?.found ? (JSON.parse(row.found) as unknown[][]) : [];
  return found.map((values) => ({
    scope: SCOPE_NAMES[Number(values[0])] ?? 'user',
    appId: Number(values[1]),
    modelId: Number(values[2]),
    figures: toFigures(values, 3),
  }));
}

/** Whether a user has rows of a granularity from an instant on, epoch ms. */
export async function hasRowsFrom(
  { trx }: Transaction,
  userDid: string,
  granularity: Granularity,
  fromMs: number,
): Promise<boolean> {
  const row: unknown = await trx(TABLES.stats)
    .where({ user_did: userDid, granularity: GRANULARITIES[granularity] })
    .where('bucket', '>=', fromMs / HOUR_MS)
    .first('bucket');
  return row !== undefined;
}

/** Start of a user's first row of any granularity from an instant on, epoch ms; `null` if there is none. */
export async function findNextRow(
  { trx }: Transaction,
  userDid: string,
  fromMs: number,
): Promise<number | null> {
  const starts: number[] = [];
  for (const granularity of Object.values(GRANULARITIES)) {
    const row = await trx<{ user_did: string; granularity: number; bucket: number }>(TABLES.stats)
      .where({ user_did: userDid, granularity })
      .where('bucket', '>=', toBucket(fromMs))
      .orderBy('bucket')
      .first('bucket');
    if (row) starts.push(Number(row.bucket) * HOUR_MS);
  }
  return starts.length === 0 ? null : Math.min(...starts);
}
