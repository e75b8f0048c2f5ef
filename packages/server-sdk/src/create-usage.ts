import type Router from '@koa/router';
import { createUsageAlerts, type UsageAlerts } from './create-usage-alerts.js';
import { isOutage } from './db/statement-error.js';
import type { Database } from './db/database.js';
import { migrate, refuseForeignHistory } from './db/migrate.js';
import { usageMigrations } from './db/migration-source.js';
import { requireSoundSession } from './db/session.js';
import { createHealth } from './http/health/create-health.js';
import { ReadinessCheck } from './http/health/readiness.js';
import { buildCallback } from './http/mounts/create-callback.js';
import { revokeEmbedTokens, type EmbedTokens } from './http/embed/embed-tokens.js';
import type { RequestDependencies } from './http/core/handle-request.js';
import { buildHandler } from './http/mounts/create-handler.js';
import { buildRouter } from './http/mounts/create-router.js';
import { createRequestDependencies } from './create-request-dependencies.js';
import { createContainedHook } from './runtime/contained-hook.js';
import { systemWait } from './runtime/wait.js';
import { createStop, stopWithin, STOP_GRACE_MS } from './stop-usage.js';
import { openDatabases, openUsageDatabase } from './open-databases.js';
import type { RollupSchedulerOptions, UsageOptions } from './options/options.js';
import {
  resolveOptions,
  resolveRollupOptions,
  type ResolvedOptions,
  type ResolvedRollupOptions,
} from './options/resolve-options.js';
import type { Usage } from './usage.js';
import { repriceCalls, toRepriceRange } from './reprice/reprice-calls.js';
import { createRollupControl, type RollupControl } from './rollup/rollup-control.js';
import { RollupHealth } from './rollup/rollup-health.js';
import { createScheduler, type RollupScheduler } from './rollup/scheduler.js';
import { createPriceCall } from './pricing/price-call.js';
import { createCallRecorder } from './recording/call-recorder.js';
import { createExports } from './http/exports/create-exports.js';
import { eraseUser, type EraseReport } from './erase/erase-user.js';
import { createQuotaService, type QuotaService } from './quota/quota-service.js';
import { createStatsReader } from './queries/stats-service.js';
import { createWarningLog } from './recording/warning-log.js';
import { checkCallTable } from './source/check-call-table.js';

/**
 * Creates usage analytics. Opens no connection and starts no work before a method is called.
 *
 * @throws TypeError that names the option at fault
 */
export function createUsage(options: UsageOptions): Usage {
  const resolved = resolveOptions(options);
  const databases = openDatabases(resolved);
  const { primary: database } = databases;
  const { clock, graceMinutes } = resolved;
  const quota = createUsageQuota(resolved, database);
  const alerts = createUsageAlerts(resolved, database, quota);
  const deps = createRequestDependencies(resolved, databases, { quota, alerts: alerts.service });
  const rollup = createRollupControl(database, clock, graceMinutes, { ...resolved, ...alerts });
  const scheduler = createUsageScheduler(resolved, rollup, alerts);
  const recorder = createCallRecorder(database, resolved.clock, {
    ...resolved.recorder,
    price: createPriceCall(database.calls, resolved.pricing),
    onRecorded: resolved.metrics.countRecordedCalls,
    onStored: alerts.onStored,
    onWarning: createWarningLog(resolved.logger, resolved.clock),
  });
  const readiness = new ReadinessCheck({ database, logger: resolved.logger });
  const stop = createStop(databases, async () => {
    readiness.stop();
    await deps.exports.slots.stop();
    await scheduler?.stop();
    await Promise.all([recorder.stop(), alerts.stop()]);
    await deps.quota.close();
    await databases.close();
  });
  const checkCalls = (): Promise<void> => checkHostCalls(resolved, database);
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
    health: createHealth(readiness),
    createEmbedToken: async (request) => requireEmbed(deps.embed).create(request),
    revokeEmbedTokens: (userDid) => revokeEmbedTokens(database, userDid),
    erase: (userDid) => eraseEverywhere(deps, alerts, userDid),
    exports: createExports(deps.exports, resolved.clock, resolved.limits),
    reprice: createReprice(resolved, database),
    start: async () => {
      await requireSoundSession(database).catch(ignoreOutage);
      await refuseForeignHistory(database.writer).catch(ignoreOutage);
      await checkCalls();
      scheduler?.start();
      alerts.start();
    },
    stop,
    calls: recorder.calls,
    stats: createStatsReader(database, resolved.clock),
    ...alerts.host,
    limits: alerts.limits,
    rollup,
    [Symbol.asyncDispose]: stop,
  };
}

