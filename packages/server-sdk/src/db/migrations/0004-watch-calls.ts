import type { Knex } from 'knex';

/**
 * Triggers that see what other programs do to `model_calls` with plain SQL, and the version of each user's data.
 *
 * Whoever writes a call must mark its hour if that was rolled up already, and raise the version of its user. The SDK does
 * both for a whole batch at once and says so by setting `recorded_at_ms` to the time of its statement (on MySQL: to the
 * value of a variable of its connection), which the triggers of that statement see too: a row that says anything else (nothing, the time of an earlier write, a copied value) is not
 * the SDK's, and its trigger does the work. A call that moves to another hour is left to the triggers whoever moves it,
 * because only they know for certain where it was.
 *
 * Each locks the rollup's row like a writer of the SDK, so that no rollup passes it unseen.
 */
export async function up(knex: Knex): Promise<void> {
  const name = databaseOf(knex);
  const collation = await exactCollation(knex);
  await knex.schema.createTable('model_call_users', (table) => {
    if (collation !== null) table.collate(collation);
    table.string('user_did', 255).notNullable().primary();
    table.bigInteger('version').notNullable();
    /** How often an hour of the user that was rolled up was rebuilt. */
    table.bigInteger('rebuilds').notNullable().defaultTo(0);
  });
  for (const statement of CREATE[name]) await knex.raw(statement);
}

/** Drops what {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  for (const statement of DROP[databaseOf(knex)]) await knex.raw(statement);
  await knex.schema.dropTable('model_call_users');
}

type DatabaseName = 'sqlite' | 'postgres' | 'mysql';

function databaseOf(knex: Knex): DatabaseName {
  const { config } = knex.client as { config: Knex.Config };
  const client = String(config.client);
  if (client.includes('sqlite')) return 'sqlite';
  return /mysql|mariadb/.test(client) ? 'mysql' : 'postgres';
}

/** See 0001; written out again because migrations import nothing. */
async function exactCollation(knex: Knex): Promise<string | null> {
  if (databaseOf(knex) !== 'mysql') return null;
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  return /mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}

const hourOf = (instant: string): string => `${instant} - ${instant} % 3600000`;

/** The same throughout a statement and its triggers; the SDK's writes must say the same. */
const STATEMENT_MS = {
  sqlite: `cast(unixepoch('subsec') * 1000 as integer)`,
  postgres: `floor(extract(epoch from now()) * 1000)::bigint`,
};

const sqliteMark = (row: 'old' | 'new'): string => `
  insert into model_call_dirty_hours (user_did, hour_ms)
    select ${row}.user_did, ${hourOf(`${row}.started_at_ms`)} from model_call_rollups
    where name = 'hourly' and ${row}.started_at_ms < hours_through_ms on conflict do nothing;
  insert into model_call_users (user_did, version) values (${row}.user_did, 1)
    on conflict (user_did) do update set version = model_call_users.version + 1;`;

const sqliteForeign = `new.recorded_at_ms is not ${STATEMENT_MS.sqlite}`;

const SQLITE = [
  // "insert or replace" deletes the row in its way without firing the trigger of deletions.
  `create trigger model_calls_replaced before insert on model_calls when ${sqliteForeign}
   begin
     insert into model_call_dirty_hours (user_did, hour_ms)
       select user_did, ${hourOf('started_at_ms')} from model_calls
       where user_did = new.user_did and id = new.id
         and started_at_ms < (select hours_through_ms from model_call_rollups where name = 'hourly')
       on conflict do nothing;
   end`,
  `create trigger model_calls_inserted after insert on model_calls when ${sqliteForeign}
   begin ${sqliteMark('new')} end`,
  `create trigger model_calls_updated after update on model_calls
   when ${sqliteForeign} or new.recorded_at_ms is old.recorded_at_ms
     or new.user_did is not old.user_did or new.started_at_ms / 3600000 <> old.started_at_ms / 3600000
   begin ${sqliteMark('old')} ${sqliteMark('new')} end`,
  `create trigger model_calls_deleted after delete on model_calls begin ${sqliteMark('old')} end`,
];

