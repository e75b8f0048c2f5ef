import { DEFAULT_CREDIT_DECIMALS, type CreditDecimals } from '../values/amounts.js';
import type { CallSource } from './call-source.js';
import type { Dialect } from './dialects/dialect.js';
import { sql } from './sql.js';

/** Columns of a row of the call history: those of the SDK's own table without the user. */
const PAGE_COLUMNS = [
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
