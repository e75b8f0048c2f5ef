import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { isTransient } from './database-failures.js';
import { runInBackground } from '../runtime/request-signal.js';
import { pause } from '../runtime/wait.js';
import type { ConnectionClient } from './drop-connection.js';
import { MIGRATIONS_TABLE, usageMigrations } from './migration-source.js';
import { overrideQuery } from './override-query.js';
import { TABLES } from './tables.js';

/**
 * Brings the tables up to date; does nothing when they are. Other programs that migrate at the same time are waited for. A
 * migration that was killed is undone by SQLite and PostgreSQL, where it is one transaction, and finished on MySQL and MariaDB,
 * where each change of a table is committed by itself.
 *
 * @returns names of the migrations that ran
 * @throws Error when another program migrates for longer than {@link WAIT_SECONDS}
 */
export function migrate(knex: Knex): Promise<string[]> {
  return runInBackground(() => (isMysql(knex) ? migrateMysql(knex) : migrateInTurn(knex)));
}

/** Whether the tables are there. */
export function isMigrated(knex: Knex): Promise<boolean> {
  return knex.schema.hasTable(TABLES.rollups);
}

async function runMigrations(knex: Knex): Promise<string[]> {
  const result: unknown = await knex.migrate.latest(usageMigrations());
  const names: unknown = Array.isArray(result) ? result[1] : [];
  return Array.isArray(names) ? names.map(String) : [];
}

/** How long another program's migration is waited for. */
const WAIT_SECONDS = 120;
const AGAIN_MS = 100;

/** Programs that start together get in each other's way; who lost a race finds the tables when it looks again. */
async function migrateInTurn(knex: Knex): Promise<string[]> {
  const untilMs = performance.now() + WAIT_SECONDS * 1000;
  for (;;) {
    try {
      await ensureOneLock(knex);
      return await runMigrations(knex);
    } catch (error) {
      if (!isOfAnother(error) || performance.now() > untilMs) throw error;
      await pause(AGAIN_MS);
    }
  }
}

/** What programs that migrate at the same time make each other fail with. */
function isOfAnother(error: unknown): boolean {
  if (isTransient(error)) return true;
  const { name, code, message = '' } = error as Partial<Error> & { code?: unknown };
  const isMade = code === '42P07' || code === '23505' || /table .* already exists/.test(message);
  return name === 'MigrationLocked' || isMade;
}

/**
 * Makes Knex's tables of migrations in one transaction. Knex does so step by step: two programs that start together make
 * two rows of the lock, which nobody can take from then on.
 */
async function ensureOneLock(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable(LOCK_TABLE)) {
    const [rows] = await knex(LOCK_TABLE).count<{ count: number | string }[]>('* as count');
    if (Number(rows?.count) === 1) return;
  }
  await knex.transaction(async (trx) => {
    if (isPostgres(knex)) await trx.raw(`select pg_advisory_xact_lock(hashtext('${LOCK_TABLE}'))`);
    await trx.migrate.list(usageMigrations());
    const first = trx(LOCK_TABLE).min('index');
    await trx(LOCK_TABLE).where('index', '>', first).delete();
  });
}

const LOCK_TABLE = `${MIGRATIONS_TABLE}_lock`;
/** Knex's lock is looked at so often, before it is taken to be of a program that was killed. */
const LOOKS = 3;
const LOOK_MS = 1000;

/**
 * Knex's own lock is a row, which stays when its owner is killed. A lock of the session goes with the connection: whoever
 * holds it knows that no other `migrate()` is at work, so that a row that is still locked after a while is a leftover.
 */
async function migrateMysql(knex: Knex): Promise<string[]> {
  return withSessionLock(knex, async () => {
    if (!(await isLeftLocked(knex))) return runMigrations(knex);
    await knex.migrate.forceFreeMigrationsLock(usageMigrations());
    return runMigrations(repeatable(knex));
  });
}

interface MysqlConnection {
  query(sql: string, values: unknown[], done: (error: Error | null, rows: unknown) => void): void;
}

async function withSessionLock<T>(knex: Knex, work: () => Promise<T>): Promise<T> {
  const client = knex.client as ConnectionClient;
  // Not of the pool, which may have one connection only.
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
  for (let look = 1; ; look += 1) {
    if (!(await knex.schema.hasTable(LOCK_TABLE))) return false;
    const row = await knex<{ is_locked: number }>(LOCK_TABLE).first('is_locked');
    if (row?.is_locked !== 1) return false;
    if (look === LOOKS) return true;
    await pause(LOOK_MS);
  }
}

/** What MySQL and MariaDB answer to a change that was made before. */
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

/** Statements of a migration that may have been run before it was killed: those that were are passed over. */
function repeatable(knex: Knex): Knex {
  return overrideQuery(knex, async (_client, _connection, statement, run) => {
    try {
      return await run(statement);
    } catch (error) {
      if (!MADE_BEFORE.has((error as { code?: unknown }).code)) throw error;
      return { ...statement, response: [{ affectedRows: 0, insertId: 0 }, []] };
    }
  });
}

function isMysql(knex: Knex): boolean {
  return /mysql|mariadb/.test(getClientName(knex));
}

function isPostgres(knex: Knex): boolean {
  return /pg|postgres/.test(getClientName(knex));
}

function getClientName(knex: Knex): string {
  return String((knex.client as { config: Knex.Config }).config.client);
}
