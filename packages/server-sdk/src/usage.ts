import type { AlertControl } from './alerts/delivery/alert-control.js';
import type { UsageLimits } from './alerts/enforcement/usage-limits.js';
import type Router from '@koa/router';
import type { Knex } from 'knex';
import type { HostAlerts, HostBudgets } from './alerts/host-alerts.js';
import type { EraseReport } from './erase/erase-user.js';
import type { EmbedTokenRequest } from './http/embed/embed-options.js';
import type { UsageExports } from './http/exports/create-exports.js';
import type { UsageHealth } from './http/health/create-health.js';
import type { NodeCallback } from './http/mounts/create-callback.js';
import type { WebHandler } from './http/mounts/create-handler.js';
import type { StatsReader } from './queries/stats-service.js';
import type { CallRecorder } from './recording/call-recorder.js';
import type { RepriceReport } from './reprice/reprice-report.js';
import type { RollupControl, RollupRange } from './rollup/rollup-control.js';

/** Usage analytics over one database, as {@link createUsage} makes it. */
export interface Usage {
  /**
   * Creates the tables, or migrates them to this version. When it throws a TypeError, a `DevelopmentDatabaseError`
   * or a `LaterDatabaseError`, it has changed nothing.
   *
   * @returns names of the migrations that ran
   * @throws TypeError when the option `calls` does not fit the host's table, or the host's `sql_mode` on MariaDB gives
   *   statements another meaning
   * @throws Error named `DevelopmentDatabaseError` for tables of a version before the first release, `LaterDatabaseError` for
   *   those of a later version than this
   */
  migrate(): Promise<string[]>;
  /** The same migrations for a host that runs them itself: `knex.migrate.latest(usage.migrations)`. */
  readonly migrations: Knex.MigratorConfig;
  /**
   * Makes a Koa router with all endpoints. Needs the packages `koa` and `@koa/router` in the host.
   *
   * @throws Error with the command that installs `@koa/router`, where it is missing
   */
  router(): Router;
  /** Makes a Node listener with the endpoints, for http, Express, Fastify and Nest. */
  callback(): NodeCallback;
  /** Makes a handler of web requests with the endpoints, for Next.js route handlers, Hono and others. */
  handler(): WebHandler;
  /** Whether this process lives and can serve, for load balancers. */
  readonly health: UsageHealth;
  /**
   * Makes a token with which a page of another origin shows a user's usage for a while. Call it from your server, for the
   * user who is signed in there.
   *
   * @throws TypeError when the option `embed` is missing, or names the member of the request at fault
   */
  createEmbedToken(request: EmbedTokenRequest): Promise<string>;
  /** Revokes every embed token of a user immediately, on every instance; later tokens are valid. */
  revokeEmbedTokens(userDid: string): Promise<void>;
  /**
   * Deletes all rows of a user in every table of Usage Kit. Stop recording the user's calls first: calls that are recorded
   * later count as those of a new user. No row of a host's table (option `calls`) is deleted: delete those first, or they are
   * counted again. Can be repeated.
   *
   * Embed tokens of the user that were revoked and have not expired (an hour at most) are valid again.
   *
   * @returns how many rows of each table were deleted
   * @throws TypeError for a text that names no user
   */
  erase(userDid: string): Promise<EraseReport>;
  /** Files with what the elements show, streamed: CSV, workbooks, lines of JSON. */
  readonly exports: UsageExports;
  /**
   * Prices calls of a range again, each by its own time: those without a cost, and those whose cost is from a price table. A
   * cost that the provider reported or the host named stays, and so does one that the prices of today do not know. Calls that
   * are archived keep their sums.
   *
   * @throws TypeError without the option `pricing`, with the option `calls`, or for a range that is none
   */
  reprice(range: RollupRange, options?: { dryRun?: boolean }): Promise<RepriceReport>;
  /**
   * Starts the rollup scheduler, unless `rollup` is `false`, and the deliveries of alerts.
   *
   * @throws TypeError, DevelopmentDatabaseError and LaterDatabaseError as {@link migrate}
   */
  start(): Promise<void>;
  /** Stops the scheduler, writes the accepted calls, and closes the database unless it is a Knex instance of the host. */
  stop(): Promise<void>;
  readonly calls: CallRecorder;
  /** Whether budgets with `enforce` allow a call. */
  readonly limits: UsageLimits;
  readonly stats: StatsReader;
  readonly rollup: RollupControl;
  /** Alert rules of users, and deliveries of alerts for operators. */
  readonly alerts: HostAlerts & AlertControl;
  readonly budgets: HostBudgets;
  [Symbol.asyncDispose](): Promise<void>;
}
