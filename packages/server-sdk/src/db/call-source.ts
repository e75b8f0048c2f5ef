import { DEFAULT_CREDIT_DECIMALS, type CreditDecimals } from '../values/credits.js';
import type { TimeRange } from '../values/time.js';
import { fillPlaceholders, sql, verbatim, type Sql } from './sql.js';
import type { Dialect } from './dialects/dialect.js';

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
  'credits_rest_e10',
  'cached_input_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
  'cost_e10',
  'currency',
  'cost_source',
  'price_table',
  'error_reason',
  'metadata',
] as const;
export type PageColumn = (typeof PAGE_COLUMNS)[number];

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

/** Currency of sums of money where the host names none. */
export const DEFAULT_CURRENCY = 'USD';

/** The SDK's own call table. @param currency ISO 4217 code: it is part of the SQL */
export function ownCalls(
  dialect: Dialect,
  currency = DEFAULT_CURRENCY,
  creditDecimals: CreditDecimals = DEFAULT_CREDIT_DECIMALS,
): CallSource {
  return {
    name: 'model_calls',
    isOwn: true,
    hasQuarters: false,
    table: 'model_calls',
    currency,
    creditDecimals,
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
      creditsRestE10: dialect.integerAsText('credits_rest_e10'),
      cachedInputTokens: 'cached_input_tokens',
      cacheWriteTokens: 'cache_write_tokens',
      reasoningTokens: 'reasoning_tokens',
      costE10: dialect.integerAsText(`case when currency = '${currency}' then cost_e10 end`),
    },
    page: Object.fromEntries(PAGE_COLUMNS.map((column) => [column, column])) as Record<
      PageColumn,
      string
    >,
    ofUser: (userDid) => sql`user_did = ${userDid}`,
    ofProject: (appDid) => [sql`app_did = ${appDid}`],
    ofAnyProject: () => [],
    firstOfUser: (userDid, fromMs) =>
      sql`(select min(started_at_ms) from model_calls where user_did = ${userDid} and started_at_ms >= ${fromMs})`,
    time: {
      column: 'started_at_ms',
      parameter: '?',
      bound: (instantMs) => instantMs,
      toMs: (expression) => expression,
      exact: 'started_at_ms',
      valueOf: (shownMs) => shownMs,
    },
    everyone: {
      from: 'model_calls',
      wheres: ['user_did is not null'],
      exactUser: 'user_did',
      first: (fromMs) =>
        sql`(select min(started_at_ms) from model_calls where started_at_ms >= ${fromMs})`,
    },
    changes: null,
  };
}

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
