import type { DatabaseOption } from '../db/database.js';
import type { AbandonAfter } from '../rollup/abandon-after.js';
import type { EmbedOptions } from '../http/embed/embed-options.js';
import type { Authenticate } from '../http/core/authenticate.js';
import type { CallTable } from '../source/call-table.js';
import type { Clock } from '../runtime/clock.js';
import type { MetricsRegistry } from '../metrics/metrics.js';
import type { Logger } from '../runtime/logger.js';
import type { ProjectDirectory } from '../queries/project-directory.js';
import type { QuotaProvider } from '../quota/quota-provider.js';
import type { RollupLag } from '../rollup/rollup-health.js';

/** Where a background error came from. */
export interface ErrorContext {
  job: 'rollup';
}

/** When and how pre-aggregates are built. */
export interface RollupOptions {
  /**
   * When the scheduler looks for due hours; cron in UTC. Answers do not wait for it: what is not rolled up yet is
   * computed live.
   * @default '* * * * *' (each minute)
   */
  cron?: string;
  /**
   * Minutes after its end at which an hour is rolled up, 0 to 1440. Calls that arrive later are counted all the same;
   * a longer grace only saves rebuilding.
   * @default 5
   */
  graceMinutes?: number;
  /**
   * Called by the scheduler when the rollup has fallen behind by more than `maxLagSeconds`; again only after it had caught
   * up. Answers stay right while it lags, and get slower.
   */
  onLag?: (lag: RollupLag) => void;
  /** The lag that is too much, 3600 to 31536000 seconds; up to an hour and the grace is usual. @default 7800 */
  maxLagSeconds?: number;
  /** How often a failed run is tried again, with growing pauses, before the next waking, 0 to 20. @default 5 */
  retries?: number;
}

/** How much `usage.calls` holds in memory while the database is behind, and how long a call may be under way. */
export interface RecorderOptions {
  /** Calls that are checked and queued to be written, 1 to 1000000. @default 10000 */
  maxQueuedCalls?: number;
  /**
   * Calls of callers beyond that, who wait for room, 0 to 10000000; more are turned away with `RECORDER_FULL`.
   * @default 40000
   */
  maxWaitingCalls?: number;
  /**
   * Minutes after its start, 1 to 525600, at which a call that is still `processing` is taken for one whose process is gone:
   * the rollup then ends it as failed, with the reason `abandoned`. One that ends after all is corrected. An object says it by
   * type, e.g. `{ video: 4320, default: 1440 }`. `false`: never.
   * @default 1440
   */
  abandonAfterMinutes?: number | Partial<AbandonAfter> | false;
}

/** What requests are held to. */
export interface LimitOptions {
  /** Longest range of a request, days, 1 to 3660. @default 400 */
  maxRangeDays?: number;
  /**
   * Most points of a trend, 24 to 100000: each takes about 3 kB while it is computed, and 400 bytes in the answer. The default
   * is four months of hours.
   * @default 3000
   */
  maxTrendPoints?: number;
  /** How long the quota provider may take, milliseconds, 100 to 60000. @default 2500 */
  quotaDeadlineMs?: number;
  /**
   * How long an answer may take, milliseconds, 100 to 600000; then it is 503 and its statement is cancelled, on every
   * database. @default 15000
   */
  answerDeadlineMs?: number;
  /** Requests of a user in a minute, 1 to 1000000; more are 429. `false`: no limit. @default 1200 */
  requestsPerMinute?: number | false;
  /**
   * Requests with one embed token in a minute. All tokens of a user together may ask `requestsPerMinute`, apart from what the
   * user's own session asks. `false`: no limit.
   * @default 600
   */
  tokenRequestsPerMinute?: number | false;
  /** Answers worked on at once for one user or token, 1 to 1000; eight times as many wait, more are 429. @default 8 */
  maxConcurrentRequests?: number;
  /** Answers worked on at once in all, 1 to 10000; eight times as many wait, more are 503. @default 128 */
  maxTotalConcurrentRequests?: number;
}

/** How long calls are kept. What was counted of them is kept forever, by the hour. */
export interface RetentionOptions {
  /**
   * Whole days, 32 to 36500; the rollup then deletes older calls, an hour at a time. Longer than a call can take, and than
   * one may be sent again: a call that comes twice is only known to be one while it is kept.
   */
  callsDays: number;
}

/** Everything a host decides; only `database` and `authenticate` are required. */
export interface UsageOptions {
  /** A Knex instance (the host keeps it open), a Knex config, or a URL such as `sqlite:./usage.db`. */
  database: DatabaseOption;
  /** Who sends a request; without it nothing starts. */
  authenticate: Authenticate;
  /** Where quota comes from, e.g. `staticQuota(…)`. @default none: `/quota` answers `unavailable` */
  quota?: QuotaProvider;
  /** Names, logos and links of projects. @default none: projects are shown by their DID */
  projects?: ProjectDirectory;
  /** A call table of the host's own, e.g. `aigneHubCalls()`; it is only read. @default the SDK's table `model_calls` */
  calls?: CallTable;
  /** `false`: no timer; `usage.rollup.run()` then rolls up all that is due. */
  rollup?: RollupOptions | false;
  /** How long calls are kept. @default forever */
  retention?: RetentionOptions;
  recorder?: RecorderOptions;
  /** Signing keys and origins of embed tokens. @default none: every request is the host's sign-in's business */
  embed?: EmbedOptions;
  /** Whether the OpenAPI document is served at `/openapi.json` below the base path. @default true */
  openapi?: boolean;
  /** Path that the endpoints are below. @default '/api/usage' */
  basePath?: string;
  limits?: LimitOptions;
  /** @default warnings and errors to the console */
  logger?: Logger;
  /** A `prom-client` registry that gets metrics of the rollup and of recording. @default none */
  metrics?: MetricsRegistry;
  /** Called with errors of background work, which have nobody else to go to. @default the logger */
  onError?: (error: unknown, context: ErrorContext) => void;
  /** Decides what the current hour is. @default the machine's clock */
  clock?: Clock;
}
