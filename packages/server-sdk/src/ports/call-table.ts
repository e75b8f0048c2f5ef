/** A column, or a key of a JSON object that a column holds. */
export type NumberColumn = string | { column: string; key: string };

/** Columns of a host's table; what a host does not have is left out. Names are taken literally, in upper and lower case. */
export interface CallColumns {
  /** Unique; text or a number. */
  id: string;
  /** Text; rows without one belong to nobody and are in no answer. */
  userDid: string;
  /** When the call started; see `timeUnit`. */
  startedAt: string;
  model: string;
  /** `success` and `failed` are read as such, everything else as `processing`. */
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
  /** What the call was metered in: tokens, images or seconds by its type. Only tokens are added to tokens. */
  usage?: NumberColumn;
  /** A decimal number of credits, read to 8 decimals. */
  credits?: string;
  errorReason?: string;
  /** A JSON object. */
  metadata?: string;
  /** When the row was last written; see `updatedAtUnit`. */
  updatedAt?: string;
}

/**
 * A call table of the host's own, which the SDK reads and never writes.
 *
 * For its figures to be cheap, indexes begin with the user and the start, and with the user, the project and the start.
 * Rows that are added or changed after their hour was rolled up are found by `updatedAt`, within one run; without that
 * column only `rollup.rebuild` finds them. Rows that are deleted, or moved to another hour or user, are always left to
 * `rollup.verify` and `rollup.rebuild`.
 */
export interface CallTable {
  table: string;
  /** @default what the connection searches */
  schema?: string;
  columns: CallColumns;
  /**
   * `s` and `ms`: numbers since 1970; whole seconds or milliseconds. `timestamp`: on PostgreSQL a timestamp with or (then
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
   * How far each look for changes reaches back over the one before, 0 to 86400 seconds: the longest transaction of the
   * host's writers and the difference of their clocks together.
   * @default 120
   */
  overlapSeconds?: number;
  /** Values of `appDid` that mean "no project", besides null. @default [''] */
  unassigned?: readonly string[];
  /** Whether an index begins with `startedAt`; without one a rollup goes from user to user. @default true */
  indexedByTime?: boolean;
}
