import type { ResolvedAdvice } from '../../advice/advice-options.js';
import type { AlertService } from '../../alerts/alert-service.js';
import type { Database } from '../../db/database.js';
import type { CursorKeys } from '../../queries/calls/cursor-keys.js';
import type { DescribeProjects } from '../../queries/project-info.js';
import type { DescribeProviders } from '../../queries/provider-info.js';
import type { ResolvedPricing } from '../../pricing/resolve-pricing.js';
import type { QuotaService } from '../../quota/quota-service.js';
import type { QueryLimits } from './define-query.js';

/** What handlers work with, the same for every request. */
export interface HandlerDependencies {
  database: Database;
  /** What authenticates cursors. */
  cursorKeys: CursorKeys;
  quota: QuotaService;
  /** List prices, for advice; `null`: none. */
  pricing: ResolvedPricing | null;
  advice: ResolvedAdvice;
  alerts: AlertService;
  limits: QueryLimits;
  /** Gives projects their names. */
  describe: DescribeProjects;
  describeProviders: DescribeProviders;
}

/** One authenticated request. */
export interface UsageRequest {
  /** The user who sent it; the only identity a handler may use. */
  userDid: string;
  /** Projects that may be seen; `null`: all. The one in the path is one of them. */
  projects: readonly string[] | null;
  /** When, epoch ms. */
  nowMs: number;
  /** Without the `?`. */
  queryString: string;
  /** The `:appDid` segment, decoded; empty where the path has none. */
  appDid: string;
}
