import type { Subject } from './send-request.js';

/** Result of a check. */
export interface Finding {
  /** What is wrong; empty when the check passed. */
  faults?: readonly string[];
  /** Why the check could not be made. */
  inconclusive?: string;
}

/** A property that a mounted server must have. */
export interface Check {
  name: string;
  run(subject: Subject): Promise<Finding>;
}

/** Outcome of a check, for a report. */
export interface CheckResult {
  name: string;
  outcome: 'passed' | 'failed' | 'inconclusive';
  details: readonly string[];
}
