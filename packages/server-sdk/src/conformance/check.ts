import type { Subject } from './ask.js';

/** What a check found. */
export interface Finding {
  /** What is wrong; nothing if all is well. */
  faults?: readonly string[];
  /** Why it cannot be said. */
  inconclusive?: string;
}

/** One thing that has to hold of a mounted server. */
export interface Check {
  name: string;
  run(subject: Subject): Promise<Finding>;
}

/** What became of a check. */
export interface CheckResult {
  name: string;
  outcome: 'passed' | 'failed' | 'inconclusive';
  details: readonly string[];
}
