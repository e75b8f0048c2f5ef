import type { Knex } from 'knex';
import { databaseOf, type DatabaseName } from './databases.js';

/** Drops the triggers of migrations 0004 to 0012. */
export async function dropTriggers(knex: Knex): Promise<void> {
  for (const statement of DROP[databaseOf(knex)]) await knex.raw(statement);
}

/** Placeholder: written by the change that replaces the recorder. */
export async function createTriggers(knex: Knex): Promise<void> {
  await Promise.resolve(knex);
}

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
