import { createRequire } from 'node:module';
import { getKnexPlace } from '../runtime/host-package.js';
import { findSqliteDriver } from './sqlite/sqlite-driver.js';

/** The version of a driver's package, as Knex or the SDK loads it; `null` where it does not say it. @param name as Knex names it */
export function readDriverVersion(name: string): string | null {
  try {
    // The driver of SQLite may lie where no `node_modules` leads to it by its name; its file is in `lib`.
    const manifest = name === 'sqlite3' ? '../package.json' : `${name}/package.json`;
    const place = name === 'sqlite3' ? (findSqliteDriver() ?? '') : getKnexPlace();
    const { version } = createRequire(place)(manifest) as { version?: unknown };
    return typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}
