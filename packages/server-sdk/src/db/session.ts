import type { Knex } from 'knex';
import type { Database } from './database.js';

type Done = (error: Error | null, connection: unknown) => void;
type AfterCreate = (connection: unknown, done: Done) => void;

interface QueryConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

/** How long a session may hold locks without a word; its client is gone then, or stopped. */
const IDLE_IN_TRANSACTION_SECONDS = 60;
/** How long a new connection may take. */
const CONNECT_MS = 10_000;

/**
 * What a connection of a pool that is opened here is told first, so that an answer never depends on a server's or a role's
 * defaults: an isolation level, and on MySQL the mode that statements are read in. The last of each list is for servers
 * that know it; others refuse it, which is no matter.
 */
const SESSIONS: Record<'postgres' | 'mysql', { required: string[]; optional: string[] }> = {
  postgres: {
    required: [
      'set session characteristics as transaction isolation level read committed',
      `set idle_in_transaction_session_timeout = '${IDLE_IN_TRANSACTION_SECONDS}s'`,
    ],
    optional: [],
  },
  mysql: {
    required: [
      `set session sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
      'set session transaction isolation level repeatable read',
      'set session autocommit = 1, sql_select_limit = 18446744073709551615, sql_safe_updates = 0, sql_big_selects = 1',
      'set session default_storage_engine = InnoDB',
    ],
    // MariaDB's; MySQL has nothing of the kind.
    optional: [`set session idle_transaction_timeout = ${IDLE_IN_TRANSACTION_SECONDS}`],
  },
};

/** A config of a server's pool, with connections that begin as {@link SESSIONS} says. */
export function withSession(config: Knex.Config, kind: 'postgres' | 'mysql'): Knex.Config {
  const { required, optional } = SESSIONS[kind];
  const before = config.pool?.afterCreate as AfterCreate | undefined;
  const afterCreate: AfterCreate = (connection, done) => {
    prepare(connection as QueryConnection, required, optional).then(
      () => {
        if (before) before(connection, done);
        else done(null, connection);
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)), connection);
      },
    );
  };
  return {
    ...config,
    acquireConnectionTimeout: config.acquireConnectionTimeout ?? CONNECT_MS,
    pool: { createTimeoutMillis: CONNECT_MS, ...config.pool, afterCreate },
  };
}

/** Settings of a session under which statements fail or say less than they are asked, and what each must be. */
const SETTINGS: Readonly<Record<string, string>> = {
  autocommit: '1',
  sql_select_limit: '18446744073709551615',
  sql_safe_updates: '0',
  sql_big_selects: '1',
  default_storage_engine: 'InnoDB',
};
/** Modes of MariaDB that give statements another meaning: an empty text becomes null, or the grammar is another. */
const REFUSED_MODES = ['EMPTY_STRING_IS_NULL', 'ORACLE'];

/**
 * Checks that a host's connections read statements as they are meant; those of a pool that is opened here are told to.
 *
 * @throws TypeError when the session has a mode of {@link REFUSED_MODES}, or differs from {@link SETTINGS}
 */
export async function requireSoundSession({ writer, dialect }: Database): Promise<void> {
  if (dialect.name !== 'mysql') return;
  const values = ['sql_mode', ...Object.keys(SETTINGS)].map((name) => {
    // As a number, or a switch is ON; as text, or a driver rounds a large one.
    const isNumber = /^\d+$/.test(SETTINGS[name] ?? '');
    return `cast(@@session.${name}${isNumber ? ' + 0' : ''} as char) as ${name}`;
  });
  const answer: unknown = await writer.raw(`select ${values.join(', ')}`);
  const [[session = {}]] = answer as [Record<string, string>[]];
  const modes = (session['sql_mode'] ?? '').split(',');
  const refused = REFUSED_MODES.find((mode) => modes.includes(mode));
  if (refused !== undefined) {
    throw new TypeError(
      `database: the sql_mode of these connections has ${refused}; leave it out of the mode of this pool's sessions`,
    );
  }
  for (const [name, value] of Object.entries(SETTINGS)) {
    if (session[name] === value || isLarge(session[name])) continue;
    throw new TypeError(
      `database: ${name} of these connections is ${session[name] ?? 'not known'}; set it to ${value} for this pool's sessions`,
    );
  }
}

/** A limit above what any list here has is none. */
function isLarge(value = ''): boolean {
  return /^\d{15,}$/.test(value);
}

async function prepare(
  connection: QueryConnection,
  required: readonly string[],
  optional: readonly string[],
): Promise<void> {
  for (const sql of required) await run(connection, sql);
  for (const sql of optional) await run(connection, sql).catch(() => undefined);
}

function run(connection: QueryConnection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