const POSTGRES = [
  `create function model_call_changed(changed_user varchar, changed_ms bigint) returns void
   language plpgsql set search_path from current as $$
   declare through_ms bigint;
   begin
     select hours_through_ms into through_ms from model_call_rollups where name = 'hourly' for share;
     if changed_ms < through_ms then
       insert into model_call_dirty_hours (user_did, hour_ms)
         values (changed_user, ${hourOf('changed_ms')}) on conflict do nothing;
     end if;
     insert into model_call_users as users (user_did, version) values (changed_user, 1)
       on conflict (user_did) do update set version = users.version + 1;
   end $$`,
  `create function model_calls_watch() returns trigger language plpgsql set search_path from current as $$
   begin
     if tg_op <> 'INSERT' then perform model_call_changed(old.user_did, old.started_at_ms); end if;
     if tg_op <> 'DELETE' then perform model_call_changed(new.user_did, new.started_at_ms); end if;
     return null;
   end $$`,
  `create function model_calls_watch_truncate() returns trigger language plpgsql set search_path from current as $$
   begin
     perform 1 from model_call_rollups where name = 'hourly' for share;
     insert into model_call_dirty_hours (user_did, hour_ms)
       select distinct user_did, ${hourOf('started_at_ms')} from model_calls
       where started_at_ms < (select hours_through_ms from model_call_rollups where name = 'hourly')
       on conflict do nothing;
     update model_call_users set version = version + 1;
     return null;
   end $$`,
  `create trigger model_calls_inserted after insert on model_calls for each row
   when (new.recorded_at_ms is distinct from ${STATEMENT_MS.postgres})
   execute function model_calls_watch()`,
  `create trigger model_calls_updated after update on model_calls for each row
   when (new.recorded_at_ms is distinct from ${STATEMENT_MS.postgres}
     or new.recorded_at_ms is not distinct from old.recorded_at_ms
     or new.user_did <> old.user_did or new.started_at_ms / 3600000 <> old.started_at_ms / 3600000)
   execute function model_calls_watch()`,
  `create trigger model_calls_deleted after delete on model_calls for each row
   execute function model_calls_watch()`,
  `create trigger model_calls_truncated before truncate on model_calls for each statement
   execute function model_calls_watch_truncate()`,
];

const mysqlMark = (row: 'old' | 'new'): string => `
  if ${row}.started_at_ms < through_ms then
    insert into model_call_dirty_hours (user_did, hour_ms)
      values (${row}.user_did, ${hourOf(`${row}.started_at_ms`)})
      on duplicate key update hour_ms = values(hour_ms);
  end if;
  insert into model_call_users (user_did, version) values (${row}.user_did, 1)
    on duplicate key update version = version + 1;`;

const mysqlTrigger = (event: string, condition: string, marks: string): string => `
  create trigger model_calls_${event.replace(/e?$/, 'ed')} after ${event} on model_calls for each row
  begin
    declare through_ms bigint;
    if ${condition} then
      select hours_through_ms into through_ms from model_call_rollups where name = 'hourly' lock in share mode;
      ${marks}
    end if;
  end`;

const mysqlForeign = `(@usage_kit_stamp is null or not (new.recorded_at_ms <=> @usage_kit_stamp))`;

const MYSQL = [
  mysqlTrigger('insert', mysqlForeign, mysqlMark('new')),
  mysqlTrigger(
    'update',
    `${mysqlForeign} or new.recorded_at_ms <=> old.recorded_at_ms
     or new.user_did <> old.user_did or new.started_at_ms div 3600000 <> old.started_at_ms div 3600000`,
    mysqlMark('old') + mysqlMark('new'),
  ),
  mysqlTrigger('delete', 'true', mysqlMark('old')),
];

const CREATE: Record<DatabaseName, readonly string[]> = {
  sqlite: SQLITE,
  postgres: POSTGRES,
  mysql: MYSQL,
};

const dropTriggers = (ending = ''): string[] =>
  ['inserted', 'updated', 'deleted'].map((event) => `drop trigger model_calls_${event}${ending}`);

const DROP: Record<DatabaseName, readonly string[]> = {
  sqlite: [...dropTriggers(), 'drop trigger model_calls_replaced'],
  postgres: [
    ...dropTriggers(' on model_calls'),
    'drop trigger model_calls_truncated on model_calls',
    'drop function model_calls_watch_truncate()',
    'drop function model_calls_watch()',
    'drop function model_call_changed(varchar, bigint)',
  ],
  mysql: dropTriggers(),
};
