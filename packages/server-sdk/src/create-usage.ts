import type Router from '@koa/router';
import type { Knex } from 'knex';
import { isOutage } from './db/database-failures.js';
import { openDatabase, type Database } from './db/database.js';
import { migrate } from './db/migrate.js';
import { usageMigrations } from './db/migration-source.js';
import { requireSoundSession } from './db/session.js';
import { buildCallback, type NodeCallback } from './http/mounts/create-callback.js';
import {
  createEmbedTokens,
  revokeEmbedTokens,
  type EmbedTokens,
} from './http/embed/embed-tokens.js';
import type { EmbedTokenRequest } from './http/embed/embed-options.js';
import type { RequestDependencies } from './http/core/handle-request.js';
import { buildHandler, type WebHandler } from './http/mounts/create-handler.js';
import { buildRouter } from './http/mounts/create-router.js';
import { createBodyCache } from './http/core/body-cache.js';
import { createRequestLimits } from './http/limits/request-limits.js';
import { startTimeout, systemWait } from './runtime/wait.js';
import type { UsageOptions } from './options/options.js';
import { resolveOptions, type ResolvedOptions } from './options/resolve-options.js';
import { createRollupControl, type RollupControl } from './rollup/rollup-control.js';
import { RollupHealth } from './rollup/rollup-health.js';
import { createScheduler, type RollupScheduler } from './rollup/scheduler.js';
import { createCallRecorder, type CallRecorder } from './recording/call-recorder.js';
import { CursorKeys } from './queries/calls/cursor-keys.js';
import { DataVersions } from './queries/data-versions.js';
import { eraseUser, type EraseReport } from './erase/erase-user.js';
import { createProjectDescriber } from './queries/project-info.js';
import { createQuotaService } from './quota/quota-service.js';
import { createStatsReader, type StatsReader } from './queries/stats-service.js';
import { createWarningLog } from './recording/warning-log.js';
import { checkCallTable } from './source/check-call-table.js';
import { createMappedSource } from './source/mapped-calls.js';

/** Usage analytics over one database. */
export interface Usage {
  /**
   * Brings the tables up to date.
   *
   * @returns names of the migrations that ran
   * @throws TypeError when the option `calls` does not fit the host's table, or the host's `sql_mode` on MariaDB gives
   * statements another meaning; nothing is changed then
   * @throws Error named `DevelopmentDatabaseError` for tables of a version before the first release; nothing is changed then
   */
  migrate(): Promise<string[]>;
  /** The same migrations for a host that runs them itself: `knex.migrate.latest(usage.migrations)`. */
  readonly migrations: Knex.MigratorConfig;
  /** A fresh Koa router with the nine endpoints. */
  router(): Router;
  /** The endpoints as a Node listener, for http, Express, Fastify and Nest. */
  callback(): NodeCallback;
  /** The endpoints as a handler of web requests, for Next.js route handlers, Hono and others. */
  handler(): WebHandler;
  /**
   * Makes a token with which a page of another origin shows a user's usage for a while. Call it from your server, for the
   * user who is signed in there.
   *
   * @throws TypeError when the option `embed` is missing, or names what of the request is wrong
   */
  createEmbedToken(request: EmbedTokenRequest): Promise<string>;
  /** Makes every embed token of a user worthless at once, on every instance; later ones work. */
  revokeEmbedTokens(userDid: string): Promise<void>;
  /**
   * Deletes all that is stored of a user, in every table of Usage Kit. Calls that are recorded later count from new, so
   * stop recording them first. Of a table of the host's (option `calls`) nothing is deleted: delete its rows before, or they
   * are counted again. Can be repeated.
   *
   * Embed tokens of the user that were revoked and have not expired, an hour at most, work again.
   *
   * @returns how many rows of each table were deleted
   * @throws TypeError for no user
   */
  erase(userDid: string): Promise<EraseReport>;
  /**
   * Starts the rollup scheduler, unless `rollup` is `false`.
   *
   * @throws TypeError as {@link migrate}
   */
  start(): Promise<void>;
  /** Stops and drains the scheduler and the recorder, and closes the database if it was opened here. */
  stop(): Promise<void>;
  readonly calls: CallRecorder;
  readonly stats: StatsReader;
  readonly rollup: RollupControl;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Sets up usage analytics. Nothing is opened, read or started until it is asked to.
 *
 * @throws TypeError that names the option at fault
 */
export function createUsage(options: UsageOptions): Usage {
  const resolved = resolveOptions(options);
  const database = openCalls(resolved);
  const { clock, graceMinutes } = resolved;
  const rollup = createRollupControl(database, clock, graceMinutes, resolved);
  const scheduler = toScheduler(resolved, rollup);
  const deps = toRequestDependencies(resolved, database);
  const recorder = createCallRecorder(database, resolved.clock, {
    ...resolved.recorder,
    onRecorded: resolved.metrics.countRecordedCalls,
    onWarning: createWarningLog(resolved.logger, resolved.clock),
  });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopped ??= hurryAfter(STOP_GRACE_MS, database, async () => {
      await scheduler?.stop();
      await recorder.stop();
      await deps.quota.close();
      await database.close();
    });
    return stopped;
  };
  const checkCalls = async (): Promise<void> => {
    if (resolved.calls !== null) await checkCallTable(database, resolved.calls);
  };
  return {
    migrate: async () => {
      await requireSoundSession(database);
      await checkCalls();
      return migrate(database.writer);
    },
    migrations: usageMigrations(),
    router: () => buildRouter(deps),
    callback: () => buildCallback(deps),
    handler: () => buildHandler(deps),
    createEmbedToken: async (request) => requireEmbed(deps.embed).create(request),
    revokeEmbedTokens: (userDid) => revokeEmbedTokens(database, userDid),
    erase: (userDid) => erase(deps, userDid),
    start: async () => {
      await requireSoundSession(database).catch(exceptOutage);
      await checkCalls();
      scheduler?.start();
    },
    stop,
    calls: recorder.calls,
    stats: createStatsReader(database, resolved.clock),
    rollup,
    [Symbol.asyncDispose]: stop,
  };
}

