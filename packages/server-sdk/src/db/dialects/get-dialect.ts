import type { Knex } from 'knex';
import type { Dialect } from './dialect.js';
import { mysql } from './mysql/index.js';
import { postgres } from './postgres/index.js';
import { sqlite } from './sqlite/index.js';

/** The dialect of a Knex instance. @throws TypeError for a database that is not supported */
export function getDialect(knex: Knex): Dialect {
  return getConfigDialect((knex.client as { config: Knex.Config }).config);
}

/** The dialect of a Knex config. @throws TypeError for a database that is not supported */
export function getConfigDialect(config: Knex.Config): Dialect {
  const client = String(config.client);
  if (/sqlite/.test(client)) return sqlite;
  if (/^(pg|postgres|postgresql|pgnative)$/.test(client)) return postgres;
  if (/^(mysql|mysql2|mariadb)$/.test(client)) return mysql;
  throw new TypeError(
    `database: client "${client}" is not supported; use SQLite, PostgreSQL or MySQL`,
  );
}
