import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { isTransient } from './statement-error.js';
import { getDialect } from './dialects/get-dialect.js';
import { runInBackground } from '../runtime/request-signal.js';
import { pause } from '../runtime/wait.js';
import { refuseDevelopmentHistory } from './development-history.js';
import { refuseLaterHistory } from './later-history.js';
import type { ConnectionClient } from './drop-connection.js';
import { MIGRATIONS_TABLE, usageMigrations } from './migration-source.js';
import { overrideQuery } from './override-query.js';
import { execute } from './executor.js';
import { verbatim } from './sql.js';

/**
 * Migrates the tables to this version; does nothing when they have it. Waits for other programs that migrate at the same time.
 * SQLite and PostgreSQL roll back a migration that was killed, which is one transaction there; on MySQL and MariaDB, where each
 * change of a table is committed by itself, the next one completes it.
 *
 * @returns names of the migrations that ran
 * @throws DevelopmentDatabaseError for a database of a version before the first release; nothing is changed then
 * @throws LaterDatabaseError for a database of a later version; nothing is changed then
 * @throws Error when another program migrates for longer than {@link WAIT_SECONDS}
 */
export function migrate(knex: Knex): Promise<string[]> {
  return runInBackground(async () => {
    await refuseForeignHistory(knex);
    return getDialect(knex).commitsSchemaChanges
      ? migrateUnderLock(knex)
      : migrateWithRetries(knex);
  });
}

/**
 * Refuses a database whose tables are not of this version or an earlier release. Reads only.
 *
 * @throws DevelopmentDatabaseError @throws LaterDatabaseError
 */
export async function refuseForeignHistory(knex: Knex): Promise<void> {
  await refuseDevelopmentHistory(knex);
  await refuseLaterHistory(knex);
}

/** Whether the tables exist. */
export function isMigrated(knex: Knex): Promise<boolean> {
  return knex.schema.hasTable('model_call_rollups');
}

async function runMigrations(knex: Knex): Promise<string[]> {
  const result: unknown = await knex.migrate.latest(usageMigrations());
  const names: unknown = Array.isArray(result) ? result[1] : [];
  return Array.isArray(names) ? names.map(String) : [];
}

/** How long to wait for another program's migration, seconds. */
const WAIT_SECONDS = 120;
const RETRY_DELAY_MS = 100;

/** Programs that start together make each other fail; one that failed finds the tables at its next attempt. */
async function migrateWithRetries(knex: Knex): Promise<string[]> {
  const untilMs = performance.now() + WAIT_SECONDS * 1000;
  for (;;) {
    try {
      await ensureOneLock(knex);
      return await runMigrations(knex);
    } catch (error) {
      if (!isConcurrentMigration(error) || performance.now() > untilMs) throw error;
      await pause(RETRY_DELAY_MS);
    }
  }
}

/** Whether a migration failed because another program migrates at the same time. */
function isConcurrentMigration(error: unknown): boolean {
  if (isTransient(error)) return true;
  const { name, code, message = '' } = error as Partial<Error> & { code?: unknown };
  const exists = code === '42P07' || code === '23505' || /table .* already exists/.test(message);
  return name === 'MigrationLocked' || exists;
}

/**
 * Creates Knex's tables of migrations in one transaction. Knex does so step by step: two programs that start together insert
 * two rows of the lock, which no program can take from then on.
 */
async function ensureOneLock(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable(LOCK_TABLE)) {
    const [rows] = await knex(LOCK_TABLE).count<{ count: number | string }[]>('* as count');
    if (Number(rows?.count) === 1) return;
  }
  await knex.transaction(async (trx) => {
    const lock = getDialect(knex).lockTransaction(LOCK_TABLE);
    if (lock !== null) await execute({ trx }, verbatim(lock));
    await trx.migrate.list(usageMigrations());
    const first = trx(LOCK_TABLE).min('index');
    await trx(LOCK_TABLE).where('index', '>', first).delete();
  });
}

const LOCK_TABLE = `${MIGRATIONS_TABLE}_lock`;
/** How often Knex's lock is checked before it counts as one of a program that was killed. */
const LOCK_CHECKS = 3;
const LOCK_CHECK_DELAY_MS = 1000;

