import type { Knex } from 'knex';

/** The pre-aggregates, the small integers that name users, projects and models in them, and their progress. */
export async function up(knex: Knex): Promise<void> {
  const collation = await exactCollation(knex);
  await knex.schema.createTable('model_call_keys', (table) => {
    if (collation !== null) table.collate(collation);
    table.increments('id');
    table.smallint('kind').notNullable();
    table.string('name', 512).notNullable();
    table.unique(['kind', 'name'], { indexName: 'model_call_keys_kind_name' });
  });
  await createClustered(knex, collation, 'model_call_stats', addUserStats);
  await createClustered(knex, collation, 'model_call_project_stats', addProjectStats);
  if (/^(pg|postgres)/.test(clientOf(knex))) {
    // Cells of thousands of projects are read whole: unpacking them would take longer than reading them.
    await knex.raw('alter table model_call_stats alter column projects set storage external');
  }
  await knex.schema.createTable('model_call_dirty_hours', (table) => {
    if (collation !== null) table.collate(collation);
    table.string('user_did', 255).notNullable();
    table.bigInteger('hour_ms').notNullable();
    table.primary(['user_did', 'hour_ms']);
  });
  await knex.schema.createTable('model_call_rollups', (table) => {
    table.string('name', 32).primary();
    /** Calls that start before it mark their hour when they are written; never below the next one. */
    table.bigInteger('hours_through_ms');
    /** Hours before it are built. */
    table.bigInteger('built_through_ms');
    table.bigInteger('days_through_ms');
    table.bigInteger('months_through_ms');
    table.bigInteger('epoch').notNullable().defaultTo(0);
    table.string('owner', 64);
    table.bigInteger('lease_until_ms').notNullable().defaultTo(0);
    table.bigInteger('last_success_at_ms');
    table.bigInteger('last_failure_at_ms');
    table.text('last_failure');
  });
  await knex('model_call_rollups').insert({ name: 'hourly' });
}

/** Figures of a user's bucket: of all calls, and packed by model and by project. */
function addUserStats(table: Knex.CreateTableBuilder): void {
  addBucketKey(table);
  table.bigInteger('calls').notNullable();
  table.bigInteger('successful_calls').notNullable();
  table.bigInteger('failed_calls').notNullable();
  table.bigInteger('input_tokens').notNullable();
  table.bigInteger('output_tokens').notNullable();
  table.bigInteger('total_tokens').notNullable();
  table.bigInteger('credits_e8').notNullable();
  table.bigInteger('duration_us').notNullable();
  table.bigInteger('duration_samples').notNullable();
  table.bigInteger('min_duration_us');
  table.bigInteger('max_duration_us');
  table.bigInteger('last_started_at_ms');
  table.text('durations').notNullable();
  /** Null where the projects of an hour, which are by model, are read as fast. */
  table.text('models', 'mediumtext');
  table.text('app_ids', 'mediumtext').notNullable();
  table.text('projects', 'mediumtext').notNullable();
  table.primary(['grain', 'bucket', 'user_id']);
}

/** Figures of a project's day or month, packed by model. */
function addProjectStats(table: Knex.CreateTableBuilder): void {
  addBucketKey(table);
  table.integer('app_id').notNullable();
  table.bigInteger('last_started_at_ms').notNullable();
  table.text('models', 'mediumtext').notNullable();
  table.primary(['grain', 'bucket', 'user_id', 'app_id']);
}

/** By time before user: rollups write side by side at the end, and a user's buckets are found one by one. */
function addBucketKey(table: Knex.CreateTableBuilder): void {
  /** 1 month, 2 day, 3 hour: new rows of the most frequent come last. */
  table.smallint('grain').notNullable();
  /** Hours since 1970-01-01T00:00Z at which the bucket starts. */
  table.integer('bucket').notNullable();
  table.integer('user_id').notNullable();
}

async function createClustered(
  knex: Knex,
  collation: string | null,
  name: string,
  addColumns: (table: Knex.CreateTableBuilder) => void,
): Promise<void> {
  const create = knex.schema.createTable(name, (table) => {
    if (collation !== null) table.collate(collation);
    addColumns(table);
  });
  for (const { sql } of create.toSQL()) {
    // Half the size on SQLite: the primary key is the table, not an index beside it.
    const isTable = /^create table/i.test(sql);
    await knex.raw(isTable && clientOf(knex).includes('sqlite') ? `${sql} without rowid` : sql);
  }
}

/** Drops what {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'model_call_rollups',
    'model_call_dirty_hours',
    'model_call_project_stats',
    'model_call_stats',
    'model_call_keys',
  ]) {
    await knex.schema.dropTable(table);
  }
}

function clientOf(knex: Knex): string {
  const { config } = knex.client as { config: Knex.Config };
  return String(config.client);
}

/** See 0001; written out again because migrations import nothing. */
async function exactCollation(knex: Knex): Promise<string | null> {
  if (!/mysql|mariadb/.test(clientOf(knex))) return null;
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  return /mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}
