import { openDatabase, type Database } from './db/database.js';
import { OwnWrites } from './db/own-writes.js';
import type { ResolvedOptions, ResolvedRollupOptions } from './options/resolve-options.js';
import type { Replica } from './queries/read-sources.js';
import { createCallSource } from './source/mapped-calls.js';
import { SECOND_MS } from './values/time.js';

/** The primary, and a replica for responses. */
export interface Databases extends Pick<Database, 'hurry' | 'close'> {
  primary: Database;
  replica: Replica | null;
}

/** Beyond the lag: clocks of servers differ. */
const CLOCK_DIFFERENCE_MS = 60_000;

/** Opens the primary and the replica. @throws TypeError when there is a replica of a database that has none */
export function openDatabases(options: ResolvedOptions): Databases {
  const database = openUsageDatabase(options);
  if (options.replica === null) {
    return {
      primary: database,
      replica: null,
      hurry: () => {
        database.hurry();
      },
      close: () => database.close(),
    };
  }
  const { maxLagSeconds } = options.replica;
  const replica = openDatabase(
    options.replica.database,
    createCallSource(options.calls, options.currency, options.creditDecimals),
    options.logger,
  );
  if (replica.dialect.replayedMs === null || replica.dialect !== database.dialect) {
    throw new TypeError('replica.database: only a hot standby of PostgreSQL can be read');
  }
  const maxLagMs = maxLagSeconds * SECOND_MS;
  const ownWrites = new OwnWrites(maxLagMs + CLOCK_DIFFERENCE_MS);
  return {
    primary: { ...database, ownWrites },
    replica: { database: replica, maxLagMs, ownWrites },
    hurry: () => {
      database.hurry();
      replica.hurry();
    },
    close: async () => {
      await Promise.all([database.close(), replica.close()]);
    },
  };
}

/** Opens the database of the option `database`, with the host's call table where there is one. */
export function openUsageDatabase(options: ResolvedRollupOptions): Database {
  return openDatabase(
    options.database,
    createCallSource(options.calls, options.currency, options.creditDecimals),
    options.logger,
  );
}