/**
 * Migrates under a lock of the session, which ends with the connection. Knex's own lock is a row, which stays when its owner is
 * killed. The owner of the session's lock knows that no other `migrate()` is running, so that a row that is still locked after a
 * while is a leftover.
 */
async function migrateUnderLock(knex: Knex): Promise<string[]> {
  return withSessionLock(knex, async () => {
    if (!(await isLeftLocked(knex))) return runOrLeaveLocked(knex);
    await knex.migrate.forceFreeMigrationsLock(usageMigrations());
    return runOrLeaveLocked(skipExecuted(knex));
  });
}

/**
 * A migration that fails half-way, as on a full disk, is left locked like one whose program was killed, so that the next attempt
 * completes it. Knex frees the lock of it, and the next attempt would fail at the changes that were made.
 */
async function runOrLeaveLocked(knex: Knex): Promise<string[]> {
  try {
    return await runMigrations(knex);
  } catch (error) {
    // Something of that name is there that no attempt of ours made: it must not be taken for ours by the next one.
    if (!isMadeBefore(error)) {
      await knex(LOCK_TABLE)
        .update({ is_locked: 1 })
        .catch(() => undefined);
    }
    throw error;
  }
}

interface MysqlConnection {
  query(sql: string, values: unknown[], done: (error: Error | null, rows: unknown) => void): void;
}

async function withSessionLock<T>(knex: Knex, work: () => Promise<T>): Promise<T> {
  const client = knex.client as ConnectionClient;
  // Not from the pool, which may have only one connection.
  const connection = (await client.acquireRawConnection()) as MysqlConnection;
  try {
    const [database] = await query<{ name: string | null }>(
      connection,
      'select database() as name',
      [],
    );
    const name = createHash('sha256')
      .update(`${database?.name ?? ''}`)
      .digest('hex')
      .slice(0, 40);
    const [lock] = await query<{ taken: number | null }>(
      connection,
      'select get_lock(?, ?) as taken',
      [`usage_kit_${name}`, WAIT_SECONDS],
    );
    if (lock?.taken !== 1) throw new Error('Another program has been migrating for two minutes');
    return await work();
  } finally {
    // The lock goes with it.
    await client.destroyRawConnection(connection).catch(() => undefined);
  }
}

function query<Row>(connection: MysqlConnection, sql: string, values: unknown[]): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.query(sql, values, (error, rows) => {
      if (error) reject(error);
      else resolve(rows as Row[]);
    });
  });
}

/** Whether Knex's lock stays taken. A host that migrates by itself holds it, too. */
async function isLeftLocked(knex: Knex): Promise<boolean> {
  for (let check = 1; ; check += 1) {
    if (!(await knex.schema.hasTable(LOCK_TABLE))) return false;
    const row = await knex<{ is_locked: number }>(LOCK_TABLE).first('is_locked');
    if (row?.is_locked !== 1) return false;
    if (check === LOCK_CHECKS) return true;
    await pause(LOCK_CHECK_DELAY_MS);
  }
}

/** Error codes of MySQL and MariaDB for a change that was made before. */
const MADE_BEFORE: ReadonlySet<unknown> = new Set([
  'ER_TABLE_EXISTS_ERROR',
  'ER_DUP_FIELDNAME',
  'ER_DUP_KEYNAME',
  'ER_DUP_ENTRY',
  'ER_MULTIPLE_PRI_KEY',
  'ER_TRG_ALREADY_EXISTS',
  'ER_TRG_DOES_NOT_EXIST',
  'ER_CANT_DROP_FIELD_OR_KEY',
  'ER_BAD_TABLE_ERROR',
]);

function isMadeBefore(error: unknown): boolean {
  return MADE_BEFORE.has((error as { code?: unknown }).code);
}

/** A Knex instance that ignores statements of a migration which ran before it was killed. */
function skipExecuted(knex: Knex): Knex {
  return overrideQuery(knex, async (_client, _connection, statement, run) => {
    try {
      return await run(statement);
    } catch (error) {
      if (!isMadeBefore(error)) throw error;
      return { ...statement, response: [{ affectedRows: 0, insertId: 0 }, []] };
    }
  });
}
