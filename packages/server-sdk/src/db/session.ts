import type { Knex } from 'knex';
import type { Database } from './database.js';
import type { SessionDialect } from './dialects/session-dialect.js';
import { queryRow } from './executor.js';
import { verbatim } from './sql.js';

type Done = (error: Error | null, connection: unknown) => void;
type AfterCreate = (connection: unknown, done: Done) => void;

interface QueryConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

/** How long a new connection may take, milliseconds. */
const CONNECT_MS = 10_000;

/**
 * A config of a server's pool whose connections are set up by the dialect, so that no result depends on defaults of the
 * server or of the role.
 */
export function withSession(config: Knex.Config, session: SessionDialect): Knex.Config {
  const { required, optional } = session;
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

/**
 * Checks that a host's connections have the settings that statements need; {@link withSession} gives them to the SDK's own.
 *
 * @throws TypeError when the session has a refused mode, or another value of a setting
 */
export async function requireSoundSession({ writer, dialect }: Database): Promise<void> {
  const { settings = {}, refusedModes = [] } = dialect.session ?? {};
  if (Object.keys(settings).length === 0) return;
  const values = ['sql_mode', ...Object.keys(settings)].map((name) => {
    // As a number, because a switch would be ON; as text, because a driver rounds a large number.
    const isNumber = /^\d+$/.test(settings[name] ?? '');
    return `cast(@@session.${name}${isNumber ? ' + 0' : ''} as char) as ${name}`;
  });
  const session =
    (await queryRow<Record<string, string>>(
      { trx: writer },
      verbatim(`select ${values.join(', ')}`),
    )) ?? {};
  const modes = (session['sql_mode'] ?? '').split(',');
  const refused = refusedModes.find((mode) => modes.includes(mode));
  if (refused !== undefined) {
    throw new TypeError(
      `database: the sql_mode of these connections has ${refused}; leave it out of the mode of this pool's sessions`,
    );
  }
  for (const [name, value] of Object.entries(settings)) {
    if (session[name] === value || isLarge(session[name])) continue;
    throw new TypeError(
      `database: ${name} of these connections is ${session[name] ?? 'not known'}; set it to ${value} for this pool's sessions`,
    );
  }
}

/** Whether a limit is above the length of any list here. */
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
