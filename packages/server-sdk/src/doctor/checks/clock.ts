import { readDatabaseMs } from '../database-store.js';
import { ok, problem, type DoctorCheck } from '../doctor-check.js';

/** Leases last 15 seconds by the database's clock; hours and grace are by this machine's. */
const MAX_SKEW_MS = 5000;

/** The difference between the clock of the database's server and this machine's. */
export const checkClock: DoctorCheck = {
  name: 'clock',
  needsTables: false,
  run: async ({ database, clock }) => {
    if (database.dialect.isFile) return [];
    const beforeMs = clock.now();
    const databaseMs = await readDatabaseMs(database);
    const afterMs = clock.now();
    // What the answer took may be on either side.
    const skewMs = Math.max(beforeMs - databaseMs, databaseMs - afterMs, 0);
    const text = `the database's clock is ${(skewMs / 1000).toFixed(1)} s from this machine's`;
    return [skewMs > MAX_SKEW_MS ? problem(`${text}: synchronize both (NTP)`) : ok(text)];
  },
};
