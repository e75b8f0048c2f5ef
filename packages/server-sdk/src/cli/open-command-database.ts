import { existsSync } from 'node:fs';
import { openDatabase, type Database } from '../db/database.js';
import { requireDriver } from '../db/require-driver.js';
import type { CallTable } from '../source/call-table.js';
import { createCallSource } from '../source/mapped-calls.js';
import { DEFAULT_CURRENCY } from '../db/own-calls.js';
import { isCurrency } from '../values/amounts.js';
import { readCalls } from './calls-option.js';
import { CommandLineError, type Terminal } from './terminal.js';

/** Options that say where calls are. */
export interface DatabaseArguments {
  database?: string | undefined;
  calls?: string | undefined;
  currency?: string | undefined;
}

/**
 * Opens the database of a command; no connection is made yet.
 *
 * @param migrates whether a SQLite file that is missing is made
 * @throws CommandLineError for an invalid `--calls` @throws Error that names the missing driver or file
 */
export function openCommandDatabase(
  args: DatabaseArguments,
  { environment }: Terminal,
  migrates: boolean,
): { database: Database; calls: CallTable | null } {
  const url = args.database ?? environment['USAGE_KIT_DATABASE'] ?? 'sqlite:./usage.db';
  const calls = args.calls === undefined ? null : readCalls(args.calls);
  requireDatabase(url, migrates);
  const { currency = DEFAULT_CURRENCY } = args;
  if (!isCurrency(currency)) throw new CommandLineError('--currency takes a code such as USD');
  return { database: openDatabase(url, createCallSource(calls, currency)), calls };
}

/**
 * Checks the driver and the file of SQLite before a connection is opened: SQLite would create a missing file.
 *
 * @throws Error that names the missing driver or file
 */
function requireDatabase(url: string, migrates: boolean): void {
  const [, client = ''] = /^(\w+):/.exec(url) ?? [];
  requireDriver(client === 'mysql' ? 'mysql2' : client);
  const [, file] = /^(?:sqlite3?|file):(?:\/\/)?([^?]+)/.exec(url) ?? [];
  if (migrates || file === undefined || file.includes(':memory:') || existsSync(file)) return;
  throw new Error(`There is no database at ${file}; name another, or run usage-kit migrate`);
}
