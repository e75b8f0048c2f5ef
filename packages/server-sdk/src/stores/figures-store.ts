import { GRAINS, KEY_KINDS, SCOPES, TABLES, type Scope } from '../db/tables.js';
import { addFigures, zeroFigures, type CallFigures } from '../domain/call-figures.js';
import { modelKeyToText, type ModelKey } from '../domain/model-key.js';
import type { RangeCover, RollupSegment } from '../domain/range-cover.js';
import { HOUR_MS, QUARTER_HOUR_MS, type TimeRange } from '../domain/time.js';
import {
  figuresOfCalls,
  figuresOfStats,
  sumOfCalls,
  sumOfStats,
  type FigureRow,
} from './figure-columns.js';
import { chunksOf, rowsOf, type Transaction } from './transaction.js';

/** What the figures are told apart by; `time` is the start of a bucket or of a quarter hour, epoch ms as text. */
export type FigureGroup = 'all' | 'project' | 'model' | 'time';

/** Which calls of the user, and how they are grouped. */
export interface FigureQuery {
  /** One project, or all of the user's. */
  appDid: string | null;
  by: FigureGroup;
}

/** Figures by group key: '' for `all`, the project's DID, the model key's text, or the time. */
export type GroupedFigures = Map<string, CallFigures>;

type FiguresRow = FigureRow & { group_key: string | number };

/** Parts of one statement: SQLite allows 500 in a compound select, and a plan of hundreds is slow to make. */
const SEGMENTS_PER_STATEMENT = 40;

/**
 * Sums the calls of one user over a covered range: pre-aggregates where they are up to date, calls elsewhere.
 *
 * Both reads must see one state of the database, see `Database.snapshot`.
 */
export async function readFigures(
  transaction: Transaction,
  userDid: string,
  query: FigureQuery,
  cover: RangeCover,
): Promise<GroupedFigures> {
  const groups: GroupedFigures = new Map();
  for (const segments of chunksOf(SEGMENTS_PER_STATEMENT, cover.rollups)) {
    const rows = await selectStats(transaction, userDid, query, segments);
    for (const row of rows) addTo(groups, row, figuresOfStats(row));
  }
  for (const ranges of chunksOf(SEGMENTS_PER_STATEMENT, cover.raw)) {
    const rows = await selectCalls(transaction, userDid, query, ranges);
    for (const row of rows) addTo(groups, row, figuresOfCalls(row));
  }
  return groups;
}

/** Names of the projects or models that the user called in a covered range; cheaper than their figures. */
export async function readActiveNames(
  transaction: Transaction,
  userDid: string,
  by: 'project' | 'model',
  cover: RangeCover,
): Promise<Set<string>> {
  const { trx, dialect } = transaction;
  const names = new Set<string>();
  const column = by === 'project' ? 'app_id' : 'model_id';
  for (const segments of chunksOf(SEGMENTS_PER_STATEMENT, cover.rollups)) {
    const { parts, bindings } = statsParts(userDid, { appDid: null, by }, segments);
    const rows: { name: string }[] = rowsOf(
      await trx.raw(
        `select name from ${TABLES.keys}
         where id in (select ${column} from (${parts.join(' union all ')}) as rows_in_range)`,
        bindings,
      ),
    );
    for (const row of rows) names.add(row.name);
  }
  const columns = callGroupColumns(by, dialect.divide('started_at_ms', QUARTER_HOUR_MS));
  for (const range of cover.raw) {
    const rows: Record<string, unknown>[] = rowsOf(
      await trx.raw(
        `select distinct ${columns.map((name, index) => `${name} as group_${index}`).join(', ')}
         from ${TABLES.calls} where user_did = ? and started_at_ms >= ? and started_at_ms < ?`,
        [userDid, range.fromMs, range.toMs],
      ),
    );
    for (const row of rows) names.add(callGroupKey(by, row));
  }
  return names;
}

async function selectStats(
  { trx, dialect }: Transaction,
  userDid: string,
  query: FigureQuery,
  segments: readonly RollupSegment[],
): Promise<FiguresRow[]> {
  const group = statsGroup(query.by);
  const { parts, bindings } = statsParts(userDid, query, segments);
  const sums = `select ${group.column} as group_key, ${sumOfStats(dialect)}
    from (${parts.join(' union all ')}) as rows_in_range group by ${group.column}`;
  const sql = group.named
    ? `select names.name as group_name, sums.* from (${sums}) as sums
       join ${TABLES.keys} as names on names.id = sums.group_key`
    : sums;
  const rows: (FiguresRow & { group_name?: string })[] = rowsOf(await trx.raw(sql, bindings));
  return rows.map((row) => ({ ...row, group_key: statsGroupKey(query.by, row) }));
}

