import { LEASE_TTL_MS } from '../../rollup/rollup-run.js';
import { toInstant } from '../../values/time.js';
import { listLeases, readDatabaseMs, type FoundLease } from '../database-store.js';
import { ok, problem, warning, type DoctorCheck, type Finding } from '../doctor-check.js';

/** How much later than the longest lease one may end: its writer read the clock a moment before. */
const SLACK_MS = 5000;
/** A lease that ended so long ago was followed by no run, which would have taken it. */
const FORGOTTEN_MS = 3_600_000;

/** Leases of the rollup. One that is over is taken by the next run; one too far ahead blocks its users until then. */
export const checkLeases: DoctorCheck = {
  name: 'leases',
  needsTables: true,
  run: async ({ database }) => {
    const leases = await listLeases(database);
    if (leases.length === 0) return [ok('none is held')];
    const nowMs = await readDatabaseMs(database);
    return leases.map((lease) => rate(lease, nowMs));
  },
};

function rate({ owner, slots, untilMs }: FoundLease, nowMs: number): Finding {
  const aheadMs = untilMs - nowMs;
  const what = `${slots} slots are held by the instance ${owner}`;
  if (aheadMs > LEASE_TTL_MS + SLACK_MS) {
    return problem(
      `${what} for ${Math.round(aheadMs / 1000)} s more, as after a change of the clock; when no run is in progress, release them`,
      [`update model_call_slots set owner = null, lease_until_ms = 0 where owner = '${owner}'`],
    );
  }
  if (aheadMs >= 0) {
    return ok(`${what}, which renewed them at ${toInstant(untilMs - LEASE_TTL_MS)}`);
  }
  const text = `${slots} slots were left by the instance ${owner}, whose lease ended at ${toInstant(untilMs)}; the next run takes them`;
  if (-aheadMs < FORGOTTEN_MS) return ok(text);
  return warning(`${text}: does a process call usage.start(), or usage-kit rollup?`);
}
