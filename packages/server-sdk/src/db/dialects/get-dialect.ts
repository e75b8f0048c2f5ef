import type { Knex } from 'knex';
import type { Dialect } from './dialect.js';
import { mysql } from './mysql/index.js';
import { postgres } from './postgres/index.js';
import { olderSqlite, sqlite } from './sqlite/index.js';

/** The dialect of a Knex instance. @throws TypeError for a database that is not supported */
export function getDialect(knex: Knex): Dialect {
  const { driver, driverName } = knex.client as {
    driver?: { VERSION?: unknown };
    driverName: string;
  };
  const dialect = findDialect(driverName);
  return dialect === sqlite && !hasBinaryJson(driver?.VERSION) ? olderSqlite : dialect;
}

/** Whether a version of SQLite, as its driver `sqlite3` says it, has `jsonb`: 3.45 and later. Other drivers do not say it. */
function hasBinaryJson(version: unknown): boolean {
  const [major = 0, minor = 0] = String(version).split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 45);
}

/** The dialect of a Knex config. @throws TypeError for a database that is not supported */
export function getConfigDialect(config: Knex.Config): Dialect {
  const { client } = config;
  // Knex takes a class for a client, too.
  const { driverName } = (
    typeof client === 'function' ? client.prototype : {}
  ) as Partial<Knex.Client>;
  return findDialect(driverName ?? String(client));
}

/** @param client the name of a client or of a driver */
function findDialect(client: string): Dialect {
  if (/sqlite/.test(client)) return sqlite;
  if (/^(pg|postgres|postgresql|pgnative)$/.test(client)) return postgres;
  if (/^(mysql|mysql2|mariadb)$/.test(client)) return mysql;
  throw new TypeError(
    `database: client "${client}" is not supported; use SQLite, PostgreSQL or MySQL`,
  );
}
