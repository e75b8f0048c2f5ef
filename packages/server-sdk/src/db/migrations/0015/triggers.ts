import type { Knex } from 'knex';
import { databaseOf, type DatabaseName } from './databases.js';

/** Drops the triggers of migrations 0004 to 0012. */
export async function dropTriggers(knex: Knex): Promise<void> {
  for (const statement of DROP[databaseOf(knex)]) await knex.raw(statement);
}

/**
 * Triggers that see what other programs do to `model_calls` with plain SQL. Each row that is inserted or deleted, and both
 * versions of one that is updated, touch their user: the version is raised, and the hour of the row is marked dirty if the
 * rollup has claimed it, else the user is due no later than its end.
 *
 * The recorder does the same for all calls of a batch together, and says so by setting `recorded_at_ms` to the time of its statement (on
 * MySQL: to the value of a variable of its connection), which the triggers of that statement see too: a row that says
 * anything else (nothing, the time of an earlier write, a copied value) is not the recorder's.
 */
export async function createTriggers(knex: Knex): Promise<void> {
  for (const statement of CREATE[databaseOf(knex)]) await knex.raw(statement);
}

const HOUR = 3_600_000;
const SLOTS = 64;

/** Start of the hour of an instant; the remainder of one before 1970 is negative. */
const hourOf = (instant: string): string =>
  `${instant} - ((${instant} % ${HOUR}) + ${HOUR}) % ${HOUR}`;
const hourEndOf = (instant: string): string => `(${hourOf(instant)} + ${HOUR})`;

/** When a user is due who has a call in an hour that ends at `end`: as before, where the hour is claimed or not the first. */
const dueWith = (end: string, stored = ''): string =>
  `case when ${end} <= ${stored}claimed_through_ms or ${stored}due_at_ms <= ${end}
    then ${stored}due_at_ms else ${end} end`;

const NEW_USER = 'model_call_users (user_did, version, rollup_revision, slot, due_at_ms)';
const MARK = 'model_call_dirty_hours (user_did, hour_ms, revision)';

/** Marks an hour dirty if it is claimed; what to do where it is dirty already follows. */
const insertMark = (user: string, instant: string): string =>
  `insert into ${MARK} select user_did, ${hourOf(instant)}, 1 from model_call_users
    where user_did = ${user} and ${hourEndOf(instant)} <= claimed_through_ms`;

/** The same throughout a statement and its triggers; the SDK's writes must say the same. */
const SQLITE_STATEMENT_MS = `cast(unixepoch('subsec') * 1000 as integer)`;

const SQLITE_RAISE = 'on conflict (user_did, hour_ms) do update set revision = revision + 1;';

function sqliteTouch(row: 'old' | 'new'): string {
  const [user, instant] = [`${row}.user_did`, `${row}.started_at_ms`];
  const end = hourEndOf(instant);
  return `insert into ${NEW_USER} values
      (${user}, ${SQLITE_STATEMENT_MS}, ${SQLITE_STATEMENT_MS}, abs(random() % ${SLOTS}), ${end})
      on conflict (user_did) do update set version = version + 1, due_at_ms = ${dueWith(end)};
    ${insertMark(user, instant)} ${SQLITE_RAISE}`;
}

/** A statement with "or replace" deletes the row in its way without firing the trigger of deletions. */
const SQLITE_REPLACED = `begin
    insert into ${MARK} select calls.user_did, ${hourOf('calls.started_at_ms')}, 1
      from model_calls as calls join model_call_users as users on users.user_did = calls.user_did
      where calls.user_did = new.user_did and calls.id = new.id
        and ${hourEndOf('calls.started_at_ms')} <= users.claimed_through_ms ${SQLITE_RAISE}
  end`;

const sqliteForeign = `new.recorded_at_ms is not ${SQLITE_STATEMENT_MS}`;