/** Erases a user in the database and in the memory of this process. */
async function erase(deps: RequestDependencies, userDid: string): Promise<EraseReport> {
  deps.quota.forget(userDid);
  const report = await eraseUser(deps.database, userDid);
  deps.quota.forget(userDid);
  deps.bodies.clear();
  return report;
}

/** A database that is down when a host starts may be there when the first run begins. */
function exceptOutage(error: unknown): void {
  if (!isOutage(error)) throw error;
}

/** How long `stop` lets statements go on; a database that does not answer must not hold the process. */
const STOP_GRACE_MS = 8000;

async function hurryAfter(
  ms: number,
  database: Database,
  work: () => Promise<void>,
): Promise<void> {
  const callOff = startTimeout(ms, () => {
    database.hurry();
  });
  try {
    await work();
  } finally {
    callOff();
  }
}

/** A Koa router that has what it opened with it. */
export interface UsageRouter extends Router {
  /** Closes the database if it was opened for this router, and ends what it has in flight. Requests that come later fail. */
  stop(): Promise<void>;
}

/**
 * The router by itself, for a host that needs nothing else of {@link createUsage}.
 *
 * @throws TypeError that names the option at fault
 */
export function createUsageRouter(options: UsageOptions): UsageRouter {
  const resolved = resolveOptions(options);
  const database = openCalls(resolved);
  const deps = toRequestDependencies(resolved, database);
  const stop = (): Promise<void> =>
    hurryAfter(STOP_GRACE_MS, database, async () => {
      await deps.quota.close();
      await database.close();
    });
  return Object.assign(buildRouter(deps), { stop });
}

/** What the scheduler by itself needs of the options. */
export type RollupSchedulerOptions = Pick<
  UsageOptions,
  | 'database'
  | 'calls'
  | 'rollup'
  | 'recorder'
  | 'retention'
  | 'metrics'
  | 'clock'
  | 'logger'
  | 'onError'
>;

/**
 * The rollup scheduler by itself, for a process that serves no requests.
 *
 * @throws TypeError that names the option at fault
 */
export function createRollupScheduler(options: RollupSchedulerOptions): RollupScheduler {
  const resolved = resolveOptions({ ...options, authenticate: () => null });
  const database = openCalls(resolved);
  const { clock, graceMinutes } = resolved;
  const control = createRollupControl(database, clock, graceMinutes, resolved);
  const scheduler = toScheduler(resolved, {
    ...control,
    // Each run, since `start` can't wait: what does not fit is told by `onError`, and nothing is summed of it.
    run: async (options) => {
      if (resolved.calls !== null) await checkCallTable(database, resolved.calls);
      return control.run(options);
    },
  });
  return {
    start: () => {
      scheduler?.start();
    },
    stop: () =>
      hurryAfter(STOP_GRACE_MS, database, async () => {
        await scheduler?.stop();
        await database.close();
      }),
  };
}

function openCalls({ database, calls, logger }: ResolvedOptions): Database {
  return openDatabase(database, calls === null ? undefined : createMappedSource(calls), logger);
}

function toScheduler(options: ResolvedOptions, rollup: RollupControl): RollupScheduler | null {
  if (options.cron === null) return null;
  const { clock, metrics, maxLagSeconds, retries, onError, onLag, logger } = options;
  const health = new RollupHealth({
    status: () => rollup.status(),
    clock,
    metrics,
    maxLagSeconds,
    onLag: contained('onLag', onLag, logger),
  });
  return createScheduler({
    cron: options.cron,
    run: (signal) => health.watch(() => rollup.run({ signal })),
    onError: contained('onError', (error) => onError(error, { job: 'rollup' }), logger),
    retries,
    wait: systemWait,
  });
}

function toRequestDependencies(options: ResolvedOptions, database: Database): RequestDependencies {
  const { basePath, authenticate, clock, logger, limits, projects, quota, embed } = options;
  return {
    basePath,
    authenticate,
    servesDocument: options.openapi,
    embed: embed && createEmbedTokens(embed, database, clock),
    bodies: createBodyCache(),
    requestLimits: createRequestLimits(limits),
    answerDeadlineMs: limits.answerDeadlineMs,
    clock,
    logger,
    limits,
    database,
    versions: new DataVersions(database),
    cursorKeys: new CursorKeys(database),
    describe: createProjectDescriber(projects, logger),
    quota: createQuotaService({
      database,
      provider: quota,
      logger,
      deadlineMs: limits.quotaDeadlineMs,
    }),
  };
}

function requireEmbed(embed: EmbedTokens | null): EmbedTokens {
  if (embed !== null) return embed;
  throw new TypeError('embed is required for embed tokens: signing keys and the origins of pages');
}

/** A hook that throws must not end the host's process. */
function contained<T>(
  name: string,
  hook: (value: T) => void,
  logger: ResolvedOptions['logger'],
): (value: T) => void {
  return (value) => {
    try {
      hook(value);
    } catch (error) {
      logger.error(`The ${name} option threw`, { error });
    }
  };
}