async function checkHostCalls({ calls }: ResolvedOptions, database: Database): Promise<void> {
  if (calls !== null) await checkCallTable(database, calls);
}

/** Erases a user in the database and in the memory of this process. */
async function eraseEverywhere(
  deps: RequestDependencies,
  { limits }: UsageAlerts,
  userDid: string,
): Promise<EraseReport> {
  deps.exports.slots.end(userDid);
  deps.quota.forget(userDid);
  const report = await eraseUser(deps.database, userDid);
  deps.database.ownWrites?.note([userDid]);
  deps.quota.forget(userDid);
  limits.forget(userDid);
  deps.bodies.clear();
  return report;
}

/** A database that is down when a host starts may be up when the first run begins. */
function ignoreOutage(error: unknown): void {
  if (!isOutage(error)) throw error;
}

/** A Koa router that owns its connection to the database. */
export interface UsageRouter extends Router {
  /** Closes the database unless it is a Knex instance of the host. Later requests fail. */
  stop(): Promise<void>;
}

/**
 * Makes a Koa router with all endpoints, for a host that needs nothing else of {@link createUsage}.
 *
 * @throws TypeError that names the option at fault
 * @throws Error with the command that installs `@koa/router`, where it is missing
 */
export function createUsageRouter(options: UsageOptions): UsageRouter {
  const resolved = resolveOptions(options);
  const databases = openDatabases(resolved);
  const quota = createUsageQuota(resolved, databases.primary);
  const { service } = createUsageAlerts(resolved, databases.primary, quota);
  const deps = createRequestDependencies(resolved, databases, { quota, alerts: service });
  const stop = (): Promise<void> =>
    stopWithin(STOP_GRACE_MS, databases, async () => {
      await deps.exports.slots.stop();
      await deps.quota.close();
      await databases.close();
    });
  return Object.assign(buildRouter(deps), { stop });
}

/**
 * Makes a rollup scheduler without the endpoints and the recorder, for a process that serves no requests.
 *
 * @throws TypeError that names the option at fault
 */
export function createRollupScheduler(options: RollupSchedulerOptions): RollupScheduler {
  const resolved = resolveRollupOptions(options);
  const database = openUsageDatabase(resolved);
  const { clock, graceMinutes } = resolved;
  const alerts = createUsageAlerts(resolved, database, null);
  const control = createRollupControl(database, clock, graceMinutes, { ...resolved, ...alerts });
  const scheduler = createUsageScheduler(
    resolved,
    {
      ...control,
      // Checked in each run, since `start` cannot wait: tables that do not fit are an error for `onError`.
      run: async (options) => {
        await refuseForeignHistory(database.writer);
        if (resolved.calls !== null) await checkCallTable(database, resolved.calls);
        return control.run(options);
      },
    },
    alerts,
  );
  return {
    start: () => {
      scheduler?.start();
      alerts.start();
    },
    stop: () =>
      stopWithin(STOP_GRACE_MS, database, async () => {
        await Promise.all([scheduler?.stop(), alerts.stop()]);
        await database.close();
      }),
  };
}

function createUsageScheduler(
  options: ResolvedRollupOptions,
  rollup: RollupControl,
  { onRollupState }: UsageAlerts,
): RollupScheduler | null {
  if (options.cron === null) return null;
  const { clock, metrics, maxLagSeconds, retries, onError, onLag, logger } = options;
  const health = new RollupHealth({
    status: () => rollup.status(),
    clock,
    metrics,
    maxLagSeconds,
    onLag: createContainedHook('onLag', onLag, logger),
    onState: onRollupState,
  });
  return createScheduler({
    cron: options.cron,
    run: (signal) => health.watch(() => rollup.run({ signal })),
    onError: createContainedHook('onError', (error) => onError(error, { job: 'rollup' }), logger),
    retries,
    wait: systemWait,
  });
}

function createUsageQuota(
  { quota: provider, logger, limits }: ResolvedOptions,
  database: Database,
): QuotaService {
  return createQuotaService({ database, provider, logger, deadlineMs: limits.quotaDeadlineMs });
}

function createReprice({ pricing }: ResolvedOptions, database: Database): Usage['reprice'] {
  return async (range, { dryRun = false } = {}) => {
    if (pricing === null) throw new TypeError('reprice: the option pricing is missing');
    return repriceCalls(database, { ...toRepriceRange(range), pricing, dryRun });
  };
}

function requireEmbed(embed: EmbedTokens | null): EmbedTokens {
  if (embed !== null) return embed;
  throw new TypeError('embed is required for embed tokens: signing keys and the origins of pages');
}
