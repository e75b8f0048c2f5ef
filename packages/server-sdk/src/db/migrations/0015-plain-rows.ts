import type { Knex } from 'knex';
import * as createRollups from './0002-create-rollups.js';
import * as watchCalls from './0004-watch-calls.js';
import * as hostTables from './0005-host-tables.js';
import * as countEdits from './0007-count-edits.js';
import * as archiveCalls from './0009-archive-calls.js';
import * as countEditsInPostgres from './0010-count-edits-in-postgres.js';
import * as countRevisions from './0011-count-revisions.js';
import * as letCallsEnd from './0012-let-calls-end.js';
import * as countUnknown from './0014-count-unknown.js';
import { convertArchived } from './0015/convert-archived.js';
import { createTriggers, dropNewTriggers, dropTriggers } from './0015/triggers.js';
import { collate, databaseOf, exactCollation } from './0015/databases.js';

/**
 * Aggregates as plain rows that the user leads, and progress by user; see docs/adr/0038-plain-rows.md.
 *
 * What was packed is converted where its calls are archived. All else is built from the calls by the next rollup; until then
 * it is computed with each answer.
 */
export async function up(knex: Knex): Promise<void> {
  await dropTriggers(knex);
  const collation = await exactCollation(knex);
  await createNames(knex, collation);
  await createSlots(knex);
  await alterUsers(knex);
  await knex('model_call_dirty_hours').delete();
  await knex.schema.alterTable('model_call_dirty_hours', (table) => {
    /** How often the hour changed since it was built. */
    table.integer('revision').notNullable().defaultTo(1);
  });
  await knex.schema.renameTable('model_call_stats', 'model_call_packed_stats');
  if (databaseOf(knex) === 'postgres') {
    // The new table's key takes the name.
    await knex.raw('alter index model_call_stats_pkey rename to model_call_packed_stats_pkey');
  }
  await createStats(knex, collation);
  await convertArchived(knex);
  await fillUsers(knex);
  for (const table of ['project_stats', 'packed_stats', 'keys', 'archived_firsts']) {
    await knex.schema.dropTable(`model_call_${table}`);
  }
  await alterRollups(knex);
  await knex.raw('alter table model_calls drop column revision');
  await createTriggers(knex);
}

/**
 * Makes the tables of before anew, empty: they are built from the calls.
 *
 * @throws Error where calls are archived: their figures would be lost
 */
export async function down(knex: Knex): Promise<void> {
  const archived: unknown = await knex('model_call_users')
    .whereNotNull('archived_before_ms')
    .first('user_did');
  if (archived !== undefined) {
    throw new Error(
      'Migration 0015 cannot be undone: calls are archived, and their figures would be lost',
    );
  }
  await dropNewTriggers(knex);
  const names = ['slots', 'projects', 'models', 'stats', 'users', 'dirty_hours', 'rollups'];
  for (const name of names) await knex.schema.dropTable(`model_call_${name}`);
  for (const migration of MIGRATIONS_OF_BEFORE) await migration.up(knex);
}

const MIGRATIONS_OF_BEFORE = [
  ...[createRollups, watchCalls, hostTables, countEdits, archiveCalls],
  ...[countEditsInPostgres, countRevisions, letCallsEnd, countUnknown],
];

async function createNames(knex: Knex, collation: string | null): Promise<void> {
  await knex.schema.createTable('model_call_projects', (table) => {
    collate(table, collation);
    table.string('user_did', 255).notNullable();
    table.integer('app_id').notNullable();
    table.string('app_did', 512).notNullable();
    /** Start of the first call of the project that was archived, epoch ms. */
    table.bigInteger('archived_first_ms');
    table.primary(['user_did', 'app_id']);
    table.unique(['user_did', 'app_did'], { indexName: 'model_call_projects_did' });
  });
  await knex.schema.createTable('model_call_models', (table) => {
    collate(table, collation);
    table.string('user_did', 255).notNullable();
    table.integer('model_id').notNullable();
    table.string('model', 255).notNullable();
    /** Empty when not known. */
    table.string('provider', 128).notNullable();
    table.string('type', 32).notNullable();
    table.primary(['user_did', 'model_id']);
    table.unique(['user_did', 'model', 'provider', 'type'], {
      indexName: 'model_call_models_name',
    });
  });
}

const SLOTS = 64;

async function createSlots(knex: Knex): Promise<void> {
  await knex.schema.createTable('model_call_slots', (table) => {
    table.smallint('slot').primary();
    table.string('owner', 64);
    table.bigInteger('epoch').notNullable().defaultTo(0);
    table.bigInteger('lease_until_ms').notNullable().defaultTo(0);
    /** Users of the slot without calls that are due were rolled up to here. */
    table.bigInteger('swept_through_ms');
  });
  const rows = Array.from({ length: SLOTS }, (_, slot) => ({ slot }));
  await knex('model_call_slots').insert(rows);
}

