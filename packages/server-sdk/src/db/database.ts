import knexFactory, { type Knex } from 'knex';
import { ownCalls } from './own-calls.js';
import type { CallSource, CallSourceFactory } from './call-source.js';
import type { Dialect } from './dialects/dialect.js';
import { getConfigDialect, getDialect } from './dialects/get-dialect.js';
import { toKnexLog } from './knex-log.js';
import { consoleLogger, type Logger } from '../runtime/logger.js';
import { startTimeout } from '../runtime/wait.js';
import { StatementsInFlight, guardStatements } from './guard-statements.js';
import { RequestActivity } from '../runtime/request-activity.js';
import { withoutMappers } from './plain-knex.js';
import type { OwnWrites } from './own-writes.js';
import { requireDriver } from './require-driver.js';
import { withSession } from './session.js';
import { createSqliteClient } from './sqlite/sqlite-driver.js';
import { SqliteFile, getSqlitePath, type PoolClient } from './sqlite/sqlite-file.js';

/** The host's Knex instance, a Knex config, or a URL: `sqlite:./usage.db`, `postgres://…`, `mysql://…`. */
export type DatabaseOption = Knex | Knex.Config | string;

/** The database of calls and aggregates. */
export interface Database {
  /** Writes, and reads that must see them. */
  writer: Knex;
  /** Reads that may run concurrently with a write; the same as `writer` where one pool serves both. */
  reader: Knex;
  dialect: Dialect;
  /** The call table. */
  calls: CallSource;
  /** The last moment of which reads see everything, epoch ms; left out: reads see all until now. */
  asOfMs?: number;
  /** Users that this process wrote a while ago; left out: nothing reads a replica. */
  ownWrites?: OwnWrites;
  /** Requests and records in progress, which the rollup yields to. */
  requestActivity: RequestActivity;
  /** Runs reads that all see one state of the database. */
  snapshot<T>(read: (trx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Runs writes that are all committed or none. */
  transaction<T>(write: (trx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Ends statements in flight and shortens the deadline of later ones, so that the host can stop. */
  hurry(): void;
  /** Closes the pools that this object opened; a Knex instance of the host stays open. */
  close(): Promise<void>;
}

const WRONG_OPTION =
  'database: expected a Knex instance, a Knex config with a client, or a URL that starts with sqlite:, postgres:// or mysql://';

const BUSY_TIMEOUT_MS = 10_000;
/** Two exports hold one each for as long as their readers take; responses have the other. */
const SQLITE_READERS = 3;
/** 40 MB: a rollup changes the same pages repeatedly, and each checkpoint writes them again. */
const WAL_PAGES = 10_000;
/**
 * Readers see the last commit while a transaction writes (WAL); a commit is on disk when it returns (synchronous FULL); a
 * transaction waits for writers of other processes.
 */
const SQLITE_PRAGMAS = `pragma busy_timeout = ${BUSY_TIMEOUT_MS}; pragma journal_mode = WAL; pragma synchronous = FULL;
  pragma foreign_keys = ON; pragma cache_size = -32000; pragma temp_store = MEMORY; pragma wal_autocheckpoint = ${WAL_PAGES};`;

/**
 * Opens the database; a Knex instance is used as it is.
 *
 * @param calls the call table, if not the SDK's own
 * @param logger gets Knex's messages about pools that are opened here
 * @throws TypeError when the option is none of the three forms, or the database is not supported
 * @throws Error with the package to install when the driver is missing
 */
export function openDatabase(
  option: DatabaseOption,
  calls: CallSourceFactory = ownCalls,
  logger: Logger = consoleLogger,
): Database {
  const connections = connect(option, toKnexLog(logger));
  const dialect = getDialect(connections.writer);
  return toDatabase(connections, dialect, calls(dialect));
}

interface Connections {
  writer: Knex;
  reader: Knex;
  /** Whether the pools were opened here. */
  isOwn: boolean;
  close: () => Promise<void>;
}

function connect(option: DatabaseOption, log: NonNullable<Knex.Config['log']>): Connections {
  if (isKnex(option)) {
    if ((option as Partial<Knex>).client === undefined) throw new TypeError(WRONG_OPTION);
    const knex = withoutMappers(option);
    return { writer: knex, reader: knex, isOwn: false, close: () => Promise.resolve() };
  }
  const config = { log, ...(typeof option === 'string' ? parseUrl(option) : option) };
  if (config.client === undefined || config.client === '') throw new TypeError(WRONG_OPTION);
  const { session } = getConfigDialect(config);
  if (session !== null) {
    requireDriver(String(config.client));
    const knex = knexFactory(withSession(config, session));
    return { writer: knex, reader: knex, isOwn: true, close: () => knex.destroy() };
  }
  const sqlite = { ...config, client: resolveSqliteClient(config.client) };
  const writer = openSqlite(sqlite, 1);
  const reader = isInMemory(sqlite) ? writer : openSqlite(sqlite, SQLITE_READERS);
  const close = async (): Promise<void> => {
    await reader.destroy();
    await writer.destroy();
  };
  return { writer, reader, isOwn: true, close };
}

/** @throws TypeError for a driver whose pools are not opened here @throws Error when the host has no `sqlite3` */
function resolveSqliteClient(client: Knex.Config['client']): typeof Knex.Client {
  if (typeof client === 'function') return client;
  if (client === 'better-sqlite3') {
    throw new TypeError(
      'database: a config with the client better-sqlite3 is not supported; use sqlite3, or hand over your Knex instance',
    );
  }
  return createSqliteClient();
}

/** How long a pool may take to close, milliseconds: it waits until each connection is returned. */
const CLOSE_MS = 10_000;

/** Waits for work, but no longer than a number of milliseconds. */
async function withinTime(ms: number, work: Promise<void>): Promise<void> {
  let cancel = (): void => undefined;
  const timeIsUp = new Promise<void>((resolve) => {
    cancel = startTimeout(ms, resolve);
  });
  try {
    await Promise.race([work, timeIsUp]);
  } finally {
    cancel();
  }
}

function toDatabase(
  { writer, reader, isOwn, close }: Connections,
  dialect: Dialect,
  calls: CallSource,
): Database {
  const inFlight = new StatementsInFlight();
  const file = dialect.isFile ? openFile(writer, reader, isOwn) : null;
  const reads = guardStatements(reader, inFlight);
  const writes = reader === writer ? reads : guardStatements(writer, inFlight);
  return {
    writer: writes,
    reader: reads,
    dialect,
    calls,
    requestActivity: new RequestActivity(),
    snapshot: (read) => reads.transaction(read, dialect.snapshot),
    transaction: async (write) => {
      if (file === null) return writes.transaction(write);
      const result = await writes.transaction((trx) => {
        // Only now, because the pool's first connection creates the file.
        file.check();
        return write(trx);
      });
      file.check();
      return result;
    },
    hurry: () => {
      inFlight.hurry();
    },
    close: async () => {
      await withinTime(CLOSE_MS, close());
      // The guarded copies refer to the pool, and would wait for a connection of a closed one. Only now: statements in flight
      // give their connections back through them.
      if (!isOwn) return;
      for (const { client } of [reads, writes]) (client as { pool?: unknown }).pool = undefined;
    },
  };
}

/** The file behind a pool of SQLite; `null` where there is none. */
function openFile(writer: Knex, reader: Knex, isOwn: boolean): SqliteFile | null {
  const clients = [...new Set([writer, reader])].map(({ client }) => client as PoolClient);
  const path = clients[0] ? getSqlitePath(clients[0].config) : null;
  if (path === null) return null;
  // A pool that may close all of its connections deletes the log with the last one.
  const keepsLog = isOwn && (clients[0]?.config.pool?.min ?? 1) > 0;
  const file = new SqliteFile(path, clients, keepsLog);
  // A host's instance is not changed; its connections are checked before the first write.
  if (isOwn) file.guardConnections();
  return file;
}

interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

/** One connection writes, so that writers of this process queue instead of failing with SQLITE_BUSY; readers do not wait. */
function openSqlite(config: Knex.Config, connections: number): Knex {
  return knexFactory({
    useNullAsDefault: true,
    ...config,
    pool: {
      min: connections,
      max: connections,
      ...config.pool,
      afterCreate: (
        connection: SqliteConnection,
        done: (error: Error | null, connection: SqliteConnection) => void,
      ) => {
        connection.exec(SQLITE_PRAGMAS, (error) => {
          done(error, connection);
        });
      },
    },
  });
}

function parseUrl(url: string): Knex.Config {
  const sqlite = /^(?:sqlite3?|file):(?:\/\/)?(.+)$/.exec(url);
  if (sqlite) return { client: 'sqlite3', connection: { filename: sqlite[1] ?? ':memory:' } };
  if (/^postgres(?:ql)?:\/\//.test(url)) return { client: 'pg', connection: url };
  if (/^(?:mysql|mariadb):\/\//.test(url)) {
    return { client: 'mysql2', connection: url.replace(/^mariadb:/, 'mysql:') };
  }
  throw new TypeError(WRONG_OPTION);
}

function isInMemory(config: Knex.Config): boolean {
  const filename =
    typeof config.connection === 'object' && 'filename' in config.connection
      ? config.connection.filename
      : '';
  return filename === '' || filename.includes(':memory:') || filename.includes('mode=memory');
}

function isKnex(option: DatabaseOption): option is Knex {
  return typeof option === 'function';
}
