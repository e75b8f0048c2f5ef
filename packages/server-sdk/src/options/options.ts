import type { AdviceOptions } from '../advice/advice-options.js';
import type { AlertOptions } from '../alerts/alert-options.js';
import type { DatabaseOption } from '../db/database.js';
import type { AbandonAfter } from '../rollup/abandon-after.js';
import type { EmbedOptions } from '../http/embed/embed-options.js';
import type { Authenticate } from '../http/core/authenticate.js';
import type { CallTable } from '../source/call-table.js';
import type { Clock } from '../runtime/clock.js';
import type { MetricsRegistry } from '../metrics/metrics.js';
import type { Logger } from '../runtime/logger.js';
import type { Tracer } from '../runtime/tracing.js';
import type { PricingOptions } from '../pricing/price-source.js';
import type { ProjectDirectory } from '../queries/project-directory.js';
import type { ProviderDirectory } from '../queries/provider-directory.js';
import type { QuotaProvider } from '../quota/quota-provider.js';
import type { RollupLag } from '../rollup/rollup-health.js';

/** Which background work failed. */
export interface ErrorContext {
  job: 'rollup' | 'alerts';
}

/** When and how aggregates are built. */
export interface RollupOptions {
  /**
   * When the scheduler starts a run; cron in UTC. Responses do not depend on it: hours that are not rolled up yet are
   * computed from their calls.
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
   * up. While it lags, responses are correct and slower.
   */
  onLag?: (lag: RollupLag) => void;
  /** The maximum lag, 3600 to 31536000 seconds; a lag of up to an hour and the grace is usual. @default 7800 */
  maxLagSeconds?: number;
  /** How often a failed run is retried, with growing pauses, before the next one by `cron`, 0 to 20. @default 5 */
  retries?: number;
}

/** How many calls `usage.calls` queues in memory while the database is behind, and how long a call may be in progress. */
export interface RecorderOptions {
  /** Calls that are checked and queued to be written, 1 to 1000000. @default 10000 */
  maxQueuedCalls?: number;
  /**
   * Calls beyond that whose callers wait for the queue, 0 to 10000000; further ones are refused with `RECORDER_FULL`.
   * @default 40000
   */
  maxWaitingCalls?: number;
  /**
   * Minutes after its start, 1 to 525600, at which a call that is still `processing` counts as abandoned: the rollup then
   * ends it as failed, with the reason `abandoned`. A later end corrects it. An object has a time for each
   * type, e.g. `{ video: 4320, default: 1440 }`. `false`: never.
   * @default 1440
   */
  abandonAfterMinutes?: number | Partial<AbandonAfter> | false;
}

/** Limits of requests. */
export interface LimitOptions {
  /** Maximum range of a request, days, 1 to 3660. @default 400 */
  maxRangeDays?: number;
  /**
   * Maximum points of a trend, 24 to 100000: each takes about 3 kB while it is computed, and 400 bytes in the response. The
   * default is four months of hours.
   * @default 3000
   */
  maxTrendPoints?: number;
  /** How long the quota provider may take, milliseconds, 100 to 60000. @default 2500 */
  quotaDeadlineMs?: number;
  /**
   * How long a response may take, milliseconds, 100 to 600000; then its status is 503 and its statement is cancelled, on
   * every database. @default 15000
   */
  answerDeadlineMs?: number;
  /** Requests of a user in a minute, 1 to 1000000; further ones get 429. `false`: no limit. @default 1200 */
  requestsPerMinute?: number | false;
  /**
   * Requests with one embed token in a minute. All tokens of a user together have a limit of `requestsPerMinute`, separate
   * from that of the user's own session. `false`: no limit.
   * @default 600
   */
  tokenRequestsPerMinute?: number | false;
  /** Concurrent requests of one user or token, 1 to 1000; eight times as many wait, further ones get 429. @default 8 */
  maxConcurrentRequests?: number;
  /** Concurrent requests of all users, 1 to 10000; eight times as many wait, further ones get 503. @default 128 */
  maxTotalConcurrentRequests?: number;
  /**
   * How long the export of a file may take, milliseconds, 1000 to 7200000; then its connection is broken. A slow reader holds
   * a connection of the database so long.
   * @default 900000 (15 minutes)
   */
  exportDeadlineMs?: number;
  /**
   * Concurrent exports of all users, 1 to 100; further ones get 503. A user has one at a time. Each holds a connection of the
   * database: fewer than its pool has.
   * @default 2
   */
  maxConcurrentExports?: number;
}

