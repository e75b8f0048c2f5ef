import type { Totals } from '../contract/common.js';
import type { Granularity } from '../aggregates/model/range-plan.js';

/** The scope of an aggregate, as reports name it. */
export type RollupScope = 'user' | 'project' | 'userModel' | 'projectModel';

/** An aggregate that differs from its calls. */
export interface RollupDifference {
  granularity: Granularity;
  /** Start of the bucket. */
  start: string;
  userDid: string;
  scope: RollupScope;
  appDid: string | null;
  model: string | null;
  /** The totals of the calls; `null`: there are none. */
  expected: Totals | null;
  /** The stored totals; `null`: there are none. */
  actual: Totals | null;
}

/** How a verification is stopped, and how it reports while it works. */
export interface VerifyOptions {
  /** Stops after the present user. */
  signal?: AbortSignal;
  /** Receives every difference, also those beyond the limit of the report. */
  onDifference?: (difference: RollupDifference) => void;
  /** Called after each user. */
  onProgress?: (progress: { throughMs: number; buckets: number; differences: number }) => void;
}

/** The result of a verification. */
export interface VerifyReport {
  /** Hours, days and months of users that were compared. */
  buckets: number;
  /** Dirty hours, counted for each user; their differences are expected and not reported. */
  pendingHours: number;
  /** The number of all differences. */
  differenceCount: number;
  /** The first 1,000. */
  differences: RollupDifference[];
}
