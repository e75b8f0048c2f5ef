import type { CreditDecimals } from '../values/amounts.js';
import type { TimeRange } from '../values/time.js';
import { fillPlaceholders, sql, verbatim, type Sql } from './sql.js';
import type { Dialect } from './dialects/dialect.js';
import type { PageColumn } from './own-calls.js';

/** Fields of a call that figures are computed from. */
export const CALL_FIELDS = [
  'appDid',
  'provider',
  'model',
  'type',
  'status',
  'startedAtMs',
  'durationUs',
  'ttfbUs',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'creditsE8',
  'creditsRestE10',
  'cachedInputTokens',
  'cacheWriteTokens',
  'reasoningTokens',
  'costE10',
] as const;
export type CallField = (typeof CALL_FIELDS)[number];

/** The call table: its columns as SQL, and the conditions that its indexes serve. */
export interface CallSource {
  /** The table as the host names it. */
  name: string;
  /** Whether it is the SDK's own table, whose triggers mark hours dirty and raise versions. */
  isOwn: boolean;
  /** Whether hours are stored by quarter, too, when they are built, because the host may move calls away without notice. */
  hasQuarters: boolean;
  table: string;
  /** ISO 4217 code of the money in aggregates: costs in another currency are listed, and in no sum. */
  currency: string;
  /** Decimals that credits of calls are rounded to. */
  creditDecimals: CreditDecimals;
  /** Expressions over a row; `costE10` is null in another currency than that of the source. */
  fields: Record<CallField, string>;
  /** The column of the user. */
  userColumn: string;
  /** Expressions over a row of the call history; `started_at_ms` has the fractions of a millisecond that the column has. */
  page: Record<PageColumn, string>;
  /** The condition that a call is of a user: the DID is equal to the last byte. */
  ofUser: (userDid: string) => Sql;
  /** Conditions, at least one of which a call of a project fulfils; an index can serve each. */
  ofProject: (appDid: string) => Sql[];
  /**
   * Further conditions on a user's calls of a range, at least one of which each call fulfils; an index can serve each. Empty
   * where an index of user and start does.
   */
  ofAnyProject: (userDid: string) => Sql[];
  /** The smallest value of the time column from an instant on of a user's calls, epoch ms. */
  firstOfUser: (userDid: string, fromMs: number) => Sql;
  /** The column of a call's start, by which an index finds calls, and its unit. */
  time: {
    column: string;
    /** The placeholder of a value of the column. */
    parameter: string;
    /** The first value of the column at or after an instant, integer milliseconds. */
    bound: (instantMs: number) => number | string;
    /** A value of the column as integer epoch milliseconds. */
    toMs: (expression: string) => string;
    /** An expression that distinguishes starts as `started_at_ms` of the call history does; the column itself if it does. */
    exact: string;
    /** The value of `exact` whose `started_at_ms` is given. */
    valueOf: (shownMs: number) => number | string;
  };
  /** The calls of all users; only the rollup reads them. */
  everyone: {
    from: string;
    /** At least one of which each call of a user fulfils; an index can serve each. */
    wheres: string[];
    /** An expression to group by that distinguishes users to the last byte. */
    exactUser: string;
    /** The smallest value of the time column from an instant on, epoch ms. */
    first: (fromMs: number) => Sql;
  };
  /** The column by which a scan finds changed rows of a host's table; `null`: there is none. */
  changes: {
    column: string;
    parameter: string;
    bound: (instantMs: number) => number | string;
    /** How rows are read part by part where no index finds those that changed; `null`: they are not. */
    rowOrder: { row: string; findIndex: Sql } | null;
  } | null;
}

/** Makes the call table of a database. */
export type CallSourceFactory = (dialect: Dialect) => CallSource;

/** An instant as a value of the column of starts. */
export function bindInstant({ time }: CallSource, instantMs: number): Sql {
  return fillPlaceholders(time.parameter, [time.bound(instantMs)]);
}

/** The condition that a call started in a range. */
export function isInTimeRange(calls: CallSource, { fromMs, toMs }: TimeRange): Sql {
  const column = verbatim(calls.time.column);
  return sql`${column} >= ${bindInstant(calls, fromMs)} and ${column} < ${bindInstant(calls, toMs)}`;
}

/** Conditions that follow others, one for each part in which a user's calls of a project, or of all, are read. */
export function listProjectConditions(
  calls: CallSource,
  userDid: string,
  appDid: string | null,
): Sql[] {
  const parts = appDid === null ? calls.ofAnyProject(userDid) : calls.ofProject(appDid);
  return parts.length === 0 ? [sql``] : parts.map((project) => sql`and ${project}`);
}
