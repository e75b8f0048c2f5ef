/**
 * The statements that create `usage_hourly`, `usage_daily` and `usage_calls`: what SQL tools read, with names, instants and
 * decimals; see docs/sql.md.
 *
 * Each row counts calls that no other row of the view counts, so any sum is right. Hours and days that are not rolled up, or
 * changed since, are summed from the calls.
 */
export function writeViews(dialect: ViewDialect): string[] {
  return [
    `create view usage_calls as ${callsView(dialect)}`,
    `create view usage_hourly as ${hourlyView(dialect)}`,
    `create view usage_daily as ${dailyView(dialect)}`,
  ];
}

/** What the views write differently on each database. */
export interface ViewDialect {
  /** The instant that many milliseconds after 1970. */
  instant: (ms: string) => string;
  /** The instant that many hours after 1970. */
  hour: (hours: string) => string;
  /** Units of 1e-8, and what they leave in units of 1e-10 or null, as a decimal. */
  credits: (unitsE8: string, restE10: string) => string;
  /** Units of 1e-10 as a decimal. */
  money: (unitsE10: string) => string;
  /** Division of integers, rounded down for those that are not negative. */
  divide: (expression: string, divisor: number) => string;
  /** A sum of integers as an integer. */
  sum: (expression: string) => string;
  /** An integer of 64 bits. */
  long: (value: number) => string;
}

function callsView({ instant, credits, money }: ViewDialect): string {
  return `select calls.user_did, calls.id, calls.trace_id, calls.app_did, calls.model,
      nullif(calls.provider, '') as provider, calls.type, calls.status,
      ${instant('calls.started_at_ms')} as started_at, calls.duration_us / 1000.0 as duration_ms,
      calls.ttfb_us / 1000.0 as ttfb_ms, calls.input_tokens, calls.output_tokens,
      calls.total_tokens, calls.units, ${credits('calls.credits_e8', 'calls.credits_rest_e10')} as credits,
      calls.credits_e8, calls.credits_rest_e10,
      calls.cached_input_tokens, calls.cache_write_tokens, calls.reasoning_tokens,
      ${money('calls.cost_e10')} as cost, calls.cost_e10, calls.currency,
      coalesce(calls.cost_source, 'unknown') as cost_source, calls.price_table,
      calls.error_reason, calls.metadata
    from model_calls as calls`;
}

const TOKEN_TYPES = `('chatCompletion', 'embedding', 'custom')`;

/** Figures of stored rows, named as in the views. */
const STORED = `stats.calls, stats.successful_calls, stats.failed_calls, stats.input_tokens,
  stats.output_tokens, stats.total_tokens, coalesce(stats.unknown_token_calls, 0) as unknown_token_calls,
  stats.credits_e8, coalesce(stats.unknown_credit_calls, 0) as unknown_credit_calls, stats.duration_us,
  stats.duration_samples, ${[
    'ttfb_us',
    'ttfb_samples',
    'cached_input_tokens',
    'cached_input_token_calls',
    'cached_input_base_tokens',
    'cache_write_tokens',
    'cache_write_token_calls',
    'reasoning_tokens',
    'reasoning_token_calls',
    'generated_tokens',
    'generation_us',
    'credits_rest_e10',
    'cost_e10',
    'cost_calls',
  ]
    .map((name) => `coalesce(stats.${name}, 0) as ${name}`)
    .join(', ')}`;

