import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import knexFactory, { type Knex } from 'knex';
import { MIGRATION_NAMES } from '../../src/db/migration-source.js';
import { ALL_TABLES } from '../../src/db/tables.js';
import { availableServers, sqliteServer } from '../helpers/test-databases.js';
import { generateHistory, HISTORY_END_MS, ROLLED_UP_MS, ARCHIVED_BEFORE_DAYS } from './history.js';
import { insertHistory } from './insert-history.js';
import { openHistoryUsage } from './open-history-usage.js';
import { readFigures } from './read-figures.js';
import { recordStatements } from './record-statements.js';
import { RELEASES, STATEMENT_END, STATEMENT_FILES, type TableRows } from './released-version.js';

/**
 * Writes the folder of a release: statements on each database, rows, and figures.
 *
 * @param version that will be released
 * @param current that the manifest has
 * @throws Error for a version that is released already, or when a database is missing
 */
export async function freezeRelease(version: string, current: string): Promise<void> {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error('Name the version, e.g. 0.2.0');
  const folder = join(RELEASES, version);
  if (existsSync(folder) && compare(current, version) >= 0) {
    throw new Error(`${version} is released: what it wrote does not change any more`);
  }
  const servers = await availableServers();
  if (servers.length < 3) throw new Error('PostgreSQL and MariaDB have to run here');
  mkdirSync(folder, { recursive: true });
  for (const server of servers) {
    const database = await server.create();
    const knex = knexFactory({ ...database.config, useNullAsDefault: true });
    const title = `-- What the migrations of ${version} write on ${server.name}; scripts/freeze-release.mjs made it.`;
    const text = [title, ...(await recordStatements(knex))].join(STATEMENT_END);
    writeFileSync(join(folder, STATEMENT_FILES[server.name]), text);
    await knex.destroy();
    await database.drop();
  }
  writeJson(folder, 'migrations.json', MIGRATION_NAMES);
  await writeHistory(folder);
}

/** Plays the history on SQLite: calls, the rollup, calls that are late, and calls that are not rolled up. */
async function writeHistory(folder: string): Promise<void> {
  const database = await sqliteServer.create();
  const knex = knexFactory({ ...database.config, useNullAsDefault: true });
  const clock = { nowMs: ROLLED_UP_MS, now: (): number => clock.nowMs };
  const usage = openHistoryUsage(database.config, clock, {
    retention: { callsDays: ARCHIVED_BEFORE_DAYS },
  });
  await usage.migrate();
  const calls = [...generateHistory()];
  await insertHistory(
    knex,
    calls.filter(({ isLate }) => !isLate),
  );
  await usage.rollup.run();
  await insertHistory(
    knex,
    calls.filter(({ isLate }) => isLate),
  );
  clock.nowMs = HISTORY_END_MS;
  writeCompressed(folder, 'figures.json.br', await readFigures(usage));
  writeCompressed(folder, 'rows.json.br', await dumpRows(knex));
  await usage.stop();
  await knex.destroy();
  await database.drop();
}

/** Calls are generated again; keys are made anew. */
const NOT_DUMPED = ['model_calls', 'model_call_secrets'];

async function dumpRows(knex: Knex): Promise<TableRows[]> {
  const tables: TableRows[] = [];
  for (const table of ALL_TABLES) {
    if (NOT_DUMPED.includes(table)) continue;
    const columns = Object.keys(await knex(table).columnInfo());
    const rows = await knex<Record<string, unknown>>(table).select(columns);
    tables.push({ table, columns, rows: rows.map((row) => columns.map((name) => row[name])) });
  }
  return tables;
}

function writeJson(folder: string, file: string, value: unknown): void {
  writeFileSync(join(folder, file), `${JSON.stringify(value, null, 2)}\n`);
}

function writeCompressed(folder: string, file: string, value: unknown): void {
  writeFileSync(join(folder, file), brotliCompressSync(JSON.stringify(value)));
}

function compare(a: string, b: string): number {
  return new Intl.Collator('en', { numeric: true }).compare(a, b);
}
