import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/db/database.js';
import type { RollupRunOptions } from '../../src/rollup/rollup-run.js';

/** Settings of a run of one more instance, without archiving and abandoned calls. @param leaseTtlMs e.g. short */
export function createRunOptions(
  database: Database,
  nowMs: number,
  leaseTtlMs: number,
): RollupRunOptions {
  return {
    database,
    nowMs,
    graceMinutes: 5,
    owner: randomUUID(),
    leaseTtlMs,
    retentionDays: null,
    abandonAfter: null,
  };
}