/** The same figures of a group of calls. */
function counted({ sum }: ViewDialect): string {
  const when = (condition: string, value = '1'): string =>
    sum(`case when ${condition} then ${value} else 0 end`);
  const isSample = (column: string): string => `calls.status = 'success' and calls.${column} >= 0`;
  const isGenerated = `calls.status = 'success' and calls.output_tokens is not null
      and calls.ttfb_us >= 0 and calls.duration_us > calls.ttfb_us`;
  const isPriced = `calls.status <> 'processing' and calls.cost_e10 is not null
      and calls.currency = ${CURRENCY}`;
  const parts = ['cached_input', 'cache_write', 'reasoning'].flatMap((name) => [
    `${sum(`coalesce(calls.${name}_tokens, 0)`)} as ${name}_tokens`,
    `${when(`calls.${name}_tokens is not null`)} as ${name}_token_calls`,
    ...(name === 'cached_input'
      ? [
          `${when('calls.cached_input_tokens is not null', 'coalesce(calls.input_tokens, 0)')}
      as cached_input_base_tokens`,
        ]
      : []),
  ]);
  return `count(*) as calls, ${when(`calls.status = 'success'`)} as successful_calls,
    ${when(`calls.status = 'failed'`)} as failed_calls,
    ${sum('coalesce(calls.input_tokens, 0)')} as input_tokens,
    ${sum('coalesce(calls.output_tokens, 0)')} as output_tokens,
    ${sum('coalesce(calls.total_tokens, 0)')} as total_tokens,
    ${when(`calls.status <> 'processing' and calls.total_tokens is null and calls.type in ${TOKEN_TYPES}`)}
      as unknown_token_calls,
    ${sum('coalesce(calls.credits_e8, 0)')} as credits_e8,
    ${when(`calls.status <> 'processing' and calls.credits_e8 is null`)} as unknown_credit_calls,
    ${when(isSample('duration_us'), 'calls.duration_us')} as duration_us,
    ${when(isSample('duration_us'))} as duration_samples,
    ${when(isSample('ttfb_us'), 'calls.ttfb_us')} as ttfb_us,
    ${when(isSample('ttfb_us'))} as ttfb_samples, ${parts.join(', ')},
    ${when(isGenerated, 'calls.output_tokens')} as generated_tokens,
    ${when(isGenerated, 'calls.duration_us - calls.ttfb_us')} as generation_us,
    ${sum('coalesce(calls.credits_rest_e10, 0)')} as credits_rest_e10,
    ${when(isPriced, 'calls.cost_e10')} as cost_e10, ${when(isPriced)} as cost_calls`;
}

/** The currency of all sums; null before the first rollup, when no cost counts. */
const CURRENCY = `(select currency from model_call_rollups where name = 'hourly')`;

