import type { Database } from '../../db/database.js';
import type { CursorKeys } from '../../queries/calls/cursor-keys.js';
import type { QuotaService } from '../../quota/quota-service.js';
import type { Project } from '../../contract/common.js';
import type { QueryLimits } from './parse-query.js';

/** What handlers work with, the same for every request. */
export interface HandlerDependencies {
  database: Database;
  /** What authenticates cursors. */
  cursorKeys: CursorKeys;
  quota: QuotaService;
  limits: QueryLimits;
  /** Gives projects their names. */
  describe: (appDids: readonly string[]) => Promise<Map<string, Project>>;
}

/** One authenticated request. */
export interface UsageRequest {
  /** Who asks; the only identity a handler may use. */
  userDid: string;
  /** Projects that may be seen; `null`: all. The one in the path is one of them. */
  projects: readonly string[] | null;
  /** When, epoch ms. */
  nowMs: number;
  /** Query string without the `?`. */
  query: string;
  /** The `:appDid` segment, decoded; empty where the path has none. */
  appDid: string;
}

/** Answers one endpoint: parse, ask a service, return the body. Throws `UsageError`. */
export type Handler = (deps: HandlerDependencies, request: UsageRequest) => Promise<object>;
