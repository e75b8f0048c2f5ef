import { TABLES } from '../db/tables.js';
import type { Dialect } from '../db/dialect.js';

/** Fields of a call that figures are made of, in the order in which they are read. */
export const CALL_FIELDS = [
  'userDid',
  'appDid',
  'provider',
  'model',
  'type',
  'status',
  'startedAtMs',
  'durationUs',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'creditsE8',
] as const;
export type CallField = (typeof CALL_FIELDS)[number];

/** Where calls are, as SQL. */
export interface CallSource {
  table: string;
  /** Expressions over a row; those of users and projects are the columns themselves, so that indexes serve them. */
  fields: Record<CallField, string>;
  /** The column that calls are found by their start with, and its scale. */
  time: {
    column: string;
    /** The first value of the column at or after an instant. */
    bound(instantMs: number): number | string;
    /** A value of the column as epoch milliseconds. */
    toMs(expression: string): string;
  };
}

/** The SDK's own table. */
export function ownCalls(dialect: Dialect): CallSource {
  return {
    table: TABLES.calls,
    fields: {
      userDid: 'user_did',
      appDid: 'app_did',
      provider: 'provider',
      model: 'model',
      type: 'type',
      status: 'status',
      startedAtMs: 'started_at_ms',
      durationUs: 'duration_us',
      inputTokens: 'input_tokens',
      outputTokens: 'output_tokens',
      totalTokens: 'total_tokens',
      creditsE8: dialect.integerAsText('credits_e8'),
    },
    time: {
      column: 'started_at_ms',
      bound: (instantMs) => instantMs,
      toMs: (expression) => expression,
    },
  };
}
