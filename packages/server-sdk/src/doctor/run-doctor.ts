import { checkAlerts } from './checks/alerts.js';
import { checkCallIndexes } from './checks/call-indexes.js';
import { checkCallMapping } from './checks/call-mapping.js';
import { checkClock } from './checks/clock.js';
import { checkDisk } from './checks/disk.js';
import { checkLeases } from './checks/leases.js';
import { checkPrivileges } from './checks/privileges.js';
import { checkRollup } from './checks/rollup.js';
import { checkSchema } from './checks/schema.js';
import { checkTables } from './checks/tables.js';
import { checkTriggers } from './checks/triggers.js';
import { checkVersions } from './checks/versions.js';
import {
  problem,
  toLevel,
  type DoctorCheck,
  type DoctorSubject,
  type Finding,
  type Level,
} from './doctor-check.js';

/** All checks, in the order in which they are reported; each is a file of `checks`. */
const CHECKS: readonly DoctorCheck[] = [
  checkVersions,
  checkClock,
  checkDisk,
  checkTables,
  checkSchema,
  checkTriggers,
  checkPrivileges,
  checkCallMapping,
  checkCallIndexes,
  checkRollup,
  checkLeases,
  checkAlerts,
];

/** What one check found. */
export interface CheckReport {
  name: string;
  findings: readonly Finding[];
}

/**
 * Runs the checks one after the other. One that fails is reported as a problem, and the others go on; those that need the tables of
 * Usage Kit are left out without them.
 *
 * @param onReport gets what each found as soon as it has
 * @returns the gravest level of all findings
 */
export async function runDoctor(
  subject: DoctorSubject,
  hasTables: boolean,
  onReport: (report: CheckReport) => void,
): Promise<Level> {
  const all: Finding[] = [];
  for (const check of CHECKS) {
    if (check.needsTables && !hasTables) continue;
    const findings = await runCheck(check, subject);
    all.push(...findings);
    if (findings.length > 0) onReport({ name: check.name, findings });
  }
  return toLevel(all);
}

async function runCheck(check: DoctorCheck, subject: DoctorSubject): Promise<readonly Finding[]> {
  try {
    const applies = (await check.applies?.(subject)) ?? true;
    return applies ? await check.run(subject) : [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [problem(`could not be checked: ${message}`)];
  }
}
