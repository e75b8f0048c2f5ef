import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type { Knex } from 'knex';
import type { DatabaseServer } from '../helpers/test-databases.js';
import { generateHistory, HISTORY_END_MS } from './history.js';
import { insertHistory } from './insert-history.js';
import type { Figures } from './read-figures.js';

/** The folder with a folder for each released version that has new migrations. */
export const RELEASES = fileURLToPath(new URL('releases', import.meta.url));
/** The file with the statements of a released version, by the name of the database. */
export const STATEMENT_FILES: Readonly<Record<DatabaseServer['name'], string>> = {
  SQLite: 'sqlite.sql',
  PostgreSQL: 'postgres.sql',
  MariaDB: 'mariadb.sql',
};
/** The line between two statements: those of triggers have semicolons. */
export const STATEMENT_END = '\n--;\n';

/** Rows of one table, in the order in which they are inserted. */
export interface TableRows {
  table: string;
  columns: string[];
  rows: unknown[][];
}

/** What a released version wrote; `scripts/freeze-release.mjs` makes the files. */
export interface Release {
  version: string;
  /** Names of its migrations, in their order. */
  migrations: string[];
  statements(name: DatabaseServer['name']): string[];
  /** Rows of every table but those of calls, keys and migrations. */
  readRows(): TableRows[];
  /** What its endpoints responded. */
  readFigures(): Figures;
}

/** Lists the released versions, the oldest first. */
export function listReleases(): Release[] {
  const collator = new Intl.Collator('en', { numeric: true });
  const versions = readdirSync(RELEASES).sort((a, b) => collator.compare(a, b));
  return versions.map((version) => {
    const read = (file: string): Buffer => readFileSync(`${RELEASES}/${version}/${file}`);
    const unpack = (file: string): unknown =>
      JSON.parse(brotliDecompressSync(read(file)).toString());
    return {
      version,
      migrations: JSON.parse(read('migrations.json').toString()) as string[],
      statements: (name) => read(STATEMENT_FILES[name]).toString().split(STATEMENT_END).slice(1),
      readRows: () => unpack('rows.json.br') as TableRows[],
      readFigures: () => unpack('figures.json.br') as Figures,
    };
  });
}

/** Runs the statements of a released version on an empty database: its tables, views and triggers, and its history of migrations. */
export async function writeSchema(
  knex: Knex,
  release: Release,
  name: DatabaseServer['name'],
): Promise<void> {
  await run(knex, release.statements(name));
  await writeMigrations(knex, release.migrations);
}

/**
 * Makes the database that a released version left, with a hundred thousand calls. Triggers come last: the rows that they would
 * write are those of the release.
 *
 * @returns how many calls
 */
export async function writeReleasedDatabase(
  knex: Knex,
  release: Release,
  name: DatabaseServer['name'],
): Promise<number> {
  const statements = release.statements(name);
  const isTrigger = (statement: string): boolean => /^\s*create trigger/.test(statement);
  await run(
    knex,
    statements.filter((statement) => !isTrigger(statement)),
  );
  const tables = release.readRows();
  for (const { table, columns, rows } of tables) {
    await knex(table).delete();
    const records = rows.map((values) =>
      Object.fromEntries(columns.map((column, place) => [column, values[place]])),
    );
    await knex.transaction((trx) => trx.batchInsert(table, records, 300));
  }
  const count = await insertHistory(knex, listKept(tables));
  await run(knex, statements.filter(isTrigger));
  await writeMigrations(knex, release.migrations);
  // As its background work would have by now; without, PostgreSQL plans for tables of no rows.
  if (name === 'PostgreSQL') await knex.raw('analyze');
  return count;
}

/** The calls that were not archived. */
function* listKept(tables: readonly TableRows[]): ReturnType<typeof generateHistory> {
  const users = tables.find(({ table }) => table === 'model_call_users');
  if (users === undefined) throw new Error('There are no rows of users');
  const user = users.columns.indexOf('user_did');
  const archived = users.columns.indexOf('archived_before_ms');
  const before = new Map(users.rows.map((row) => [row[user], Number(row[archived] ?? 0)]));
  for (const call of generateHistory()) {
    if (call.startedAt >= (before.get(call.userDid) ?? 0)) yield call;
  }
}

async function run(knex: Knex, statements: readonly string[]): Promise<void> {
  // Knex takes a question mark for a value, and the statements have none.
  for (const statement of statements) await knex.raw(statement.replaceAll('?', '\\?'));
}

async function writeMigrations(knex: Knex, names: readonly string[]): Promise<void> {
  const rows = names.map((name) => ({ name, batch: 1, migration_time: new Date(HISTORY_END_MS) }));
  await knex('usage_kit_migrations').insert(rows);
}
