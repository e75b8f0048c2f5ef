import type { Database } from '../db/database.js';
import { eraseUser, countErasable, type EraseReport } from '../erase/erase-user.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/** Options of `usage-kit erase` as parsed. */
export interface EraseArguments {
  user?: string | undefined;
  yes?: boolean | undefined;
}

/** Deletes all rows of a user; without `--yes` it only counts them. @returns the exit code @throws CommandLineError without a user */
export async function runErase(
  database: Database,
  { user, yes }: EraseArguments,
  terminal: Terminal,
): Promise<number> {
  if (user === undefined) throw new CommandLineError('erase takes --user');
  const report = await (yes ? eraseUser(database, user) : countErasable(database, user));
  terminal.out(yes ? `Deleted of ${user}:` : `There are of ${user}:`);
  for (const line of toLines(report)) terminal.out(line);
  if (yes) return EXIT.ok;
  terminal.out('Nothing was deleted. Say --yes to delete them.');
  return EXIT.usage;
}

function toLines({ rows, hostTable }: EraseReport): string[] {
  const lines = Object.entries(rows).map(([table, count]) => `  ${table}: ${count}`);
  if (hostTable !== null) {
    lines.push(`  Rows of "${hostTable}" stay: they are yours to delete.`);
  }
  return lines;
}
