import type { QueryInterface } from 'sequelize';

/** What differs between rows of hours and of days. */
interface Rows {
  timeType: 'hour' | 'day';
  start: string;
  /** Expressions over a row of the view. */
  modelId: string;
  /** Ends the id: a model may have calls of several types. */
  key: string;
  byType: string;
}

/** The columns of the Hub's `ModelCallStats` and `modelId`. */
const columns = ({ timeType, start, modelId, key, byType }: Rows): string => `
  select user_did || '-' || app_did || '-${timeType}-' || strftime('%s', ${start}) || ${key} as "id",
    user_did as "userDid", nullif(app_did, 'unassigned') as "appDid", ${modelId} as "modelId",
    cast(strftime('%s', ${start}) as integer) as "timestamp", '${timeType}' as "timeType",
    json_object('totalUsage', total_tokens, 'totalCredits', credits, 'totalCalls', calls,
      'successCalls', successful_calls, 'totalDuration', duration_ms / 1000.0,
      'avgDuration', coalesce(duration_ms / 1000.0 / nullif(duration_samples, 0), 0),
      'totalTtfb', ttfb_ms, 'ttfbCount', ttfb_samples,
      'avgTtfb', coalesce(ttfb_ms / nullif(ttfb_samples, 0), 0), 'byType', ${byType}) as "stats",
    ${start} as "createdAt", ${start} as "updatedAt"`;

const HOURS = columns({
  timeType: 'hour',
  start: 'hour_start',
  modelId: 'null',
  key: `''`,
  byType: `json('{}')`,
});
const MODEL_ID = `coalesce(provider || '/', '') || model`;
const DAYS = columns({
  timeType: 'day',
  start: 'day_start',
  modelId: MODEL_ID,
  key: `'-' || type || '-' || ${MODEL_ID}`,
  byType: `json_object(type, json_object('totalUsage', total_tokens, 'totalCredits', credits,
      'totalCalls', calls, 'successCalls', successful_calls))`,
});

/**
 * A migration of the Hub's, after `usage.migrate()`: the view `ModelCallStatRows` has rows of hours for each project, and rows of
 * days for each project and model, in the shape of `ModelCallStats`. The Hub’s table stays as it is.
 */
export async function up({ context }: { context: QueryInterface }): Promise<void> {
  await context.sequelize.query(
    `create view "ModelCallStatRows" as ${HOURS} from usage_hourly union all ${DAYS} from usage_daily`,
  );
}

/** Drops the view. */
export async function down({ context }: { context: QueryInterface }): Promise<void> {
  await context.sequelize.query('drop view if exists "ModelCallStatRows"');
}