/** How long calls are stored. Their aggregates are stored forever, by the hour. */
export interface RetentionOptions {
  /**
   * Days, an integer from 32 to 36500; the rollup deletes older calls, an hour at a time. Choose more than a call can take and
   * than a call may be sent again: a repeated call is recognized only while the first one is stored.
   */
  callsDays: number;
}

/** A hot standby of PostgreSQL, which responses are read from. */
export interface ReplicaOptions {
  /** As the option `database`. Its own users and rights are those of the primary. */
  database: DatabaseOption;
  /**
   * How many seconds, 1 to 3600, the last transaction that the replica has may be old; responses are read from the primary
   * beyond it. A rollup each minute commits at least so often.
   * @default 120
   */
  maxLagSeconds?: number;
}

/** Options of {@link createUsage}; only `database` and `authenticate` are required. */
export interface UsageOptions {
  /** A Knex instance (the host closes it), a Knex config, or a URL such as `sqlite:./usage.db`. */
  database: DatabaseOption;
  /**
   * A hot standby that the endpoints read, with their `asOf` then. A user whose calls this process recorded is read from the
   * primary until the replica has them. Not with the option `calls`.
   * @default none: the endpoints read `database`
   */
  replica?: ReplicaOptions;
  /** Returns the user of a request; required, because without it every caller could read everything. */
  authenticate: Authenticate;
  /** Provider of quota, e.g. `staticQuota(…)`. @default none: the status of `/quota` is `unavailable` */
  quota?: QuotaProvider;
  /** Names, logos and links of projects. @default none: projects are shown by their DID */
  projects?: ProjectDirectory;
  /** Names and logos of providers, by the ids that calls have. @default none: providers are shown by their ids */
  providers?: ProviderDirectory;
  /**
   * How calls without a cost get one when they are recorded, e.g. `{ prices: genaiPrices() }`. Calls that cannot be priced
   * count as `unpricedCalls`. @default not at all
   */
  pricing?: PricingOptions;
  /** Which models can replace which, for advice on prices. @default none */
  advice?: AdviceOptions;
  /**
   * Currency of sums of money, ISO 4217; fixed by the first rollup. A cost in another currency is stored and listed, and
   * counts as unpriced in sums.
   * @default 'USD'
   */
  currency?: string;
  /**
   * Decimals that credits of calls are rounded to: 8, or 10 for hosts with smaller prices, such as AIGNE Hub. Sums are exact. Of
   * a host's table (option `calls`), a call of 10 decimals has at most 900,719 credits. @default 8
   */
  creditDecimals?: 8 | 10;
  /** A call table of the host, e.g. `aigneHubCalls()`; it is only read. @default the SDK's table `model_calls` */
  calls?: CallTable;
  /** `false`: no scheduler; call `usage.rollup.run()` to roll up all due hours. */
  rollup?: RollupOptions | false;
  /** How long calls are stored. @default forever */
  retention?: RetentionOptions;
  recorder?: RecorderOptions;
  /**
   * Alert rules and budgets, and where their events are sent. @default users may make rules, the host has none, and events are
   * in the history of their rules alone
   */
  alerts?: AlertOptions;
  /** Signing keys and origins of embed tokens. @default none: only `authenticate` identifies requests */
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
  /**
   * A tracer of `@opentelemetry/api`, which gets a span of each request (`GET /overview`) and of each run of the rollup
   * (`usage-kit.rollup`). No user is named in them. @default none
   */
  tracer?: Tracer;
  /** Receives errors of background work, which no caller receives. @default the logger */
  onError?: (error: unknown, context: ErrorContext) => void;
  /** Source of the current time. @default the machine's clock */
  clock?: Clock;
}

/** Options of {@link createRollupScheduler}: those of {@link UsageOptions} that a rollup needs. */
export type RollupSchedulerOptions = Pick<
  UsageOptions,
  | 'database'
  | 'calls'
  | 'currency'
  | 'creditDecimals'
  | 'rollup'
  | 'recorder'
  | 'retention'
  | 'alerts'
  | 'metrics'
  | 'tracer'
  | 'clock'
  | 'logger'
  | 'onError'
>;
