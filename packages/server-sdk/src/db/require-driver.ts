import { createRequire } from 'node:module';
import { getKnexPlace } from '../runtime/host-package.js';

/** Packages that Knex loads for its clients, and that a host installs. */
const DRIVERS: readonly { client: RegExp; name: string; database: string }[] = [
  { client: /^(pg|postgres|postgresql)$/, name: 'pg', database: 'PostgreSQL' },
  { client: /^(mysql2|mariadb)$/, name: 'mysql2', database: 'MariaDB and MySQL' },
];

/** Resolves a package as Knex does. */
const resolveForKnex = (name: string): string => createRequire(getKnexPlace()).resolve(name);

/**
 * Checks that Knex finds the driver of a client. Knex itself prints a stack to the console before it throws.
 *
 * @throws Error with the package to install
 */
export function requireDriver(client: string, resolve = resolveForKnex): void {
  const driver = DRIVERS.find((candidate) => candidate.client.test(client));
  if (!driver) return;
  try {
    resolve(driver.name);
  } catch {
    throw new Error(
      `${driver.database} needs the package ${driver.name}, which is not installed: npm install ${driver.name}`,
    );
  }
}
