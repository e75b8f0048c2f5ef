import type { Knex } from 'knex';

/**
 * `model_call_users.edits`: how often calls of a user were changed, replaced or deleted, rather than added. In SQLite alone,
 * where rows are numbered in the order in which they come: while it stands still, all that is new is what is numbered higher.
 */
export async function up(knex: Knex): Promise<void> {
  if (!isSqlite(knex)) return;
  await knex.schema.alterTable('model_call_users', (table) => {
    table.bigInteger('edits').notNullable().defaultTo(0);
  });
  for (const statement of TRIGGERS) await knex.raw(statement);
}

/** Drops what {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  if (!isSqlite(knex)) return;
  for (const name of NAMES) await knex.raw(`drop trigger ${name}`);
  // Not by Knex: on SQLite it makes the table anew, and triggers name it.
  await knex.raw('alter table model_call_users drop column edits');
}

function isSqlite(knex: Knex): boolean {
  const { config } = knex.client as { config: Knex.Config };
  return String(config.client).includes('sqlite');
}

const NAMES = ['model_call_edit_updates', 'model_call_edit_deletes', 'model_call_edit_replaces'];

const count = (user: string): string =>
  `insert into model_call_users (user_did, version, edits) values (${user}, 1, 1)
     on conflict (user_did) do update set edits = edits + 1;`;

const TRIGGERS = [
  `create trigger model_call_edit_updates after update on model_calls
   begin ${count('old.user_did')} ${count('new.user_did')} end`,
  `create trigger model_call_edit_deletes after delete on model_calls
   begin ${count('old.user_did')} end`,
  // "insert or replace" deletes the row in its way without firing the trigger of deletions.
  `create trigger model_call_edit_replaces before insert on model_calls
   when exists (select 1 from model_calls where user_did = new.user_did and id = new.id)
   begin ${count('new.user_did')} end`,
];
