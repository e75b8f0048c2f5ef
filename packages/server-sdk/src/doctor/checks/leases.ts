import { LEASE_TTL_MS } from '../../rollup/rollup-run.js';
import { readDatabaseMs, readLastLeaseMs } from '../database-store.js';
import { ok, todo, type DoctorCheck } from '../doctor-check.js';

/** How much later than the longest lease one may end: its writer read the clock a moment before. */
const SLACK_MS = 5000;

/** Leases of the rollup. One that is over is taken by the next run; one too far ahead blocks its users until then. */
export const checkLeases: DoctorCheck = {
  name: 'leases',
  needsTables: true,
  run: async ({ database }) => {
    const lastMs = await readLastLeaseMs(database);
    const aheadMs = lastMs === null ? 0 : lastMs - (await readDatabaseMs(database));
    if (aheadMs <= 0) return [ok('none is held')];
    if (aheadMs <= LEASE_TTL_MS + SLACK_MS) return [ok('a run is in progress')];
    return [
      todo(
        `one is held for ${Math.round(aheadMs / 1000)} s more, as after a change of the clock; when no run is in progress, release it`,
        ['update model_call_slots set owner = null, lease_until_ms = 0'],
      ),
    ];
  },
};
