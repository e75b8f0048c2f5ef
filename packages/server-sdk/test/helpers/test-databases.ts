import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import knex, { type Knex } from 'knex';
import { expect } from 'vitest';

/** A new empty database, and how to drop it. */
export interface TestDatabase {
  config: Knex.Config;
  drop(): Promise<void>;
}

/** The URL of a database on a server. */
export function urlOf({ connection }: Knex.Config): URL {
  if (typeof connection !== 'string') throw new TypeError('Only servers have URLs');
  return new URL(connection);
}

/** A database server that the suite can run on. */
export interface DatabaseServer {
  name: 'SQLite' | 'PostgreSQL' | 'MariaDB';
  /** Makes an empty database. */
  create(): Promise<TestDatabase>;
}

/** In memory where the system has such a place: no test takes the power away, and a flush of the disk takes milliseconds. */
const DIRECTORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** SQLite, a file for each database. */
export const sqliteServer: DatabaseServer = {
  name: 'SQLite',
  create: () => {
    const directory = mkdtempSync(join(DIRECTORY, 'usage-kit-'));
    return Promise.resolve({
      config: { client: 'sqlite3', connection: { filename: join(directory, 'usage.db') } },
      drop: () => {
        rmSync(directory, { recursive: true, force: true });
        return Promise.resolve();
      },
    });
  },
};

/** URLs of servers on which databases may be made and dropped; the environment can name others. */
const URLS = {
  PostgreSQL: process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres',
  MariaDB: process.env['TEST_MARIADB_URL'] ?? 'mysql://root@127.0.0.1:3306/mysql',
};

/**
 * Commits survive a process that is killed, which tests do; they need not survive the server's machine. Deadlocks that tests
 * make are found without a second's wait.
 */
const POSTGRES_SETTINGS = `alter database $name set synchronous_commit = off;
  alter database $name set deadlock_timeout = '50ms'`;

/** A server that may not be there. */
interface NamedServer extends DatabaseServer {
  /** @throws where it cannot be reached */
  check(): Promise<void>;
}

function server(name: keyof typeof URLS, client: 'pg' | 'mysql2'): NamedServer {
  const connect = (url: string): Knex.Config => ({
    client,
    connection: url,
    pool: { min: 0, max: 4 },
  });
  const admin = async (sql: string): Promise<void> => {
    const connection = knex(connect(URLS[name]));
    try {
      await connection.raw(sql);
    } finally {
      await connection.destroy();
    }
  };
  return {
    name,
    check: () => admin('select 1'),
    create: async () => {
      const database = `usage_kit_test_${randomBytes(6).toString('hex')}`;
      await admin(`create database ${database}`);
      if (client === 'pg') await admin(POSTGRES_SETTINGS.replaceAll('$name', database));
      const url = new URL(URLS[name]);
      url.pathname = `/${database}`;
      return {
        config: connect(url.toString()),
        drop: () => admin(`drop database ${database}`),
      };
    },
  };
}

/**
 * The database servers that answer here. SQLite always does; another that does not is named loudly, and is an error
 * where `CI` is set.
 */
export async function availableServers(): Promise<DatabaseServer[]> {
  const available: DatabaseServer[] = [sqliteServer];
  for (const candidate of [server('PostgreSQL', 'pg'), server('MariaDB', 'mysql2')]) {
    try {
      await candidate.check();
      available.push(candidate);
    } catch (error) {
      const message = `No ${candidate.name} answers: its tests are SKIPPED`;
      if (process.env['CI']) throw new Error(message, { cause: error });
      console.warn(`\n*** ${message} ***\n`);
    }
  }
  console.info(`databases: ${available.map(({ name }) => name).join(', ')}`);
  return available;
}

/**
 * The servers that the calling test file runs on: SQLite and, of the others, one by the name of the file, since a database
 * is made for each test and `npm test` has eight minutes. `TEST_DATABASES` is `others` for what that leaves out, which CI
 * runs, too, or `all`.
 */
export async function takeServers(): Promise<DatabaseServer[]> {
  const choice = process.env['TEST_DATABASES'];
  const file = expect.getState().testPath ?? '';
  const servers = await availableServers();
  // `npm test` runs nothing of these.
  if (choice === 'all' || file.endsWith('.long.test.ts')) return servers;
  const others = servers.slice(1);
  const inTurn = others[sumCharacters(basename(file)) % others.length];
  return choice === 'others'
    ? others.filter((server) => server !== inTurn)
    : [sqliteServer, inTurn].filter((server) => server !== undefined);
}

function sumCharacters(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
}