const PROGRESS = ['due_at', 'claimed_through', 'built_through', 'days_through', 'months_through'];

async function alterUsers(knex: Knex): Promise<void> {
  for (const column of ['rebuilds', ...(databaseOf(knex) === 'mysql' ? [] : ['edits'])]) {
    // Not by Knex: on SQLite it makes the table anew.
    await knex.raw(`alter table model_call_users drop column ${column}`);
  }
  await knex.schema.alterTable('model_call_users', (table) => {
    table.smallint('slot').notNullable().defaultTo(0);
    for (const name of PROGRESS) table.bigInteger(`${name}_ms`);
    table.bigInteger('archived_before_ms');
    table.bigInteger('rollup_revision').notNullable().defaultTo(0);
    table.index(['slot', 'due_at_ms'], 'model_call_users_due');
  });
}

async function createStats(knex: Knex, collation: string | null): Promise<void> {
  const create = knex.schema.createTable('model_call_stats', (table) => {
    collate(table, collation);
    table.string('user_did', 255).notNullable();
    /** 1 month, 2 day, 3 hour. */
    table.smallint('granularity').notNullable();
    /** Hours since 1970-01-01T00:00Z at which the bucket starts. */
    table.integer('bucket').notNullable();
    /** 0 user, 1 model, 2 project, 3 project and model. */
    table.smallint('scope').notNullable();
    /** 0: all projects. */
    table.integer('app_id').notNullable();
    /** 0: all models. */
    table.integer('model_id').notNullable();
    addFigures(table);
    table.primary(['user_did', 'granularity', 'bucket', 'scope', 'app_id', 'model_id']);
  });
  for (const { sql } of create.toSQL()) {
    // On SQLite the primary key is the table, not an index alongside it.
    const isTable = /^create table/i.test(sql);
    await knex.raw(isTable && databaseOf(knex) === 'sqlite' ? `${sql} without rowid` : sql);
  }
}

function addFigures(table: Knex.CreateTableBuilder): void {
  const sums = ['calls', 'successful_calls', 'failed_calls', 'input_tokens', 'output_tokens'];
  for (const name of [...sums, 'total_tokens', 'credits_e8', 'duration_us', 'duration_samples']) {
    table.bigInteger(name).notNullable();
  }
  /** Null with fewer than two samples: with one, both are `duration_us`. */
  table.bigInteger('min_duration_us');
  table.bigInteger('max_duration_us');
  /** Of scope 2 only. */
  table.bigInteger('last_started_at_ms');
  /** See docs/adr/0003-duration-sketch.md. */
  table.text('durations', 'mediumtext').notNullable();
  /** Calls of which the figure is known; null: all. */
  for (const name of ['input_token', 'output_token', 'total_token', 'credit']) {
    table.bigInteger(`${name}_calls`);
  }
  /** Null: none. */
  table.bigInteger('unknown_token_calls');
  table.bigInteger('unknown_credit_calls');
  /** Time to the first byte of successful calls; null without a sample. */
  table.bigInteger('ttfb_us');
  table.bigInteger('ttfb_samples');
  table.text('ttfbs', 'mediumtext');
}

/** All users are due; those of calls that were loaded without triggers had no row yet. */
async function fillUsers(knex: Knex): Promise<void> {
  const name = databaseOf(knex);
  await knex.raw(
    `insert into model_call_users (user_did, version) select distinct user_did, 1 from model_calls as calls
     where not exists (select 1 from model_call_users as users where users.user_did = calls.user_did)`,
  );
  const slot = { sqlite: `abs(random()) % ${SLOTS}`, postgres: `floor(random() * ${SLOTS})` };
  await knex.raw(
    `update model_call_users set slot = ${name === 'mysql' ? `floor(rand() * ${SLOTS})` : slot[name]}, due_at_ms = 0`,
  );
}

async function alterRollups(knex: Knex): Promise<void> {
  const columns = ['hours', 'built', 'days', 'months'].map((column) => `${column}_through_ms`);
  for (const column of [...columns, 'archived_before_ms', 'owner', 'epoch', 'lease_until_ms']) {
    await knex.raw(`alter table model_call_rollups drop column ${column}`);
  }
  await knex.schema.alterTable('model_call_rollups', (table) => {
    /** Users of a host's table with calls that start before it were found. */
    table.bigInteger('scanned_through_ms');
  });
}
