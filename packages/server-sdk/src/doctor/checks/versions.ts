import type { Knex } from 'knex';
import { readDriverVersion } from '../../db/driver-version.js';
import { readServerVersion } from '../database-store.js';
import { ok, problem, warning, type DoctorCheck, type Finding } from '../doctor-check.js';

/** A database: its name, the version that all tests run on, and the oldest that has what the tables need. */
interface Product {
  name: string;
  tested: string | null;
  oldest: string;
}

const PRODUCTS = {
  sqlite: { name: 'SQLite', tested: '3.44', oldest: '3.35' },
  // Unique keys of partitioned tables (11) and pg_partition_tree.
  postgres: { name: 'PostgreSQL', tested: '15.0', oldest: '12.0' },
  // An exact collation: utf8mb4_nopad_bin, utf8mb4_0900_bin.
  mariadb: { name: 'MariaDB', tested: '10.11', oldest: '10.2' },
  mysql: { name: 'MySQL', tested: null, oldest: '8.0.17' },
} as const satisfies Record<string, Product>;

/** The oldest version of each driver: that of the peer dependencies. */
export const OLDEST_DRIVERS: Readonly<Record<string, string>> = {
  sqlite3: '5.1.7',
  pg: '8.12.0',
  mysql2: '3.11.0',
};

/** The versions of the database and of its driver. */
export const checkVersions: DoctorCheck = {
  name: 'versions',
  needsTables: false,
  run: async ({ database }) => {
    const text = await readServerVersion(database);
    const { name } = database.dialect;
    const product = name === 'mysql' && /mariadb/i.test(text) ? 'mariadb' : name;
    const { driverName } = database.writer.client as Knex.Client;
    return [rateServer(product, text), rateDriver(driverName, readDriverVersion(driverName))];
  },
};

/** Rates the version of a database server. @param text as it says it, e.g. `10.11.6-MariaDB` */
export function rateServer(key: keyof typeof PRODUCTS, text: string): Finding {
  const { name, tested, oldest }: Product = PRODUCTS[key];
  const [found = text] = /\d+\.\d+[.\d]*/.exec(text) ?? [];
  const shown = `${name} ${found}`;
  if (isOlder(found, oldest)) {
    return problem(`${shown} is not supported: install ${name} ${tested ?? oldest} or a later one`);
  }
  if (tested === null) return warning(`${shown}: written for, and not tested`);
  return isOlder(found, tested)
    ? warning(`${shown}: older than what is tested, ${tested}`)
    : ok(shown);
}

/** Rates the version of a driver. @param version `null`: not known, as of one that the host's bundler has packed */
export function rateDriver(name: string, version: string | null): Finding {
  const oldest = OLDEST_DRIVERS[name];
  const shown = `driver ${name} ${version ?? 'of an unknown version'}`;
  if (version === null || oldest === undefined || !isOlder(version, oldest)) return ok(shown);
  return problem(`${shown} is not supported: npm install ${name}@^${oldest}`);
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (const [place, part] of b.entries()) {
    const difference = (a[place] ?? 0) - part;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