/** Columns that the views make of those figures. */
function shown({ credits, money }: ViewDialect): string {
  return `calls, successful_calls, failed_calls,
    calls - successful_calls - failed_calls as processing_calls,
    input_tokens, output_tokens, total_tokens, unknown_token_calls,
    ${credits('credits_e8', 'credits_rest_e10')} as credits, credits_e8, credits_rest_e10,
    unknown_credit_calls,
    duration_us / 1000.0 as duration_ms, duration_samples, ttfb_us / 1000.0 as ttfb_ms, ttfb_samples,
    cached_input_tokens, cached_input_token_calls, cached_input_base_tokens, cache_write_tokens,
    cache_write_token_calls, reasoning_tokens, reasoning_token_calls,
    generated_tokens, generation_us / 1000.0 as generation_ms,
    ${money('cost_e10')} as cost, cost_e10, ${CURRENCY} as currency,
    successful_calls + failed_calls - cost_calls as unpriced_calls`;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MIN_MS = -9_000_000_000_000_000;
const MAX_MS = 9_000_000_000_000_000;
const ARCHIVED_MS = `coalesce(users.archived_before_ms, ${MIN_MS})`;
const DIRTY = `model_call_dirty_hours as dirty
      join model_call_users as users on users.user_did = dirty.user_did`;
const DIRTY_DAY = `dirty.hour_ms - dirty.hour_ms % ${DAY_MS}`;

/** Calls of each user's ranges of time, which do not overlap. */
const callsIn = (ranges: string): string => `(${ranges}) as ranges
    join model_calls as calls on calls.user_did = ranges.user_did
      and calls.started_at_ms >= ranges.from_ms and calls.started_at_ms < ranges.to_ms`;

/** Ranges whose calls are not in rows of hours: hours that are not built, or changed; late calls of archived ones. */
const UNCOUNTED_HOURS = `
    select users.user_did, coalesce(users.built_through_ms, ${MIN_MS}) as from_ms, ${MAX_MS} as to_ms
    from model_call_users as users
    union all
    select dirty.user_did, dirty.hour_ms, dirty.hour_ms + ${HOUR_MS} from ${DIRTY}
    where dirty.hour_ms < users.built_through_ms`;

/** The same for days. */
const UNCOUNTED_DAYS = `
    select users.user_did, coalesce(users.days_through_ms, ${MIN_MS}) as from_ms, ${MAX_MS} as to_ms
    from model_call_users as users
    union all
    select distinct dirty.user_did, ${DIRTY_DAY}, ${DIRTY_DAY} + ${DAY_MS} from ${DIRTY}
    where ${DIRTY_DAY} < users.days_through_ms and dirty.hour_ms >= ${ARCHIVED_MS}
    union all
    select dirty.user_did, dirty.hour_ms, dirty.hour_ms + ${HOUR_MS} from ${DIRTY}
    where ${DIRTY_DAY} < users.days_through_ms and dirty.hour_ms < ${ARCHIVED_MS}`;

/** Whether a user has an hour from one instant to another that is to be rebuilt from its calls. */
const hasDirtyHour = (fromMs: string, ms: number): string => `exists (
      select 1 from model_call_dirty_hours as dirty where dirty.user_did = users.user_did
        and dirty.hour_ms >= ${fromMs} and dirty.hour_ms < ${fromMs} + ${ms}
        and dirty.hour_ms >= ${ARCHIVED_MS})`;

/** One row for each hour, user and project. */
function hourlyView(sql: ViewDialect): string {
  const hour = sql.divide('calls.started_at_ms', HOUR_MS);
  return `select user_did, ${sql.hour('bucket')} as hour_start, app_did, ${shown(sql)} from (
    select stats.user_did, stats.bucket, projects.app_did, ${STORED}
    from model_call_stats as stats
    join model_call_users as users on users.user_did = stats.user_did
    join model_call_projects as projects
      on projects.user_did = stats.user_did and projects.app_id = stats.app_id
    where stats.granularity = 3 and stats.scope = 2
      and stats.bucket < ${sql.divide('users.built_through_ms', HOUR_MS)}
      and not ${hasDirtyHour(`stats.bucket * ${sql.long(HOUR_MS)}`, HOUR_MS)}
    union all
    select calls.user_did, ${hour} as bucket, calls.app_did, ${counted(sql)}
    from ${callsIn(UNCOUNTED_HOURS)}
    group by calls.user_did, ${hour}, calls.app_did
  ) as hours`;
}

/** One row for each UTC day, user, project and model. */
function dailyView(sql: ViewDialect): string {
  const day = sql.divide('calls.started_at_ms', DAY_MS);
  return `select user_did, ${sql.hour('day_number * 24')} as day_start, app_did, model, provider, type,
      ${shown(sql)}
    from (
    select stats.user_did, ${sql.divide('stats.bucket', 24)} as day_number, projects.app_did, models.model,
      nullif(models.provider, '') as provider, models.type, ${STORED}
    from model_call_stats as stats
    join model_call_users as users on users.user_did = stats.user_did
    join model_call_projects as projects
      on projects.user_did = stats.user_did and projects.app_id = stats.app_id
    join model_call_models as models
      on models.user_did = stats.user_did and models.model_id = stats.model_id
    where stats.granularity = 2 and stats.scope = 3
      and stats.bucket < ${sql.divide('users.days_through_ms', HOUR_MS)}
      and not ${hasDirtyHour(`stats.bucket * ${sql.long(HOUR_MS)}`, DAY_MS)}
    union all
    select calls.user_did, ${day} as day_number, calls.app_did, calls.model,
      nullif(calls.provider, '') as provider, calls.type, ${counted(sql)}
    from ${callsIn(UNCOUNTED_DAYS)}
    group by calls.user_did, ${day}, calls.app_did, calls.model, nullif(calls.provider, ''), calls.type
  ) as days`;
}
