import type { Knex } from 'knex';
import type { StoredCall } from '../src/values/stored-call.js';

const BATCH = 10_000;
const MYSQL_ROWS = 1000;

/**
 * Fills `model_calls` as fast as the database takes rows: without indexes, triggers and durability, which are put back
 * afterwards. How fast the SDK records is measured elsewhere (record.ts).
 */
export async function bulkLoad(knex: Knex, calls: Iterable<StoredCall>): Promise<void> {
  const client = (knex.client as { driverName: string }).driverName;
  const restore =
    await STRIP[client === 'pg' ? 'postgres' : /sqlite/.test(client) ? 'sqlite' : 'mysql'](knex);
  let batch: Record<string, unknown>[] = [];
  for (const call of calls) {
    batch.push(toRow(call));
    if (batch.length < BATCH) continue;
    await insertBatch(knex, client, batch);
    batch = [];
  }
  await insertBatch(knex, client, batch);
  for (const sql of restore) await knex.raw(sql);
  // What the triggers would have done.
  await knex.raw(
    `insert into model_call_users (user_did, version, due_at_ms) select distinct user_did, 1, 0 from model_calls`,
  );
  // As after a restore: otherwise the server does it during the first measurement.
  if (client === 'pg') await knex.raw('vacuum analyze model_calls');
  else await knex.raw(client.includes('sqlite') ? 'analyze' : 'analyze table model_calls');
}

async function stripSqlite(knex: Knex): Promise<string[]> {
  await knex.raw('pragma synchronous = off');
  const parts = await knex.raw<{ type: string; name: string; sql: string }[]>(
    `select type, name, sql from sqlite_master
     where tbl_name = 'model_calls' and type in ('index', 'trigger') and sql is not null`,
  );
  for (const { type, name } of parts) await knex.raw(`drop ${type} ${name}`);
  return [...parts.map(({ sql }) => sql), 'pragma synchronous = full'];
}

async function stripPostgres(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { name: string; sql: string }[] }>(
    `select indexname as name, indexdef as sql from pg_indexes
     where tablename = 'model_calls' and indexname <> 'model_calls_pkey'`,
  );
  await knex.raw('alter table model_calls disable trigger user');
  for (const { name } of rows) await knex.raw(`drop index ${name}`);
  return [...rows.map(({ sql }) => sql), 'alter table model_calls enable trigger user'];
}

async function stripMysql(knex: Knex): Promise<string[]> {
  const [indexes = []] = await knex.raw<[{ name: string; columns: string }[]?]>(
    `select index_name as name, group_concat(column_name order by seq_in_index) as columns
     from information_schema.statistics
     where table_schema = database() and table_name = 'model_calls' and index_name <> 'PRIMARY' group by 1`,
  );
  const [triggers = []] = await knex.raw<[{ Trigger: string }[]?]>('show triggers');
  const restore = [
    `alter table model_calls ${indexes.map(({ name, columns }) => `add index ${name} (${columns})`).join(', ')}`,
  ];
  for (const { Trigger: name } of triggers) {
    const [rows] = await knex.raw<[Record<string, string>[]?]>(`show create trigger ${name}`);
    restore.push(rows?.[0]?.['SQL Original Statement'] ?? '');
    await knex.raw(`drop trigger ${name}`);
  }
  await knex.raw(
    `alter table model_calls ${indexes.map(({ name }) => `drop index ${name}`).join(', ')}`,
  );
  return restore;
}

const STRIP = { sqlite: stripSqlite, postgres: stripPostgres, mysql: stripMysql };

async function insertBatch(
  knex: Knex,
  client: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  if (client.includes('sqlite')) {
    const values = columns.map((_, index) => `json_extract(value, '$[${index}]')`);
    await knex.raw(
      `insert into model_calls (${columns.join(', ')}) select ${values.join(', ')} from json_each(?)`,
      [JSON.stringify(rows.map((row) => columns.map((column) => row[column])))],
    );
  } else if (client === 'pg') {
    await knex.raw(
      `insert into model_calls (${columns.join(', ')})
       select ${columns.join(', ')} from json_populate_recordset(null::model_calls, ?)`,
      [JSON.stringify(rows)],
    );
  } else {
    await knex.transaction(async (trx) => {
      for (let start = 0; start < rows.length; start += MYSQL_ROWS) {
        await trx('model_calls').insert(rows.slice(start, start + MYSQL_ROWS));
      }
    });
  }
}

function toRow(call: StoredCall): Record<string, unknown> {
  return {
    user_did: call.userDid,
    id: call.id,
    trace_id: call.traceId,
    app_did: call.appDid,
    model: call.model,
    provider: call.provider,
    type: call.type,
    status: call.status,
    started_at_ms: call.startedAtMs,
    duration_us: call.durationUs,
    ttfb_us: call.ttfbUs,
    input_tokens: call.inputTokens,
    output_tokens: call.outputTokens,
    total_tokens: call.totalTokens,
    units: call.units,
    credits_e8: Number(call.creditsE10) / 100,
    cached_input_tokens: call.cachedInputTokens,
    cache_write_tokens: call.cacheWriteTokens,
    reasoning_tokens: call.reasoningTokens,
    cost_e10: call.costE10,
    currency: call.currency,
    cost_source: call.costSource,
    price_table: call.priceTable,
    error_reason: call.errorReason,
    metadata: call.metadata,
  };
}
