import { GRANULARITIES, SCOPES } from './codes.js';
import { TABLES } from '../../db/tables.js';
import type { Scope } from '../model/aggregate.js';
import type { Granularity, RollupSegment } from '../model/range-plan.js';
import { HOUR_MS, UTC_DAY_MS, nextUtcMonth } from '../../values/time.js';
import { FIGURE_COLUMNS, rowFigures, sumFigures } from './stats-columns.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { toRows } from '../../db/executor.js';
import type { Sql } from '../../db/sql.js';

/** Rows of the user, or of one of the user's projects. */
export interface RowQuery {
  /** Short id of the project; `null`: of the user. */
  appId: number | null;
  segments: readonly RollupSegment[];
}

/** How rows of models or projects are handed over. */
export interface RowShape {
  /** Whether each comes once, with the first of its buckets, added up by the database; else once a bucket. */
  isSummed: boolean;
  /** Whether durations come with it, which are most of the bytes. @default true */
  hasSketches?: boolean;
}

/** Where names of ids are. */
interface NameTable {
  table: string;
  id: string;
  columns: readonly string[];
}

const MODELS = { table: TABLES.models, id: 'model_id', columns: ['provider', 'model', 'type'] };
const PROJECTS = { table: TABLES.projects, id: 'app_id', columns: ['app_did'] };
/**
 * What is selected instead of columns that no answer shows: the sketch of the time to the first byte is as long as that of the
 * durations.
 */
const UNSHOWN = new Map([
  ['ttfb_us', '0'],
  ['ttfb_samples', '0'],
  ['ttfbs', `''`],
]);

/** Totals, a row a bucket: its start in hours since 1970, then figures. */
export function readTotalRows(
  transaction: Transaction,
  userDid: string,
  { appId, segments }: RowQuery,
): Promise<unknown[][]> {
  const scope = appId === null ? 'user' : 'project';
  const figures = selectShown(rowFigures(transaction.dialect));
  const values = transaction.dialect.jsonArray(['bucket', ...figures]);
  return readInParts(transaction, segments, (buckets) => {
    const rows = selectBuckets(transaction, userDid, scope, appId, buckets);
    return toSelect(transaction, values, `(${rows.sql}) as found`, rows.bindings);
  });
}

/** Models: bucket, provider, model, type, then figures. */
export function readModelRows(
  transaction: Transaction,
  userDid: string,
  { appId, segments }: RowQuery,
  shape: RowShape,
): Promise<unknown[][]> {
  const scope = appId === null ? 'model' : 'projectModel';
  return readInParts(transaction, segments, (buckets) => {
    const rows = selectBuckets(transaction, userDid, scope, appId, buckets);
    return selectNamed(transaction, userDid, MODELS, rows, shape);
  });
}

/** The user's projects: bucket, DID, then figures. */
export function readProjectRows(
  transaction: Transaction,
  userDid: string,
  segments: readonly RollupSegment[],
  shape: RowShape,
): Promise<unknown[][]> {
  return readInParts(transaction, segments, (buckets) => {
    const rows = selectBuckets(transaction, userDid, 'project', null, buckets);
    return selectNamed(transaction, userDid, PROJECTS, rows, shape);
  });
}

/** DIDs of the user's projects that have a row, each of them in a row. */
export function readActiveProjects(
  transaction: Transaction,
  userDid: string,
  segments: readonly RollupSegment[],
): Promise<unknown[][]> {
  const { dialect } = transaction;
  return readInParts(transaction, segments, (buckets) => {
    const rows = selectBuckets(transaction, userDid, 'project', null, buckets, 'app_id');
    const ids = `(select distinct app_id from (${rows.sql}) as buckets) as found`;
    const from = `${ids} ${joinNames(PROJECTS)}`;
    return toSelect(transaction, dialect.jsonArray(['app_did']), from, [...rows.bindings, userDid]);
  });
}

/** Each bucket is found by itself; so many are 70 kB of SQL. */
const BUCKETS_PER_STATEMENT = 10_000;

interface Bucket {
  grain: Granularity;
  hour: number;
}

