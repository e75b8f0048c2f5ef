import type { Knex } from 'knex';

/** Placeholder: converts packed rows of archived calls. */
export async function convertArchived(knex: Knex): Promise<void> {
  await Promise.resolve(knex);
}
