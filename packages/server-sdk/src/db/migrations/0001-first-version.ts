import type { Knex } from 'knex';
import { writeMysqlStatements } from './0001/mysql.js';
import { POSTGRES, POSTGRES_FUNCTIONS } from './0001/postgres.js';
import { SQLITE } from './0001/sqlite.js';

/** All tables, triggers and views, as docs/adr/0038-plain-rows.md describes them; one file of statements per database. */
export async function up(knex: Knex): Promise<void> {
  for (const statement of await listStatements(knex)) await knex.raw(statement);
}

const VIEWS = ['usage_daily', 'usage_hourly', 'usage_calls'];
const TABLES = [
  ...['model_calls', 'model_call_users', 'model_call_dirty_hours', 'model_call_stats'],
  ...['model_call_projects', 'model_call_models', 'model_call_slots', 'model_call_rollups'],
  ...['model_quota_snapshots', 'model_embed_generations', 'model_call_secrets'],
];

/**
 * Drops all that {@link up} made; triggers go with their table.
 *
 * @throws Error where calls are archived: their figures would be lost
 */
export async function down(knex: Knex): Promise<void> {
  const archived: unknown = await knex('model_call_users')
    .whereNotNull('archived_before_ms')
    .first('user_did');
  if (archived !== undefined) {
    throw new Error(
      'Migration 0001 cannot be undone: calls are archived, and their figures would be lost',
    );
  }
  for (const view of VIEWS) await knex.raw(`drop view ${view}`);
  for (const table of TABLES) await knex.raw(`drop table ${table}`);
  if (databaseOf(knex) !== 'postgres') return;
  for (const name of POSTGRES_FUNCTIONS) await knex.raw(`drop function ${name}`);
}

async function listStatements(knex: Knex): Promise<readonly string[]> {
  const name = databaseOf(knex);
  if (name === 'sqlite') return SQLITE;
  if (name === 'postgres') return POSTGRES;
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  return writeMysqlStatements(row.version);
}

function databaseOf(knex: Knex): 'sqlite' | 'postgres' | 'mysql' {
  const { driverName } = knex.client as Knex.Client;
  if (driverName.includes('sqlite')) return 'sqlite';
  return /mysql|mariadb/.test(driverName) ? 'mysql' : 'postgres';
}
