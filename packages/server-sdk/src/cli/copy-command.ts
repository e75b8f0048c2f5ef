import { copyDatabase } from '../copy/copy-database.js';
import type { Database } from '../db/database.js';
import { isMigrated } from '../db/migrate.js';
import { openCommandDatabase } from './open-command-database.js';
import { CommandLineError, EXIT, type Terminal } from './terminal.js';

/**
 * Copies all tables to another database, which is migrated and empty.
 *
 * @param to URL of that database
 * @returns the exit code
 * @throws CommandLineError without a target @throws CopyError for one that cannot be copied to
 */
export async function runCopy(
  source: Database,
  to: string | undefined,
  terminal: Terminal,
): Promise<number> {
  if (to === undefined) {
    throw new CommandLineError('copy takes --to, e.g. --to postgres://user@host/usage');
  }
  const { database: target } = openCommandDatabase({ database: to }, terminal, false);
  try {
    if (!(await isMigrated(target.writer))) {
      throw new Error('The database to copy to has no tables; run usage-kit migrate with it');
    }
    const rows = await copyDatabase(source, target, (step, table, count) => {
      terminal.progress(`${count} rows of ${table} ${step}`);
    });
    terminal.progress('');
    for (const [table, count] of Object.entries(rows)) terminal.out(`  ${table}: ${count}`);
    terminal.out('Copied, and compared: every table has the same rows');
    return EXIT.ok;
  } finally {
    await target.close();
  }
}