/** Rows as one JSON text for each statement: it is far faster than a row each through the driver. */
async function readInParts(
  { trx }: Transaction,
  segments: readonly RollupSegment[],
  toSql: (buckets: readonly Bucket[]) => Sql,
): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for (const buckets of splitIntoChunks(BUCKETS_PER_STATEMENT, segments.flatMap(listBuckets))) {
    const { sql, bindings } = toSql(buckets);
    const [found] = toRows<{ rows_found: string | null }>(await trx.raw(sql, bindings));
    for (const row of JSON.parse(found?.rows_found ?? '[]') as unknown[][]) rows.push(row);
  }
  return rows;
}

function toSelect(
  { dialect }: Transaction,
  values: string,
  from: string,
  bindings: Sql['bindings'],
): Sql {
  return {
    sql: `${dialect.selectText} ${dialect.jsonGroup(values)} as rows_found from ${from}`,
    bindings,
  };
}

function joinNames({ table, id }: NameTable): string {
  return `left join ${table} as names on names.user_did = ? and names.${id} = found.${id}`;
}

function selectNamed(
  transaction: Transaction,
  userDid: string,
  names: NameTable,
  rows: Sql,
  { isSummed, hasSketches = true }: RowShape,
): Sql {
  const { dialect } = transaction;
  const shown = selectShown(isSummed ? sumFigures(dialect) : rowFigures(dialect));
  const figures = FIGURE_COLUMNS.map((name, index) =>
    !hasSketches && name === 'durations' ? `''` : (shown[index] ?? name),
  );
  const named = figures.map(
    (expression, index) => `${expression} as ${FIGURE_COLUMNS[index] ?? ''}`,
  );
  const sums = ['min(bucket) as bucket', names.id, ...named].join(', ');
  const found = isSummed
    ? `select ${sums} from (${rows.sql}) as buckets group by ${names.id}`
    : rows.sql;
  const values = ['bucket', ...names.columns, ...(isSummed ? FIGURE_COLUMNS : figures)];
  const from = `(${found}) as found ${joinNames(names)}`;
  return toSelect(transaction, dialect.jsonArray(values), from, [...rows.bindings, userDid]);
}

/** @param expressions in the order of {@link FIGURE_COLUMNS} */
function selectShown(expressions: readonly string[]): string[] {
  return FIGURE_COLUMNS.map((name, index) => UNSHOWN.get(name) ?? expressions[index] ?? name);
}

const ROW_COLUMNS = ['bucket', 'app_id', 'model_id', ...FIGURE_COLUMNS].join(', ');

/** Buckets one by one, so that each is found by the key: between two of a scope lie those of the others. */
function selectBuckets(
  { dialect }: Transaction,
  userDid: string,
  scope: Scope,
  appId: number | null,
  buckets: readonly Bucket[],
  columns = ROW_COLUMNS,
): Sql {
  const ofProject = appId === null ? '' : `and app_id = ${appId}`;
  const parts = (Object.keys(GRANULARITIES) as Granularity[]).flatMap((grain) => {
    const hours = buckets.filter((bucket) => bucket.grain === grain).map(({ hour }) => hour);
    if (hours.length === 0) return [];
    return dialect.selectEach(
      'bucket',
      hours,
      (isBucket) => `select ${columns} from ${TABLES.stats}
        where user_did = ? and granularity = ${GRANULARITIES[grain]}
          and ${isBucket} and scope = ${SCOPES[scope]} ${ofProject}`,
    );
  });
  return { sql: parts.join(' union all '), bindings: parts.map(() => userDid) };
}

function listBuckets({ granularity: grain, fromMs, toMs }: RollupSegment): Bucket[] {
  const buckets: Bucket[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs = nextBucket(grain, atMs)) {
    buckets.push({ grain, hour: atMs / HOUR_MS });
  }
  return buckets;
}

function nextBucket(grain: Granularity, atMs: number): number {
  if (grain === 'month') return nextUtcMonth(atMs);
  return atMs + (grain === 'day' ? UTC_DAY_MS : HOUR_MS);
}
