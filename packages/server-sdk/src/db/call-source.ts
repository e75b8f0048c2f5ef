import { TABLES } from './tables.js';
import type { Sql } from './sql.js';
import type { Dialect } from './dialects/read-dialect.js';

/** Fields of a call that figures are made of, in the order in which they are read. */
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
] as const;
export type CallField = (typeof CALL_FIELDS)[number];

/** Columns of a row of the call history. */
export const PAGE_COLUMNS = [
  'id',
  'trace_id',
  'app_did',
  'model',
  'provider',
  'type',
  'status',
  'started_at_ms',
  'duration_us',
  'ttfb_us',
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'units',
  'credits_e8',
  'error_reason',
  'metadata',
] as const;
export type PageColumn = (typeof PAGE_COLUMNS)[number];

/** Where calls are, as SQL. */
export interface CallSource {
  /** The table as the host names it. */
  name: string;
  /** Whether it is the SDK's own table, whose writers mark what they change. */
  isOwn: boolean;
  table: string;
  /** Expressions over a row. */
  fields: Record<CallField, string>;
  /** The column of the user. */
  userColumn: string;
  /** Expressions over a row, as the call history shows it; its `started_at_ms` keeps what the column has below 1 ms. */
  page: Record<PageColumn, string>;
  /** The calls of one user, exactly. */
  ofUser: (userDid: string) => Sql;
  /** The calls of one project: those of every one of these conditions, each of which an index can serve. */
  ofProject: (appDid: string) => Sql[];
  /** The column that calls are found by their start with, and its scale. */
  time: {
    column: string;
    /** The placeholder of a value of the column. */
    parameter: string;
    /** The first value of the column at or after an instant, whole milliseconds. */
    bound: (instantMs: number) => number | string;
    /** A value of the column as whole epoch milliseconds. */
    toMs: (expression: string) => string;
    /** What tells starts apart that the call history showed as `started_at_ms`; the column itself where it can. */
    exact: string;
    /** The value of `exact` that was shown so. */
    valueOf: (shownMs: number) => number | string;
  };
  /** The calls of all users in a range of time; for the rollup alone. */
  everyone: {
    from: string;
    where: string;
    /** What tells users apart to the last byte, to group by. */
    exactUser: string;
    /** The smallest value of the time column from a bound (its one placeholder) on. */
    earliest: string;
  };
  /** How changes are found that nobody marks; `null`: not at all. */
  changes: {
    column: string;
    parameter: string;
    bound: (instantMs: number) => number | string;
  } | null;
}

/** Makes the source for a database. */
export type CallSourceFactory = (dialect: Dialect) => CallSource;

/** The SDK's own table. */
export function ownCalls(dialect: Dialect): CallSource {
  return {
    name: TABLES.calls,
    isOwn: true,
    table: TABLES.calls,
    userColumn: 'user_did',
    fields: {
      appDid: 'app_did',
      provider: 'provider',
      model: 'model',
      type: 'type',
      status: 'status',
      startedAtMs: 'started_at_ms',
      durationUs: 'duration_us',
      ttfbUs: 'ttfb_us',
      inputTokens: 'input_tokens',
      outputTokens: 'output_tokens',
      totalTokens: 'total_tokens',
      creditsE8: dialect.integerAsText('credits_e8'),
    },
    page: Object.fromEntries(PAGE_COLUMNS.map((column) => [column, column])) as Record<
      PageColumn,
      string
    >,
    ofUser: (userDid) => ({ sql: 'user_did = ?', bindings: [userDid] }),
    ofProject: (appDid) => [{ sql: 'app_did = ?', bindings: [appDid] }],
    time: {
      column: 'started_at_ms',
      parameter: '?',
      bound: (instantMs) => instantMs,
      toMs: (expression) => expression,
      exact: 'started_at_ms',
      valueOf: (shownMs) => shownMs,
    },
    everyone: {
      from: TABLES.calls,
      where: 'user_did is not null',
      exactUser: 'user_did',
      earliest: `(select min(started_at_ms) from ${TABLES.calls} where started_at_ms >= ?)`,
    },
    changes: null,
  };
}
