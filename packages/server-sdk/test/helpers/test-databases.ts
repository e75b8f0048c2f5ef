import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex, { type Knex } from 'knex';

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

/** What names of the tests' databases begin with; those of one run of the suite, after which its teardown drops them. */
const DATABASE_PREFIX = `usage_kit_test_${process.env['TEST_RUN'] ?? ''}`;

/**
 * Commits survive a process that is killed, which tests do; they need not survive the server's machine. Deadlocks that tests
 * make are found without a second's wait.
 */
const POSTGRES_SETTINGS = `alter database $name set synchronous_commit = off;
  alter database $name set deadlock_timeout = '50ms'`;

/** Fails, as dropping the database does, while another is connected after five seconds. */
const EMPTY_POSTGRES = `do $$ begin
    for attempt in 1..500 loop
      exit when not exists (
        select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and backend_type = 'client backend'
      );
      perform pg_stat_clear_snapshot(), pg_sleep(0.01);
      if attempt = 500 then raise 'A test left connections open'; end if;
    end loop;
  end $$;
  drop schema public cascade;
  create schema public authorization pg_database_owner;
  grant usage on schema public to public`;

/** A server that may not be there. */
interface NamedServer extends DatabaseServer {
  /** @throws where it cannot be reached */
  check(): Promise<void>;
}

function server(name: keyof typeof URLS, client: 'pg' | 'mysql2'): NamedServer {
  const connect = (database: string): Knex.Config => {
    const url = new URL(URLS[name]);
    if (database !== '') url.pathname = `/${database}`;
    return { client, connection: url.toString(), pool: { min: 0, max: 4 } };
  };
  const run = async (sql: string, database = ''): Promise<void> => {
    const connection = knex(connect(database));
    try {
      await connection.raw(sql);
    } finally {
      await connection.destroy();
    }
  };
  const make = async (): Promise<string> => {
    const database = `${DATABASE_PREFIX}${randomBytes(6).toString('hex')}`;
    await run(`create database ${database}`);
    return database;
  };
  /** Databases of PostgreSQL that tests gave back: making and dropping one writes and flushes 20 MB. */
  const empty: string[] = [];
  return {
    name,
    check: () => run('select 1'),
    create: async () => {
      const database = empty.pop() ?? (await make());
      if (client === 'pg') await run(POSTGRES_SETTINGS.replaceAll('$name', database));
      return {
        config: connect(database),
        drop: async () => {
          if (client !== 'pg') return run(`drop database ${database}`);
          await run(`alter database ${database} reset all`);
          await run(EMPTY_POSTGRES, database);
          empty.push(database);
        },
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

/** Drops the databases of PostgreSQL that tests of a run gave back. @param run the variable `TEST_RUN` of that run */
export async function dropDatabases(run: string): Promise<void> {
  const admin = knex({ client: 'pg', connection: URLS.PostgreSQL });
  try {
    const { rows } = await admin.raw<{ rows: { datname: string }[] }>(
      `select datname from pg_database where starts_with(datname, ?)`,
      [`usage_kit_test_${run}`],
    );
    for (const { datname } of rows)
      await admin.raw('drop database if exists ?? (force)', [datname]);
  } finally {
    await admin.destroy();
  }
}
