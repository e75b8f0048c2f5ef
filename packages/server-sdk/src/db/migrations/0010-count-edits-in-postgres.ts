import type { Knex } from 'knex';

/**
 * `model_call_users.edits` in PostgreSQL, see 0007: how often calls of a user were changed or deleted, rather than added.
 * Rows are numbered there by the transaction that wrote them.
 */
export async function up(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) return;
  await knex.schema.alterTable('model_call_users', (table) => {
    table.bigInteger('edits').notNullable().defaultTo(0);
  });
  for (const statement of TRIGGERS) await knex.raw(statement);
}

/** Drops what {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) return;
  for (const name of NAMES) {
    await knex.raw(`drop trigger ${name}s on model_calls`);
    await knex.raw(`drop function ${name}()`);
  }
  await knex.schema.alterTable('model_call_users', (table) => {
    table.dropColumn('edits');
  });
}

function isPostgres(knex: Knex): boolean {
  const { config } = knex.client as { config: Knex.Config };
  return !/sqlite|mysql|mariadb/.test(String(config.client));
}

const NAMES = ['model_call_edit_update', 'model_call_edit_delete', 'model_call_edit_truncate'];

/** Once a statement, whatever it touches; in the order of the key, as all who lock these rows. */
const count = (users: string): string =>
  `insert into model_call_users as users (user_did, version, edits)
     select user_did, 1, 1 from (${users}) as touched order by user_did
     on conflict (user_did) do update set edits = users.edits + 1;`;

const counter = (name: string, users: string): string =>
  `create function ${name}() returns trigger language plpgsql set search_path from current as $$
   begin ${count(users)} return null; end $$`;

const TRIGGERS = [
  counter(
    'model_call_edit_update',
    'select user_did from before_rows union select user_did from after_rows',
  ),
  `create trigger model_call_edit_updates after update on model_calls
   referencing old table as before_rows new table as after_rows
   for each statement execute function model_call_edit_update()`,
  counter('model_call_edit_delete', 'select distinct user_did from before_rows'),
  `create trigger model_call_edit_deletes after delete on model_calls
   referencing old table as before_rows
   for each statement execute function model_call_edit_delete()`,
  counter('model_call_edit_truncate', 'select user_did from model_call_users'),
  `create trigger model_call_edit_truncates before truncate on model_calls
   for each statement execute function model_call_edit_truncate()`,
];
