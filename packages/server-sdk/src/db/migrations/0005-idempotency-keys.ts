import type { Knex } from 'knex';

const TABLE = 'model_idempotency_keys';

/** Responses to requests that wrote, by the `Idempotency-Key` of their client, for a day. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`create table ${TABLE} (
    user_did varchar(255) not null,
    -- Hashes of the client's key and of what the request wants.
    key_hash varchar(64) not null,
    fingerprint varchar(64) not null,
    attempt varchar(36) not null,
    -- null while the first attempt is in progress.
    status integer,
    body text,
    created_at_ms bigint not null,
    primary key (user_did, key_hash)
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
