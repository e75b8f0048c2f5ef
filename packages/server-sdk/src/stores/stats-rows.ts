import { GRAINS, TABLES } from '../db/tables.js';
import type { Dialect } from '../db/dialect.js';
import { projectMark } from '../domain/packed-figures.js';
import type { RollupSegment } from '../domain/range-cover.js';
import { HOUR_MS, UTC_DAY_MS, nextUtcMonth } from '../domain/time.js';
import type { UserState } from './rollup-progress-store.js';
import { figureColumns } from './stats-columns.js';
import { rowsOf, type Sql, type Transaction } from './transaction.js';

/** What is wanted of a range; what is not costs nothing. */
export interface FigureWant {
  total?: boolean;
  /** By model: its key's text. */
  models?: boolean;
  /** By type of call, and the keys of the models alone. */
  types?: boolean;
  /** By project: its DID. */
  projects?: boolean;
  /** DIDs of the projects alone. */
  activeProjects?: boolean;
}

/** Buckets to read, and what of them. */
export interface WantedSegment extends RollupSegment {
  want: FigureWant;
}

/**
 * A row as JSON: its bucket in hours, its figures (nulls when not wanted), and the cells of models, ids and projects,
 * then one project's part of an hour's cell of projects.
 */
export type StatsRow = [bucket: number, ...rest: (number | string | null)[]];

/** Parts of one statement: SQLite allows 500 in a compound select, and a plan of hundreds is slow to make. */
const SEGMENTS_PER_STATEMENT = 40;
/** Each is found by itself; so many are 70 kB of SQL. */
const BUCKETS_PER_STATEMENT = 10_000;

/** Reads rows of one user, or of one of the user's projects, in few statements and one row of JSON for each. */
export async function selectStats(
  { trx, dialect }: Transaction,
  state: StatsOwner,
  ofProject: boolean,
  segments: readonly WantedSegment[],
): Promise<StatsRow[]> {
  const rows: StatsRow[] = [];
  for (const batch of toStatements(segments)) {
    const { sql, bindings } = statsSql(dialect, state, ofProject, batch);
    const [row] = rowsOf<{ stats: string | null }>(
      await trx.raw(`${dialect.selectText} ${sql} as stats`, bindings),
    );
    rows.push(...parseStats(row?.stats ?? null));
  }
  return rows;
}

/** Segments in as many lots as there must be statements; see {@link statsSql}. */
export function toStatements(segments: readonly WantedSegment[]): WantedSegment[][] {
  const lots: WantedSegment[][] = [];
  let buckets = 0;
  for (const segment of segments) {
    const count = bucketsOf(segment).length;
    buckets += count;
    const lot = lots.at(-1);
    if (!lot || lot.length >= SEGMENTS_PER_STATEMENT || buckets > BUCKETS_PER_STATEMENT) {
      lots.push([segment]);
      buckets = count;
    } else lot.push(segment);
  }
  return lots;
}

/** Whose rows. */
export type StatsOwner = Pick<UserState, 'userId' | 'appId'>;

/**
 * An expression that gives the rows as one JSON text; `null` where there are none.
 *
 * @param segments one lot of {@link toStatements}
 */
export function statsSql(
  dialect: Dialect,
  { userId, appId }: StatsOwner,
  ofProject: boolean,
  segments: readonly WantedSegment[],
): Sql {
  if (userId === null || (ofProject && appId === null) || segments.length === 0) {
    return { sql: 'null', bindings: [] };
  }
  const parts = segments.map((segment) =>
    ofProject && appId !== null
      ? projectSegment(dialect, userId, appId, segment)
      : userSegment(dialect, userId, segment),
  );
  const names = ['bucket', ...figureColumns(dialect).map(({ name }) => name), ...CELLS];
  return {
    sql: `(select ${dialect.jsonGroup(dialect.jsonArray(names))}
      from (${parts.map(({ sql }) => sql).join(' union all ')}) as rows_in_range)`,
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

/** Rows of a text of {@link statsSql}. */
export function parseStats(text: string | null): StatsRow[] {
  return text === null ? [] : (JSON.parse(text) as StatsRow[]);
}

const CELLS = ['models', 'app_ids', 'projects', 'project_part'];

function userSegment(dialect: Dialect, userId: number, segment: WantedSegment): Sql {
  const { want } = segment;
  const columns = selectColumns(dialect, want.total === true, [
    want.models || want.types ? 'coalesce(models, projects)' : null,
    want.activeProjects ? 'app_ids' : null,
    want.projects ? 'projects' : null,
    null,
  ]);
  return {
    sql: `select ${columns} from ${TABLES.stats} where ${bucketCondition(segment)} and user_id = ?`,
    bindings: [userId],
  };
}

/** Days and months of a project have rows; its hours are parts of the user's cells. */
function projectSegment(
  dialect: Dialect,
  userId: number,
  appId: number,
  segment: WantedSegment,
): Sql {
  if (segment.grain !== 'hour') {
    // The figures of all models are their sum.
    const columns = selectColumns(dialect, false, ['models', null, null, null], LAST_START);
    return {
      sql: `select ${columns} from ${TABLES.projectStats}
        where ${bucketCondition(segment)} and user_id = ? and app_id = ?`,
      bindings: [userId, appId],
    };
  }
  const mark = projectMark(appId);
  const position = dialect.positionOf('?', 'projects');
  return {
    sql: `select ${selectColumns(dialect, false, [null, null, null, dialect.textBefore('part', '|')])}
      from (select bucket, substr(projects, ${position} + ${mark.length}) as part from ${TABLES.stats}
        where ${bucketCondition(segment)} and user_id = ? and ${position} > 0) as hours_of_project`,
    bindings: [mark, userId, mark],
  };
}

const LAST_START = 'last_started_at_ms';

/** Buckets one by one: between two of the user lie those of all others. */
function bucketCondition(segment: RollupSegment): string {
  return `grain = ${GRAINS[segment.grain]} and bucket in (${bucketsOf(segment).join(', ')})`;
}

function selectColumns(
  dialect: Dialect,
  figuresWanted: boolean,
  cells: readonly (string | null)[],
  alsoWanted: string | null = null,
): string {
  const figures = figureColumns(dialect).map(({ name, expression }) =>
    figuresWanted || name === alsoWanted
      ? `${expression} as ${name}`
      : `${typedNull(dialect, name)} as ${name}`,
  );
  const selected = cells.map((cell, index) => `${cell ?? 'null'} as ${CELLS[index] ?? ''}`);
  return ['bucket', ...figures, ...selected].join(', ');
}

/** Starts of a segment's buckets, in hours since the epoch. */
function bucketsOf({ grain, fromMs, toMs }: RollupSegment): number[] {
  const buckets: number[] = [];
  for (let atMs = fromMs; atMs < toMs;) {
    buckets.push(atMs / HOUR_MS);
    atMs = grain === 'month' ? nextUtcMonth(atMs) : atMs + (grain === 'day' ? UTC_DAY_MS : HOUR_MS);
  }
  return buckets;
}

/** PostgreSQL takes a bare null for text, which a number of another part of a union does not go with. */
function typedNull(dialect: Dialect, name: string): string {
  const isText = name === 'credits_e8' || name === 'durations';
  return dialect.name === 'postgres' && !isText ? 'null::bigint' : 'null';
}
