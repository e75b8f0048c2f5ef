import type { CallStatus } from '../contract/common.js';

/** A column, or a key of a JSON object that a column holds. */
export type NumberColumn = string | { column: string; key: string };

/** Columns of a host's table; a column that the table lacks is left out. Names are case-sensitive. */
export interface CallColumns {
  /** Unique; text or a number. */
  id: string;
  /** Text, not a number; rows without a user are in no figures and no list. */
  userDid: string;
  /** When the call started; see `timeUnit`. */
  startedAt: string;
  model: string;
  /** Text, a number or a boolean; see `statusValues`. Null is `processing`. */
  status: string;
  /** Text; see `unassigned`. */
  appDid?: string;
  provider?: string;
  /** One of the call types; another text is `custom`. @default every call is a `chatCompletion` */
  type?: string;
  traceId?: string;
  /** Start to end; see `durationUnit`. Null while processing. */
  duration?: string;
  /** Start to first byte; see `ttfbUnit`. */
  ttfb?: string;
  inputTokens?: NumberColumn;
  outputTokens?: NumberColumn;
  /** @default `usage` of types that are metered in tokens, else input and output together */
  totalTokens?: NumberColumn;
  /** Usage in the unit of the type: tokens, images or seconds. Only tokens are added to tokens. */
  usage?: NumberColumn;
  /**
   * A decimal number of credits, rounded half to even to the decimals of the option `creditDecimals`. Here and in the other columns of numbers, an invalid
   * amount (negative, NaN) is unknown.
   */
  credits?: string;
  /** Part of the input tokens: from the provider's prompt cache. Parts that exceed their whole are unknown. */
  cachedInputTokens?: NumberColumn;
  /** Part of the input tokens: into the provider's prompt cache. */
  cacheWriteTokens?: NumberColumn;
  /** Part of the output tokens. */
  reasoningTokens?: NumberColumn;
  /** A decimal amount of money, rounded half to even to 10 decimals. */
  cost?: string;
  /** Currency of `cost`, ISO 4217. @default the option `currency` */
  currency?: string;
  errorReason?: string;
  /** A JSON object. */
  metadata?: string;
  /** When the row was last written; see `updatedAtUnit`. */
  updatedAt?: string;
}

/**
 * A call table of the host, which the SDK reads and never writes.
 *
 * For fast figures, indexes begin with the user and the start, and with the user, the project and the start.
 * Rows that are added or changed after their hour was rolled up are found by `updatedAt`, within one run, or where SQLite has no
 * index on it, within a few; without that column only `rollup.rebuild` finds them. Rows that are deleted, or moved to
 * another hour or user, are left to `rollup.verify` and `rollup.rebuild`. Where all calls of the first hours are gone, they are
 * taken for archived: their figures stay.
 */
export interface CallTable {
  table: string;
  /** @default the schemas that the connection searches */
  schema?: string;
  columns: CallColumns;
  /**
   * The table's words for each status, as text, case-sensitive. Required where they differ from `success`, `failed` and
   * `processing`: a word that is in none of the lists is refused at the start, because it would count as a call in progress.
   */
  statusValues?: { [Status in CallStatus]?: readonly string[] };
  /**
   * `s` and `ms`: Unix time in integer seconds or milliseconds. `timestamp`: on PostgreSQL a timestamp with or (then
   * in UTC) without time zone; on MariaDB a DATETIME in UTC; on SQLite text `YYYY-MM-DD HH:MM:SS.mmm` in UTC, as
   * Sequelize writes it.
   */
  timeUnit: 's' | 'ms' | 'timestamp';
  /** @default 'ms' */
  durationUnit?: 's' | 'ms' | 'us';
  /** @default 'ms' */
  ttfbUnit?: 's' | 'ms' | 'us';
  /** @default 'timestamp' */
  updatedAtUnit?: 's' | 'ms' | 'timestamp';
  /**
   * How far each scan for changes overlaps the one before, 0 to 86400 seconds: at least the longest transaction of the host's
   * writers plus the difference of their clocks.
   * @default 120
   */
  overlapSeconds?: number;
  /** Values of `appDid` that mean "no project", besides null. @default [''] */
  unassigned?: readonly string[];
  /** Whether an index begins with `startedAt`; without one a rollup goes from user to user. @default true */
  indexedByTime?: boolean;
  /**
   * Whether, of the indexes on `startedAt`, one begins with `appDid` and one with `userDid` and `appDid`, and none with
   * `userDid` alone; a rollup then goes from project to project. Only where `indexedByTime` is false. @default false
   */
  indexedByProject?: boolean;
  /**
   * Whether no call is ever moved away or deleted by age: then hours are not stored by quarter, which takes up to a row of 90
   * bytes a call. Once the table was rolled up, it can't be changed. @default false
   */
  keepsCalls?: boolean;
}
