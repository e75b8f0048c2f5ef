import type { Knex } from 'knex';

/**
 * A call that was under way and changes in its place, as one does when it ends, no longer counts as an edit
 * (`model_call_users.edits`, see 0007 and 0010): whoever keeps what was read of calls keeps none that is under way. In a host
 * that records begin and end, every call would have had its user's running hour read again.
 *
 * In its place: of the same user, id, project and start. MariaDB and MySQL count no edits.
 */
export async function up(knex: Knex): Promise<void> {
  for (const statement of UPDATES[databaseOf(knex)].placed) await knex.raw(statement);
}

/** Counts each change again. */
export async function down(knex: Knex): Promise<void> {
  for (const statement of UPDATES[databaseOf(knex)].each) await knex.raw(statement);
}

type DatabaseName = 'sqlite' | 'postgres' | 'mysql';

function databaseOf(knex: Knex): DatabaseName {
  const { config } = knex.client as { config: Knex.Config };
  const client = String(config.client);
  if (client.includes('sqlite')) return 'sqlite';
  return /mysql|mariadb/.test(client) ? 'mysql' : 'postgres';
}

const countInSqlite = (user: string): string =>
  `insert into model_call_users (user_did, version, edits) values (${user}, 1, 1)
     on conflict (user_did) do update set edits = edits + 1;`;

const sqliteTriggers = (changed: string, replaced: string): string[] => [
  'drop trigger model_call_edit_updates',
  `create trigger model_call_edit_updates after update on model_calls ${changed}
   begin ${countInSqlite('old.user_did')} ${countInSqlite('new.user_did')} end`,
  // Fires before an upsert, too. What is replaced has a new number.
  'drop trigger model_call_edit_replaces',
  `create trigger model_call_edit_replaces before insert on model_calls
   when exists (select 1 from model_calls where user_did = new.user_did and id = new.id ${replaced})
   begin ${countInSqlite('new.user_did')} end`,
];

const postgresFunction = (users: string): string =>
  `create or replace function model_call_edit_update() returns trigger language plpgsql set search_path from current as $$
   begin
     insert into model_call_users as users (user_did, version, edits)
       select user_did, 1, 1 from (${users}) as touched order by user_did
       on conflict (user_did) do update set edits = users.edits + 1;
     return null;
   end $$`;

/** The triggers by what they count: changes but those in their place, or each. */
const UPDATES: Record<DatabaseName, Record<'placed' | 'each', readonly string[]>> = {
  sqlite: {
    placed: sqliteTriggers(
      `when old.status <> 'processing' or new.user_did <> old.user_did or new.id <> old.id
         or new.app_did <> old.app_did or new.started_at_ms <> old.started_at_ms`,
      `and status <> 'processing'`,
    ),
    each: sqliteTriggers('', ''),
  },
  postgres: {
    placed: [
      // Joins, which are hashed: a statement may change many.
      postgresFunction(
        `select before_rows.user_did from before_rows left join after_rows
           using (user_did, id, app_did, started_at_ms)
           where before_rows.status <> 'processing' or after_rows.user_did is null
         union
         select after_rows.user_did from after_rows left join before_rows using (user_did, id)
           where before_rows.user_did is null`,
      ),
    ],
    each: [
      postgresFunction('select user_did from before_rows union select user_did from after_rows'),
    ],
  },
  mysql: { placed: [], each: [] },
};
