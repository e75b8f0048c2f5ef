import type { Knex } from 'knex';
import { HEAVY_USER } from './dataset.js';

const TABLE = 'bench_hub_stats';

/**
 * Pre-aggregates as AIGNE Hub keeps them, for one user: a row for each project and hour, its figures a JSON text
 * (columns, keys and index after its `ModelCallStats`). SQLite alone, as Hub.
 */
export async function buildHubRows(knex: Knex): Promise<void> {
  await knex.schema.dropTableIfExists(TABLE);
  await knex.raw(`create table ${TABLE} (id text primary key, userDid text, appDid text, timestamp integer,
    timeType text, stats text, createdAt text, updatedAt text)`);
  const sums = `'totalUsage', sum(total_tokens), 'totalCredits', sum(credits_e8) / 1e8, 'totalCalls', count(*),
    'successCalls', sum(status = 'success'), 'totalDuration', sum(duration_us) / 1e6,
    'avgDuration', avg(duration_us) / 1e6`;
  await knex.raw(
    `insert into ${TABLE}
     select lower(hex(randomblob(16))), user_did, app_did, started_at_ms / 3600000 * 3600, 'hour',
       json_object(${sums}, 'byType', json_object('chatCompletion', json_object(${sums}))),
       '2026-11-22 10:20:00.000 +00:00', '2026-11-22 10:20:00.000 +00:00'
     from model_calls where user_did = ? group by user_did, app_did, started_at_ms / 3600000`,
    [HEAVY_USER],
  );
  await knex.raw(`create index ${TABLE}_key on ${TABLE} (timeType, timestamp, userDid, appDid)`);
}

/** Its project list over a range: sums alone, as it has no percentile of a range. */
export function hubProjects(knex: Knex, fromMs: number, toMs: number): Promise<unknown> {
  const sum = (key: string): string => `sum(json_extract(stats, '$.${key}')) as ${key}`;
  const keys = ['totalUsage', 'totalCredits', 'totalCalls', 'successCalls', 'totalDuration'];
  return knex.raw(
    `select appDid, ${keys.map(sum).join(', ')}, max(timestamp) as lastCall from ${TABLE}
     where timeType = 'hour' and timestamp >= ? and timestamp < ? and userDid = ? group by appDid`,
    [fromMs / 1000, toMs / 1000, HEAVY_USER],
  );
}

/** Drops the table again. */
export async function dropHubRows(knex: Knex): Promise<void> {
  await knex.schema.dropTableIfExists(TABLE);
}
