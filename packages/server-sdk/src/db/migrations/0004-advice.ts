import type { Knex } from 'knex';

const TABLE = 'model_advice_states';

/** What users did with advice: dismissed or done, see docs/adr/0028-advice.md. Open advice has no row. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`create table ${TABLE} (
    user_did varchar(255) not null,
    -- A digest of the user, the kind and the subject.
    advice_id varchar(32) not null,
    -- dismissed or done.
    state varchar(16) not null,
    changed_at_ms bigint not null,
    -- JSON: the advice as it was then, see advice/stored-advice.ts.
    advice text not null,
    primary key (user_did, advice_id)
  )${await collate(knex)}`);
}

/** Drops what {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table ${TABLE}`);
}

/** The exact collation of MySQL and MariaDB, where others compare texts by their letters. */
async function collate(knex: Knex): Promise<string> {
  if (!/mysql|mariadb/.test((knex.client as Knex.Client).driverName)) return '';
  const [[row]] = (await knex.raw('select version() as version')) as [[{ version: string }]];
  return ` collate ${/mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin'}`;
}
