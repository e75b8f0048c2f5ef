import { createRequire } from 'node:module';
import knexFactory, { type Knex } from 'knex';
import { findHostPackage } from '../../runtime/host-package.js';

/** The file that `require('sqlite3')` loads, in the cache of modules. */
const LOADED_DRIVER = /[\\/]sqlite3[\\/]lib[\\/]sqlite3\.js$/;

/**
 * Makes the client of Knex with which pools of SQLite are opened. Knex's own would load the driver from where Knex lies, which
 * may be another copy than the host's.
 *
 * @throws Error as {@link loadSqliteDriver}
 */
export function createSqliteClient(driver = loadSqliteDriver()): typeof Knex.Client {
  // Without a connection, Knex loads no driver.
  const unconnected = knexFactory({ client: 'sqlite3', useNullAsDefault: true });
  const { constructor: KnexClient } = unconnected.client as { constructor: typeof Knex.Client };
  return class SqliteClient extends KnexClient {
    override initializeDriver(): void {
      this.driver = driver;
    }
  };
}

/**
 * Loads the driver `sqlite3` of the host: the one that is loaded already, else that of the application, else the one next to this package.
 * Two copies of SQLite with one file would destroy it (see `sqlite-copies.ts`).
 *
 * @param places absolute paths of files from whose folders upwards the package is looked for, the first first
 * @throws Error of one sentence with the command that installs it
 */
export function loadSqliteDriver(places?: readonly string[]): unknown {
  const file = findSqliteDriver(places);
  if (file === null) {
    throw new Error(
      'SQLite needs the package sqlite3, which is not installed: npm install sqlite3',
    );
  }
  try {
    return createRequire(file)(file);
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(
      /\n| Tried:/,
    );
    throw new Error(
      `The package sqlite3 is installed and cannot be loaded (${reason}): npm rebuild sqlite3`,
      { cause: error },
    );
  }
}

/** Finds the file of the driver, as {@link loadSqliteDriver} loads it; `null` where there is none. */
export function findSqliteDriver(places?: readonly string[]): string | null {
  const { cache } = createRequire(import.meta.url);
  const loaded = Object.keys(cache).find((file) => LOADED_DRIVER.test(file));
  return loaded ?? findHostPackage('sqlite3', places);
}
