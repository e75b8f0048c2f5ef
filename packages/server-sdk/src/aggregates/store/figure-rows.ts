import { queryJsonRows, type JsonRow } from '../../db/executor.js';
import { joinSql, sql, verbatim, type Sql } from '../../db/sql.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { HOUR_MS, QUARTER_HOUR_MS, UTC_DAY_MS, nextUtcMonth } from '../../values/time.js';
import type { Scope } from '../model/aggregate.js';
import type { Granularity, RollupSegment } from '../model/range-plan.js';
import {
  FIGURE_COLUMNS,
  GRANULARITIES,
  SCOPES,
  getBucketUnitMs,
  selectFigures,
  selectSums,
} from './aggregate-columns.js';

/** Buckets of a user, or of some of the user's projects. */
export interface RowQuery {
  /** Short ids of the projects; `null`: of the user. */
  appIds: readonly number[] | null;
  segments: readonly RollupSegment[];
}

/** How aggregates are returned. */
export interface RowShape {
  /** Whether the database adds up the buckets of each model or project; else there is a row for each bucket. */
  isSummed: boolean;
  /** Whether sketches of durations are read, which are most of the bytes. @default true */
  hasSketches?: boolean;
}

/** A dictionary of ids. */
interface NameTable {
  table: string;
  id: string;
  columns: readonly string[];
}

const MODELS: NameTable = {
  table: 'model_call_models',
  id: 'model_id',
  columns: ['provider', 'model', 'type'],
};
const PROJECTS: NameTable = { table: 'model_call_projects', id: 'app_id', columns: ['app_did'] };

const WITHOUT_SKETCHES = { durations: `''`, ttfbs: `''` };

/** Which aggregates are read. */
interface Selection extends RowQuery {
  userDid: string;
  scope: Scope;
}

/**
 * Reads totals of a user or of some projects, a row for each bucket: `bucket`, its start in hours since 1970, `app_id` and the
 * figures.
 */
export function readTotalRows(
  transaction: Transaction,
  userDid: string,
  query: RowQuery,
  { hasSketches = true }: Pick<RowShape, 'hasSketches'> = {},
): Promise<JsonRow[]> {
  const scope = query.appIds === null ? 'user' : 'project';
  const figures = selectFigures(transaction.dialect);
  return readBuckets(
    transaction,
    { ...query, userDid, scope },
    { bucket: 'bucket', app_id: 'app_id', ...figures, ...(!hasSketches && WITHOUT_SKETCHES) },
    (rows) => sql`(${rows}) as found`,
  );
}

/** Reads aggregates of models: `bucket`, `provider`, `model`, `type` and the figures. */
export function readModelRows(
  transaction: Transaction,
  userDid: string,
  query: RowQuery,
  shape: RowShape,
): Promise<JsonRow[]> {
  const scope = query.appIds === null ? 'model' : 'projectModel';
  return readNamedRows(transaction, { ...query, userDid, scope }, MODELS, shape);
}

/** Reads aggregates of the user's projects: `bucket`, `app_did` and the figures. */
export function readProjectRows(
  transaction: Transaction,
  userDid: string,
  segments: readonly RollupSegment[],
  shape: RowShape,
): Promise<JsonRow[]> {
  const selection = { userDid, scope: 'project', appIds: null, segments } as const;
  return readNamedRows(transaction, selection, PROJECTS, shape);
}

/** Reads the `app_did` of each project of the user that has an aggregate. */
export function readActiveProjects(
  transaction: Transaction,
  userDid: string,
  segments: readonly RollupSegment[],
): Promise<JsonRow[]> {
  const selection = { userDid, scope: 'project', appIds: null, segments } as const;
  return readBuckets(transaction, selection, { app_did: 'app_did' }, (rows) => {
    const found = sql`(select distinct app_id from (${rows}) as buckets) as found`;
    return sql`${found} ${joinNames(PROJECTS, userDid)}`;
  });
}