/** One select for each segment, so that each is a range of the primary key. */
function statsParts(
  userDid: string,
  query: FigureQuery,
  segments: readonly RollupSegment[],
): { parts: string[]; bindings: (string | number)[] } {
  const project = query.appDid === null ? '' : `and app_id = (${selectKeyId})`;
  const parts = segments.map(
    () => `select * from ${TABLES.stats}
      where user_id = (${selectKeyId}) and scope = ? and grain = ? and bucket >= ? and bucket < ? ${project}`,
  );
  const bindings = segments.flatMap((segment) => [
    KEY_KINDS.user,
    userDid,
    SCOPES[scopeOf(query)],
    GRAINS[segment.grain],
    segment.fromMs / HOUR_MS,
    segment.toMs / HOUR_MS,
    ...(query.appDid === null ? [] : [KEY_KINDS.project, query.appDid]),
  ]);
  return { parts, bindings };
}

function statsGroupKey(
  by: FigureGroup,
  row: { group_key: string | number; group_name?: string },
): string {
  if (by === 'all') return '';
  return by === 'time' ? String(Number(row.group_key) * HOUR_MS) : String(row.group_name);
}

const selectKeyId = `select id from ${TABLES.keys} where kind = ? and name = ?`;

function statsGroup(by: FigureGroup): { column: string; named: boolean } {
  switch (by) {
    case 'all':
      return { column: 'scope', named: false };
    case 'project':
      return { column: 'app_id', named: true };
    case 'model':
      return { column: 'model_id', named: true };
    case 'time':
      return { column: 'bucket', named: false };
  }
}

function scopeOf(query: FigureQuery): Scope {
  if (query.by === 'model') return query.appDid === null ? 'userModel' : 'projectModel';
  return query.by === 'project' || query.appDid !== null ? 'project' : 'user';
}

async function selectCalls(
  { trx, dialect }: Transaction,
  userDid: string,
  query: FigureQuery,
  ranges: readonly TimeRange[],
): Promise<FiguresRow[]> {
  const columns = callGroupColumns(query.by, dialect.divide('started_at_ms', QUARTER_HOUR_MS));
  const project = query.appDid === null ? '' : 'and app_did = ?';
  const parts = ranges.map(
    () => `select * from ${TABLES.calls}
      where user_did = ? and started_at_ms >= ? and started_at_ms < ? ${project}`,
  );
  const bindings = ranges.flatMap((range) => [
    userDid,
    range.fromMs,
    range.toMs,
    ...(query.appDid === null ? [] : [query.appDid]),
  ]);
  const names = columns.map((column, index) => `${column} as group_${index}`).join(', ');
  const sql = `select ${names === '' ? '' : `${names}, `}${sumOfCalls(dialect)}
    from (${parts.join(' union all ')}) as calls_in_range
    ${columns.length === 0 ? 'having count(*) > 0' : `group by ${columns.join(', ')}`}`;
  const rows: (FigureRow & Record<string, unknown>)[] = rowsOf(await trx.raw(sql, bindings));
  return rows.map((row) => ({ ...row, group_key: callGroupKey(query.by, row) }));
}

function callGroupColumns(by: FigureGroup, quarter: string): string[] {
  switch (by) {
    case 'all':
      return [];
    case 'project':
      return ['app_did'];
    case 'model':
      return ['provider', 'model', 'type'];
    case 'time':
      return [quarter];
  }
}

function callGroupKey(by: FigureGroup, row: Record<string, unknown>): string {
  switch (by) {
    case 'all':
      return '';
    case 'project':
      return String(row['group_0']);
    case 'model':
      return modelKeyToText({
        provider: String(row['group_0']),
        model: String(row['group_1']),
        type: String(row['group_2']) as ModelKey['type'],
      });
    case 'time':
      return String(Number(row['group_0']) * QUARTER_HOUR_MS);
  }
}

function addTo(groups: GroupedFigures, row: FiguresRow, figures: CallFigures): void {
  const key = String(row.group_key);
  const whole = groups.get(key) ?? zeroFigures();
  addFigures(whole, figures);
  groups.set(key, whole);
}
