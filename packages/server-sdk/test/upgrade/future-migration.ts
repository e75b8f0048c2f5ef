import type { Knex } from 'knex';

/** Names it as migrations after the first release are: with the version that has it. */
export const FUTURE_NAME = '9999-regions@98.7.6';
/** The statement at which tests cut the connection. */
export const LAST_STATEMENT = 'create index model_call_stats_regions';

/** How often the migration is to fail half-way. */
export const failures = { left: 0 };

/** A migration as a later version may have it: it adds columns, fills one of them, and makes an index. */
export const futureMigration = {
  name: FUTURE_NAME,
  up: async (knex: Knex): Promise<void> => {
    await knex.raw(`alter table model_calls add column region varchar(32)`);
    await knex.raw(`alter table model_call_stats add column region_calls bigint`);
    await knex.raw(`update model_call_stats set region_calls = calls`);
    if (failures.left > 0) {
      failures.left -= 1;
      throw new Error('The disk is full');
    }
    await knex.raw(`${LAST_STATEMENT} on model_call_stats (user_did, region_calls)`);
  },
  down: (): Promise<void> => Promise.reject(new Error('Not undone')),
};
