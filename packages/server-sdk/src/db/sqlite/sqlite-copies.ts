import { readFileSync, readdirSync, statSync } from 'node:fs';

/** A file is open through two copies of SQLite in this process, or may be. */
class SqliteCopiesError extends Error {
  override readonly name = 'SqliteCopiesError';
  readonly code = 'SQLITE_COPIES';
}

/** Native parts of drivers, and SQLite as a library of the system. */
const LIBRARY = /(sqlite[^/]*\.node|libsqlite3\.so[^/]*)$/i;

/**
 * Refuses a database file that another copy of SQLite in this process holds, or may hold.
 *
 * POSIX locks belong to the process: when one copy closes its file, the locks of the other are gone, and both then write without
 * locks. In a test with a write every 4 ms the file was corrupt within seconds. Two processes, or two connections of one copy,
 * respect each other's locks.
 *
 * @param ownConnections connections to the file that are open here, each of which has it open once
 * @throws SqliteCopiesError whose message has the remedies
 */
export function requireOneCopy(file: string, ownConnections: number): void {
  const copies = findCopies();
  if (copies.length < 2 || countOpen(file) <= ownConnections) return;
  throw new SqliteCopiesError(
    `The database file is open through another copy of SQLite in this process (loaded: ${copies.join(', ')}). ` +
      'Neither copy sees the locks of the other, and the file would be destroyed: nothing was opened or written. ' +
      'Use one copy: let the host have the driver (npm dedupe), hand its Knex instance over as "database", ' +
      'give Usage Kit a separate file, or run it in a separate process (see "SQLite in a host that uses it too").',
  );
}

/** Finds the loaded copies of SQLite; none on systems without `/proc`. */
function findCopies(): string[] {
  const copies = new Map<string, string>();
  for (const line of readLines('/proc/self/maps')) {
    // address perms offset device inode path
    const [, , , device = '', inode = '', ...path] = line.split(/\s+/);
    const library = path.join(' ');
    if (LIBRARY.test(library)) copies.set(`${device} ${inode}`, shorten(library));
  }
  const { moduleLoadList = [] } = process as { moduleLoadList?: readonly string[] };
  const names = [...copies.values()];
  if (moduleLoadList.includes('Internal Binding sqlite')) names.push('node:sqlite');
  return names;
}

/** Counts the descriptors of a file in this process. */
function countOpen(file: string): number {
  const target = statSync(file, { throwIfNoEntry: false });
  if (!target) return 0;
  let count = 0;
  for (const descriptor of readFolder('/proc/self/fd')) {
    const found = statSync(`/proc/self/fd/${descriptor}`, { throwIfNoEntry: false });
    if (found?.ino === target.ino && found.dev === target.dev) count += 1;
  }
  return count;
}

/** The package and the file of a path, without the folders of the machine. */
function shorten(path: string): string {
  return (
    /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(path)?.[1] ??
    path.replace(/^.*\//, '')
  );
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function readFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
