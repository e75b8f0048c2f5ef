import { createRollupControl } from '../../rollup/rollup-control.js';
import { ok, todo, type DoctorCheck, type Finding } from '../doctor-check.js';

/** How far the rollup is, and how its last run went. */
export const checkRollup: DoctorCheck = {
  name: 'rollup',
  needsTables: true,
  run: async ({ database, maxLagSeconds, clock }) => {
    const status = await createRollupControl(database, clock, 0).status();
    const { lagSeconds, lastFailure, lastFailureAt, lastSuccessAt, dirtyHours } = status;
    const findings: Finding[] = [];
    if ((lastFailureAt ?? '') > (lastSuccessAt ?? '')) {
      findings.push(todo(`the last run failed at ${lastFailureAt ?? ''}: ${lastFailure ?? ''}`));
    }
    const text = `it lags ${lagSeconds ?? 0} s; ${dirtyHours} hours wait to be rebuilt`;
    const isLate = lagSeconds !== null && lagSeconds > maxLagSeconds;
    const action = `does a process call usage.start(), or usage-kit rollup?`;
    findings.push(isLate ? todo(`${text}: ${action}`) : ok(text));
    return findings;
  },
};
