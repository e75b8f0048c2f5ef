import { GRANULARITIES, SCOPES, TABLES } from '../db/tables.js';
import type { Scope } from '../domain/aggregate.js';
import type { Grain, RollupSegment } from '../domain/range-cover.js';
import { HOUR_MS, UTC_DAY_MS, nextUtcMonth } from '../domain/time.js';
import { FIGURE_COLUMNS, rowFigures, sumFigures } from './stats-columns.js';
import { chunksOf, rowsOf, type Sql, type Transaction } from './transaction.js';

/** Which rows of a user. */
export interface StatsQuery {
  scope: Scope;
  /** Short id of a project; `null`: all of the user's. */
  appId: number | null;
  segments: readonly RollupSegment[];
}

/** How rows are handed over. */
interface RowShape {
  /** Where names of ids are; `null` where a row is of one thing alone. */
  names: { table: string; id: string; columns: readonly string[] } | null;
  hasFigures: boolean;
  /** Whether the database adds up the rows of each id. */
  isSummed: boolean;
}

const MODELS = { table: TABLES.models, id: 'model_id', columns: ['provider', 'model', 'type'] };
const PROJECTS = { table: TABLES.projects, id: 'app_id', columns: ['app_did'] };

/** Totals of the user or of one project, a row a bucket: its start in hours since 1970, then figures. */
export function readTotalRows(
  transaction: Transaction,
  userDid: string,
  query: Pick<StatsQuery, 'appId' | 'segments'>,
): Promise<unknown[][]> {
  const scope = query.appId === null ? 'user' : 'project';
  const shape = { names: null, hasFigures: true, isSummed: false };
  return readRows(transaction, userDid, { ...query, scope }, shape);
}

/**
 * Models of the user or of one project: bucket, provider, model, type, then figures.
 *
 * @param isSummed gives each model once, with the first of its buckets, instead of once a bucket
 */
export function readModelRows(
  transaction: Transaction,
  userDid: string,
  query: Pick<StatsQuery, 'appId' | 'segments'>,
  isSummed: boolean,
): Promise<unknown[][]> {
  const scope = query.appId === null ? 'model' : 'projectModel';
  const shape = { names: MODELS, hasFigures: true, isSummed };
  return readRows(transaction, userDid, { ...query, scope }, shape);
}

/** Projects of the user: bucket, DID, then figures unless left out. @param isSummed as of {@link readModelRows} */
export function readProjectRows(
  transaction: Transaction,
  userDid: string,
  segments: readonly RollupSegment[],
  { hasFigures, isSummed }: Pick<RowShape, 'hasFigures' | 'isSummed'>,
): Promise<unknown[][]> {
  const shape = { names: PROJECTS, hasFigures, isSummed };
  return readRows(transaction, userDid, { scope: 'project', appId: null, segments }, shape);
}

/** Each bucket is found by itself; so many are 70 kB of SQL. */
const BUCKETS_PER_STATEMENT = 10_000;

interface Bucket {
  grain: Grain;
  hour: number;
}

/** Rows as one JSON text for each statement: it is far faster than a row each through the driver. */
async function readRows(
  transaction: Transaction,
  userDid: string,
  query: StatsQuery,
  shape: RowShape,
): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for (const buckets of chunksOf(BUCKETS_PER_STATEMENT, query.segments.flatMap(bucketsIn))) {
    const { sql, bindings } = rowsSql(transaction, userDid, query, shape, buckets);
    const [found] = rowsOf<{ stats: string | null }>(
      await transaction.trx.raw(`${transaction.dialect.selectText} ${sql}`, bindings),
    );
    for (const row of JSON.parse(found?.stats ?? '[]') as unknown[][]) rows.push(row);
  }
  return rows;
}

function rowsSql(
  { dialect }: Transaction,
  userDid: string,
  query: StatsQuery,
  { names, hasFigures, isSummed }: RowShape,
  buckets: readonly Bucket[],
): Sql {
  const found = selectBuckets(userDid, query, hasFigures, buckets);
  const summed = isSummed && names !== null;
  const sums = sumFigures(dialect).map((sum, index) => `${sum} as ${FIGURE_COLUMNS[index] ?? ''}`);
  const groups = ['min(bucket) as bucket', names?.id ?? '', ...(hasFigures ? sums : [])];
  const from = summed
    ? `(select ${groups.join(', ')} from (${found.sql}) as buckets group by ${names.id}) as found`
    : `(${found.sql}) as found`;
  const figures = summed ? FIGURE_COLUMNS : rowFigures(dialect);
  const values = ['bucket', ...(names?.columns ?? []), ...(hasFigures ? figures : [])];
  const join = names
    ? `left join ${names.table} as names on names.user_did = ? and names.${names.id} = found.${names.id}`
    : '';
  return {
    sql: `${dialect.jsonGroup(dialect.jsonArray(values))} as stats from ${from} ${join}`,
    bindings: [...found.bindings, ...(names ? [userDid] : [])],
  };
}

/** Buckets one by one, so that each is found by the key: between two of a scope lie those of the others. */
function selectBuckets(
  userDid: string,
  { scope, appId }: StatsQuery,
  hasFigures: boolean,
  buckets: readonly Bucket[],
): Sql {
  const columns = ['bucket', 'app_id', 'model_id', ...(hasFigures ? FIGURE_COLUMNS : [])];
  const ofProject = appId === null ? '' : `and app_id = ${appId}`;
  const parts = (Object.keys(GRANULARITIES) as Grain[]).flatMap((grain) => {
    const hours = buckets.filter((bucket) => bucket.grain === grain).map(({ hour }) => hour);
    if (hours.length === 0) return [];
    return `select ${columns.join(', ')} from ${TABLES.stats}
      where user_did = ? and granularity = ${GRANULARITIES[grain]}
        and bucket in (${hours.join(', ')}) and scope = ${SCOPES[scope]} ${ofProject}`;
  });
  return { sql: parts.join(' union all '), bindings: parts.map(() => userDid) };
}

function bucketsIn({ grain, fromMs, toMs }: RollupSegment): Bucket[] {
  const buckets: Bucket[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs = nextBucket(grain, atMs)) {
    buckets.push({ grain, hour: atMs / HOUR_MS });
  }
  return buckets;
}

function nextBucket(grain: Grain, atMs: number): number {
  if (grain === 'month') return nextUtcMonth(atMs);
  return atMs + (grain === 'day' ? UTC_DAY_MS : HOUR_MS);
}