function readNamedRows(
  transaction: Transaction,
  selection: Selection,
  names: NameTable,
  { isSummed, hasSketches = true }: RowShape,
): Promise<JsonRow[]> {
  const { dialect } = transaction;
  const figures = {
    ...(isSummed ? selectSums(dialect) : selectFigures(dialect)),
    ...(!hasSketches && WITHOUT_SKETCHES),
  };
  const named = ['bucket', ...names.columns, ...(isSummed ? FIGURE_COLUMNS : [])];
  const columns = {
    ...Object.fromEntries(named.map((name) => [name, name])),
    ...(!isSummed && figures),
  };
  const sums = Object.entries(figures).map(([name, expression]) => `${expression} as ${name}`);
  const selectGroups = verbatim(`select min(bucket) as bucket, ${names.id}, ${sums.join(', ')}`);
  const join = joinNames(names, selection.userDid);
  return readBuckets(transaction, selection, columns, (rows) => {
    const groups = sql`${selectGroups} from (${rows}) as buckets group by ${verbatim(names.id)}`;
    return sql`(${isSummed ? groups : rows}) as found ${join}`;
  });
}

function joinNames({ table, id }: NameTable, userDid: string): Sql {
  const join = verbatim(`left join ${table} as names`);
  return sql`${join} on names.user_did = ${userDid} and ${verbatim(`names.${id} = found.${id}`)}`;
}

/** The SQL has a condition for each bucket; so many of them are 70 kB. */
const BUCKETS_PER_STATEMENT = 10_000;
const ROW_COLUMNS = ['app_id', 'model_id', ...FIGURE_COLUMNS].join(', ');

interface Bucket {
  granularity: Granularity;
  /** As it is stored. */
  bucket: number;
}

/** @param toFrom what follows `from`, given the select of rows */
async function readBuckets(
  transaction: Transaction,
  selection: Selection,
  columns: Readonly<Record<string, string>>,
  toFrom: (rows: Sql) => Sql,
): Promise<JsonRow[]> {
  const all = selection.segments.flatMap(listBuckets);
  const rows: JsonRow[] = [];
  for (const buckets of splitIntoChunks(BUCKETS_PER_STATEMENT, all)) {
    const from = toFrom(selectBuckets(transaction, selection, buckets));
    for (const row of await queryJsonRows(transaction, columns, from)) rows.push(row);
  }
  return rows;
}

/** Each bucket is looked up by its key, because between two buckets of a scope are those of the other scopes. */
function selectBuckets(
  { dialect }: Transaction,
  { userDid, scope, appIds }: Selection,
  buckets: readonly Bucket[],
): Sql {
  const ofApp = appIds === null ? '' : `and app_id in (${appIds.join(', ')})`;
  const selects = (Object.keys(GRANULARITIES) as Granularity[]).flatMap((granularity) => {
    const selected = buckets.filter((each) => each.granularity === granularity);
    if (selected.length === 0) return [];
    const isQuarter = granularity === 'quarter';
    const isGranularity = verbatim(`granularity = ${GRANULARITIES[granularity]}`);
    // Of quarters only models within projects are stored, which add up to every scope.
    const isScope = verbatim(`scope = ${SCOPES[isQuarter ? 'projectModel' : scope]} ${ofApp}`);
    const start = verbatim(`${isQuarter ? 'bucket * 0.25' : 'bucket'} as bucket`);
    return dialect.selectEach(
      'bucket',
      selected.map(({ bucket }) => bucket),
      (isBucket) => sql`select ${start}, ${verbatim(ROW_COLUMNS)} from model_call_stats
        where user_did = ${userDid} and ${isGranularity} and ${isBucket} and ${isScope}`,
    );
  });
  return joinSql(selects, ' union all ');
}

function listBuckets({ granularity, fromMs, toMs }: RollupSegment): Bucket[] {
  const buckets: Bucket[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs = nextBucket(granularity, atMs)) {
    buckets.push({ granularity, bucket: atMs / getBucketUnitMs(granularity) });
  }
  return buckets;
}

function nextBucket(granularity: Granularity, atMs: number): number {
  if (granularity === 'month') return nextUtcMonth(atMs);
  if (granularity === 'quarter') return atMs + QUARTER_HOUR_MS;
  return atMs + (granularity === 'day' ? UTC_DAY_MS : HOUR_MS);
}
