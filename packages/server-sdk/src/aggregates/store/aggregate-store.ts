import type { BulkColumn, Literal } from '../../db/dialects/write-dialect.js';
import { execute, queryJsonRows, queryRow, type JsonRow } from '../../db/executor.js';
import { sql, verbatim, type Sql } from '../../db/sql.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import type { TimeRange } from '../../values/time.js';
import type { Aggregate } from '../model/aggregate.js';
import type { Granularity } from '../model/range-plan.js';
import {
  BULK_FIGURE_COLUMNS,
  selectStored,
  toAggregate,
  toLiterals,
  toStoredLiteral,
} from './stored-figures.js';
import {
  FIGURE_COLUMNS,
  GRANULARITIES,
  SCOPES,
  getBucketUnitMs,
  selectFigures,
  selectSums,
} from './aggregate-columns.js';

/** A bucket of a user: its granularity and its start, epoch ms. */
export interface BucketPlace {
  granularity: Granularity;
  bucketMs: number;
}

/** An aggregate of a bucket as it is stored. */
export interface StoredAggregate extends BucketPlace {
  aggregate: Aggregate;
  /** The stored values as literals, to compare with those of a {@link PreparedAggregate}. */
  fingerprint: string;
}

const TABLE = 'model_call_stats';
const KEY: readonly BulkColumn[] = [
  { name: 'user_did', kind: 'text' },
  ...['granularity', 'bucket', 'scope', 'app_id', 'model_id'].map(
    (name) => ({ name, kind: 'integer' }) as const,
  ),
];
const ROWS_PER_STATEMENT = 1000;

/** An aggregate of a bucket that is to be written. */
export class PreparedAggregate implements BucketPlace {
  readonly granularity: Granularity;
  readonly bucketMs: number;
  /** Literals of the columns after `user_did`. */
  readonly literals: readonly Literal[];

  /** @throws TypeError when a sketch is damaged */
  constructor(
    { granularity, bucketMs }: BucketPlace,
    readonly aggregate: Aggregate,
  ) {
    this.granularity = granularity;
    this.bucketMs = bucketMs;
    const { scope, appId, modelId, figures } = aggregate;
    const bucket = bucketMs / getBucketUnitMs(granularity);
    const key = [GRANULARITIES[granularity], bucket, SCOPES[scope], appId, modelId];
    this.literals = [...key, ...toLiterals(figures, { granularity, scope })];
  }

  /** The literals as text; equal to that of a stored row with the same key and figures. */
  get fingerprint(): string {
    return this.literals.join();
  }
}

/**
 * Inserts aggregates of a user, replacing those with the same key. Their values are integers and sketches, which as literals
 * take half the time of parameters.
 *
 * @throws StatementError when the database refuses one
 */
export async function writeRows(
  transaction: Transaction,
  userDid: string,
  rows: readonly PreparedAggregate[],
): Promise<void> {
  const { write } = transaction.dialect;
  const rule = { table: TABLE, key: KEY.map(({ name }) => name), columns: FIGURE_COLUMNS };
  const insert = {
    table: TABLE,
    columns: [...KEY, ...BULK_FIGURE_COLUMNS],
    onConflict: write.onConflict(rule),
  };
  for (const batch of splitIntoChunks(ROWS_PER_STATEMENT, rows)) {
    const literals = batch.map((row) => row.literals);
    await execute(transaction, write.insertLiterals(insert, userDid, literals));
  }
}

/** The first bucket that starts at or after an instant, epoch ms, within the limits of the column. */
function toBucket(granularity: Granularity, instantMs: number): number {
  const bucket = Math.ceil(instantMs / getBucketUnitMs(granularity));
  return Math.min(Math.max(bucket, -MAX_BUCKET), MAX_BUCKET);
}

const MAX_BUCKET = 2 ** 31 - 1;

/** The condition of a user's buckets of a granularity that start in a range, epoch ms. */
function isInRange(userDid: string, granularity: Granularity, { fromMs, toMs }: TimeRange): Sql {
  return sql`user_did = ${userDid} and granularity = ${GRANULARITIES[granularity]}
    and bucket >= ${toBucket(granularity, fromMs)} and bucket < ${toBucket(granularity, toMs)}`;
}

/** Deletes aggregates of a user's buckets of a granularity that start in a range, epoch ms. */
export async function deleteRows(
  transaction: Transaction,
  userDid: string,
  granularity: Granularity,
  range: TimeRange,
): Promise<void> {
  await execute(
    transaction,
    sql`delete from model_call_stats where ${isInRange(userDid, granularity, range)}`,
  );
}