const SQLITE = [
  `create trigger model_calls_replaced before insert on model_calls when ${sqliteForeign}
   ${SQLITE_REPLACED}`,
  `create trigger model_calls_renamed before update of user_did, id on model_calls
   when new.user_did <> old.user_did or new.id <> old.id ${SQLITE_REPLACED}`,
  `create trigger model_calls_inserted after insert on model_calls when ${sqliteForeign}
   begin ${sqliteTouch('new')} end`,
  `create trigger model_calls_updated after update on model_calls
   when ${sqliteForeign} or new.recorded_at_ms is old.recorded_at_ms
   begin ${sqliteTouch('old')} ${sqliteTouch('new')} end`,
  `create trigger model_calls_deleted after delete on model_calls begin ${sqliteTouch('old')} end`,
];

const POSTGRES_STATEMENT_MS = `floor(extract(epoch from now()) * 1000)::bigint`;
const POSTGRES_NOW_MS = `floor(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** More than so much text would take longer to search than to touch again. */
const TOUCHED_LENGTH = 16_000;

/**
 * To touch a user, or an hour of theirs, once in a transaction is enough, and a thousand versions of one row in one
 * transaction could not be cleaned up before its end. A setting of the transaction lists what it touched, a line each:
 * the user as JSON, and the same with the end of the hour. It goes with what a savepoint rolls back. From then on the
 * user's row is locked, so that no rollup can claim the hour or clear the mark before the transaction ends.
 */
const POSTGRES_TOUCH = `create function model_call_touch(changed_user varchar, changed_ms bigint) returns void
   language plpgsql set search_path from current as $$
   declare
     touched text := coalesce(current_setting('usage_kit.touched', true), '');
     hour_start bigint := ${hourOf('changed_ms')};
     hour_end bigint := hour_start + ${HOUR};
     user_line text := chr(10) || to_json(changed_user)::text || chr(10);
     hour_line text := chr(10) || hour_end || to_json(changed_user)::text || chr(10);
     is_touched boolean := strpos(touched, user_line) > 0;
     current_ms bigint := ${POSTGRES_NOW_MS};
   begin
     if strpos(touched, hour_line) > 0 then return; end if;
     insert into model_call_users as users (user_did, version, rollup_revision, slot, due_at_ms)
       values (changed_user, current_ms, current_ms, floor(random() * ${SLOTS}), hour_end)
       on conflict (user_did) do update
       set version = users.version + 1, due_at_ms = ${dueWith('hour_end', 'users.')}
       where not is_touched or users.due_at_ms is distinct from ${dueWith('hour_end', 'users.')};
     insert into model_call_dirty_hours as marks (user_did, hour_ms, revision)
       select user_did, hour_start, 1 from model_call_users
       where user_did = changed_user and hour_end <= claimed_through_ms
       on conflict (user_did, hour_ms) do update set revision = marks.revision + 1;
     if length(touched) > ${TOUCHED_LENGTH} then
       touched := '';
       is_touched := false;
     end if;
     if not is_touched then touched := touched || user_line; end if;
     perform set_config('usage_kit.touched', touched || hour_line, true);
   end $$`;

const POSTGRES = [
  POSTGRES_TOUCH,
  `create function model_calls_watch() returns trigger language plpgsql set search_path from current as $$
   begin
     if tg_op <> 'INSERT' then perform model_call_touch(old.user_did, old.started_at_ms); end if;
     if tg_op <> 'DELETE' then perform model_call_touch(new.user_did, new.started_at_ms); end if;
     return null;
   end $$`,
  // The table is locked against all other writers of calls.
  `create function model_calls_watch_truncate() returns trigger language plpgsql set search_path from current as $$
   begin
     update model_call_users set version = version + 1
       where user_did in (select user_did from model_calls);
     insert into model_call_dirty_hours as marks (user_did, hour_ms, revision)
       select distinct calls.user_did, ${hourOf('calls.started_at_ms')}, 1
       from model_calls as calls join model_call_users as users using (user_did)
       where ${hourEndOf('calls.started_at_ms')} <= users.claimed_through_ms
       on conflict (user_did, hour_ms) do update set revision = marks.revision + 1;
     return null;
   end $$`,
  `create trigger model_calls_inserted after insert on model_calls for each row
   when (new.recorded_at_ms is distinct from ${POSTGRES_STATEMENT_MS})
   execute function model_calls_watch()`,
  `create trigger model_calls_updated after update on model_calls for each row
   when (new.recorded_at_ms is distinct from ${POSTGRES_STATEMENT_MS}
     or new.recorded_at_ms is not distinct from old.recorded_at_ms)
   execute function model_calls_watch()`,
  `create trigger model_calls_deleted after delete on model_calls for each row
   execute function model_calls_watch()`,
  `create trigger model_calls_truncated before truncate on model_calls for each statement
   execute function model_calls_watch_truncate()`,
];

const MYSQL_NOW_MS = 'floor(unix_timestamp(now(3)) * 1000)';

function mysqlTouch(row: 'old' | 'new'): string {
  const [user, instant] = [`${row}.user_did`, `${row}.started_at_ms`];
  const end = hourEndOf(instant);
  return `insert into ${NEW_USER} values
      (${user}, ${MYSQL_NOW_MS}, ${MYSQL_NOW_MS}, floor(rand() * ${SLOTS}), ${end})
      on duplicate key update version = version + 1, due_at_ms = ${dueWith(end)};
    ${insertMark(user, instant)}
      on duplicate key update revision = model_call_dirty_hours.revision + 1;`;
}

const mysqlTrigger = (event: string, condition: string, touches: string): string =>
  `create trigger model_calls_${event.replace(/e?$/, 'ed')} after ${event} on model_calls for each row
   begin if ${condition} then ${touches} end if; end`;

const mysqlForeign = `(@usage_kit_stamp is null or not (new.recorded_at_ms <=> @usage_kit_stamp))`;

const MYSQL = [
  mysqlTrigger('insert', mysqlForeign, mysqlTouch('new')),
  mysqlTrigger(
    'update',
    `${mysqlForeign} or new.recorded_at_ms <=> old.recorded_at_ms`,
    mysqlTouch('old') + mysqlTouch('new'),
  ),
  mysqlTrigger('delete', 'true', mysqlTouch('old')),
];

const CREATE: Record<DatabaseName, readonly string[]> = {
  sqlite: SQLITE,
  postgres: POSTGRES,
  mysql: MYSQL,
};

const trigger = (name: string, ending = ''): string => `drop trigger ${name}${ending}`;
const ON_CALLS = ' on model_calls';
const WATCH = ['inserted', 'updated', 'deleted'].map((event) => `model_calls_${event}`);

const DROP: Record<DatabaseName, readonly string[]> = {
  sqlite: [
    ...[...WATCH, 'model_calls_replaced'].map((name) => trigger(name)),
    ...['updates', 'deletes', 'replaces'].map((name) => trigger(`model_call_edit_${name}`)),
  ],
  postgres: [
    ...[...WATCH, 'model_calls_truncated'].map((name) => trigger(name, ON_CALLS)),
    ...['updates', 'deletes', 'truncates'].map((name) =>
      trigger(`model_call_edit_${name}`, ON_CALLS),
    ),
    'drop function model_calls_watch_truncate()',
    'drop function model_calls_watch()',
    'drop function model_call_changed(varchar, bigint)',
    ...['update', 'delete', 'truncate'].map((name) => `drop function model_call_edit_${name}()`),
  ],
  mysql: WATCH.map((name) => trigger(name)),
};

/** Drops what {@link createTriggers} made. */
export async function dropNewTriggers(knex: Knex): Promise<void> {
  for (const statement of DROP_NEW[databaseOf(knex)]) await knex.raw(statement);
}

const DROP_NEW: Record<DatabaseName, readonly string[]> = {
  sqlite: [...WATCH, 'model_calls_replaced', 'model_calls_renamed'].map((name) => trigger(name)),
  postgres: [
    ...[...WATCH, 'model_calls_truncated'].map((name) => trigger(name, ON_CALLS)),
    'drop function model_calls_watch_truncate()',
    'drop function model_calls_watch()',
    'drop function model_call_touch(varchar, bigint)',
  ],
  mysql: WATCH.map((name) => trigger(name)),
};
