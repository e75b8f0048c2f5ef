import { createRollupControl } from '../../rollup/rollup-control.js';
import { countDueUsers } from '../database-store.js';
import { ok, problem, type DoctorCheck, type Finding } from '../doctor-check.js';

/** How far the rollup is, and how its last run went. */
export const checkRollup: DoctorCheck = {
  name: 'rollup',
  needsTables: true,
  run: async ({ database, maxLagSeconds, clock }) => {
    const status = await createRollupControl(database, clock, 0).status();
    const { lagSeconds, lastFailure, lastFailureAt, lastSuccessAt, dirtyHours } = status;
    const findings: Finding[] = [];
    if ((lastFailureAt ?? '') > (lastSuccessAt ?? '')) {
      findings.push(
        problem(
          `the last run failed at ${lastFailureAt ?? ''}: ${lastFailure ?? ''}; mend that, and the next run catches up`,
        ),
      );
    }
    const dueUsers = await countDueUsers(database, clock.now());
    const text = `it lags ${lagSeconds ?? 0} s, at most ${maxLagSeconds} s are fine; ${dueUsers} users are due and ${dirtyHours} hours wait to be rebuilt`;
    const isLate = lagSeconds !== null && lagSeconds > maxLagSeconds;
    const action = `does a process call usage.start(), or usage-kit rollup?`;
    findings.push(isLate ? problem(`${text}: ${action}`) : ok(text));
    return findings;
  },
};