/** Deletes single aggregates of a user. */
export async function deleteStaleRows(
  { trx }: Transaction,
  userDid: string,
  rows: readonly StoredAggregate[],
): Promise<void> {
  for (const { granularity, bucketMs, aggregate } of rows) {
    await trx('model_call_stats')
      .where({
        user_did: userDid,
        granularity: GRANULARITIES[granularity],
        bucket: bucketMs / getBucketUnitMs(granularity),
        scope: SCOPES[aggregate.scope],
        app_id: aggregate.appId,
        model_id: aggregate.modelId,
      })
      .delete();
  }
}

/** Reads all aggregates of a user's buckets of a granularity that start in a range, in the order of their buckets. */
export async function readRows(
  transaction: Transaction,
  userDid: string,
  granularity: Granularity,
  range: TimeRange,
): Promise<StoredAggregate[]> {
  const { dialect } = transaction;
  const stored = Object.entries(selectStored(dialect)).map(([name, expression]) => [
    toStoredName(name),
    expression,
  ]);
  const key = ['bucket', 'scope', 'app_id', 'model_id'].map((name) => [name, name]);
  const columns = Object.fromEntries([...key, ...stored]) as Record<string, string>;
  const rows = await queryJsonRows<string>(
    transaction,
    { ...columns, ...selectFigures(dialect) },
    sql`model_call_stats where ${isInRange(userDid, granularity, range)}`,
  );
  return rows
    .map((row) => toStoredAggregate(granularity, row))
    .sort((a, b) => a.bucketMs - b.bucketMs);
}

/** The name under which a column is selected as it is stored: its own is that of the figure. */
function toStoredName(column: string): string {
  return `stored_${column}`;
}

function toStoredAggregate(granularity: Granularity, row: JsonRow): StoredAggregate {
  const bucket = Number(row.get('bucket'));
  const aggregate = toAggregate(row);
  const { scope, appId, modelId } = aggregate;
  const stored = FIGURE_COLUMNS.map((name) => toStoredLiteral(row.get(toStoredName(name))));
  const key = [GRANULARITIES[granularity], bucket, SCOPES[scope], appId, modelId];
  return {
    granularity,
    bucketMs: bucket * getBucketUnitMs(granularity),
    aggregate,
    fingerprint: [...key, ...stored].join(','),
  };
}

/** Adds up a user's days that start in a range, for each scope that months have. */
export async function sumDays(
  transaction: Transaction,
  userDid: string,
  range: TimeRange,
): Promise<Aggregate[]> {
  const key = ['scope', 'app_id', 'model_id'];
  const sums = selectSums(transaction.dialect);
  const named = Object.entries(sums).map(([name, expression]) => `${expression} as ${name}`);
  const columns = [...key, ...FIGURE_COLUMNS].map((name) => [name, name]);
  const rows = await queryJsonRows<string>(
    transaction,
    Object.fromEntries(columns) as Record<string, string>,
    sql`(select ${verbatim([...key, ...named].join(', '))} from model_call_stats
      where ${isInRange(userDid, 'day', range)} and scope <> ${SCOPES.projectModel}
      group by scope, app_id, model_id) as sums`,
  );
  return rows.map(toAggregate);
}

/** Whether a user has aggregates of a granularity from an instant on, epoch ms. */
export async function hasRowsFrom(
  transaction: Transaction,
  userDid: string,
  granularity: Granularity,
  fromMs: number,
): Promise<boolean> {
  return (await findFirstRow(transaction, userDid, granularity, fromMs)) !== null;
}

/** Start of a user's first aggregate of any granularity from an instant on, epoch ms; `null` if there is none. */
export async function findNextRow(
  transaction: Transaction,
  userDid: string,
  fromMs: number,
): Promise<number | null> {
  const starts: number[] = [];
  for (const granularity of Object.keys(GRANULARITIES) as Granularity[]) {
    const startMs = await findFirstRow(transaction, userDid, granularity, fromMs);
    if (startMs !== null) starts.push(startMs);
  }
  return starts.length === 0 ? null : Math.min(...starts);
}

async function findFirstRow(
  transaction: Transaction,
  userDid: string,
  granularity: Granularity,
  fromMs: number,
): Promise<number | null> {
  const row = await queryRow<{ bucket: number | string }>(
    transaction,
    sql`select bucket from model_call_stats
      where user_did = ${userDid} and granularity = ${GRANULARITIES[granularity]}
        and bucket >= ${toBucket(granularity, fromMs)} order by bucket limit 1`,
  );
  return row ? Number(row.bucket) * getBucketUnitMs(granularity) : null;
}
