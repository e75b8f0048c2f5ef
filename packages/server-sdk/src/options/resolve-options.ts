import { DEFAULT_ADVICE, resolveAdvice, type ResolvedAdvice } from '../advice/advice-options.js';
import { DEFAULT_BASE_PATH } from '../contract/routes.js';
import type { AbandonAfter } from '../rollup/abandon-after.js';
import { resolveEmbed, type ResolvedEmbed } from '../http/embed/resolve-embed.js';
import type {
  ErrorContext,
  RecorderOptions,
  ReplicaOptions,
  RollupOptions,
  RollupSchedulerOptions,
  UsageOptions,
} from './options.js';
import type { Authenticate } from '../http/core/authenticate.js';
import { createPrometheusMetrics } from '../metrics/prometheus.js';
import type { CallTable } from '../source/call-table.js';
import { systemClock, type Clock } from '../runtime/clock.js';
import { consoleLogger, type Logger } from '../runtime/logger.js';
import { noMetrics, type Metrics } from '../metrics/metrics.js';
import type { Tracer } from '../runtime/tracing.js';
import type { ProjectDirectory } from '../queries/project-directory.js';
import type { ProviderDirectory } from '../queries/provider-directory.js';
import type { QuotaProvider } from '../quota/quota-provider.js';
import { createRedactingLogger } from '../runtime/redacting-logger.js';
import { resolveAlerts, type ResolvedAlerts } from './resolve-alerts.js';
import { resolveCalls } from './resolve-calls.js';
import { resolvePricing, type ResolvedPricing } from '../pricing/resolve-pricing.js';
import { DEFAULT_CURRENCY } from '../db/own-calls.js';
import {
  isCurrency,
  CREDIT_DECIMALS,
  DEFAULT_CREDIT_DECIMALS,
  type CreditDecimals,
} from '../values/amounts.js';
import { requireInteger, resolveLimits, type ResolvedLimits } from './resolve-limits.js';
import { requireKnownOptions } from './resolve-known.js';
import { requireShapes } from './resolve-shapes.js';
import type { RollupLag } from '../rollup/rollup-health.js';

/** The options of a rollup with all defaults. */
export interface ResolvedRollupOptions {
  database: UsageOptions['database'];
  /** `null`: the SDK's own table. */
  calls: CallTable | null;
  /** ISO 4217 code. */
  currency: string;
  creditDecimals: CreditDecimals;
  /** `null`: no scheduler. */
  cron: string | null;
  graceMinutes: number;
  /** `null`: calls are stored forever. */
  retentionDays: number | null;
  /** `null`: calls that have not ended stay as they are. */
  abandonAfter: AbandonAfter | null;
  alerts: ResolvedAlerts;
  maxLagSeconds: number;
  retries: number;
  onLag: (lag: RollupLag) => void;
  metrics: Metrics;
  /** `null`: nothing is traced. */
  tracer: Tracer | null;
  logger: Logger;
  onError: (error: unknown, context: ErrorContext) => void;
  clock: Clock;
}

/** All options with all defaults. */
export interface ResolvedOptions extends ResolvedRollupOptions {
  authenticate: Authenticate;
  /** `null`: responses are read from the primary. */
  replica: Required<ReplicaOptions> | null;
  quota: QuotaProvider | null;
  projects: ProjectDirectory | null;
  providers: ProviderDirectory | null;
  recorder: { maxQueuedCalls: number; maxWaitingCalls: number };
  /** `null`: calls are not priced. */
  pricing: ResolvedPricing | null;
  advice: ResolvedAdvice;
  basePath: string;
  embed: ResolvedEmbed | null;
  openapi: boolean;
  limits: ResolvedLimits;
}

/** Checks the options of a usage and adds the defaults. @throws TypeError that names the option at fault */
export function resolveOptions(options: UsageOptions): ResolvedOptions {
  const rollupOptions = resolveRollupOptions(options);
  if (typeof (options.authenticate as unknown) !== 'function') {
    throw new TypeError(
      'authenticate is required: a function from the request to { userDid } or null. Without it every caller could read everything.',
    );
  }
  const basePath = resolveBasePath(options.basePath ?? DEFAULT_BASE_PATH);
  return {
    ...rollupOptions,
    authenticate: options.authenticate,
    replica: resolveReplica(options),
    quota: options.quota ?? null,
    projects: options.projects ?? null,
    providers: options.providers ?? null,
    recorder: resolveRecorder(options.recorder ?? {}),
    pricing: resolveOptional(options.pricing, resolvePricing, null),
    advice: resolveOptional(options.advice, resolveAdvice, DEFAULT_ADVICE),
    basePath,
    embed: resolveOptional(options.embed, (embed) => resolveEmbed(embed, basePath), null),
    openapi: options.openapi ?? true,
    limits: resolveLimits(options.limits ?? {}),
  };
}

/** Checks the options of a rollup and adds the defaults. @throws TypeError that names the option at fault */
export function resolveRollupOptions(options: RollupSchedulerOptions): ResolvedRollupOptions {
  requireKnownOptions(options);
  requireShapes(options);
  requireOption(options.database, 'database', 'a Knex instance, a Knex config or a URL');
  const logger = createRedactingLogger(options.logger ?? consoleLogger);
  const rollup = resolveRollup(options.rollup ?? {}, logger);
  return {
    database: options.database,
    calls: resolveOptional(options.calls, resolveCalls, null),
    currency: resolveCurrency(options.currency ?? DEFAULT_CURRENCY),
    creditDecimals: resolveCreditDecimals(options.creditDecimals),
    ...rollup,
    retentionDays: resolveRetention(options),
    abandonAfter: resolveAbandonAfter(options),
    alerts: resolveAlerts(options.alerts ?? {}, rollup.maxLagSeconds, logger),
    metrics: resolveOptional(options.metrics, createPrometheusMetrics, noMetrics),
    tracer: options.tracer ?? null,
    logger,
    onError:
      options.onError ??
      ((error, context) => {
        logger.error('Background work failed', { error, ...context });
      }),
    clock: options.clock ?? systemClock,
  };
}

function resolveCurrency(currency: string): string {
  if (isCurrency(currency)) return currency;
  throw new TypeError('currency must be an ISO 4217 code such as USD');
}

function resolveCreditDecimals(decimals: CreditDecimals = DEFAULT_CREDIT_DECIMALS): CreditDecimals {
  if (CREDIT_DECIMALS.includes(decimals)) return decimals;
  throw new TypeError(`creditDecimals must be ${CREDIT_DECIMALS.join(' or ')}`);
}

function resolveOptional<T, R, Fallback>(
  option: T | undefined,
  resolve: (option: T) => R,
  fallback: Fallback,
): R | Fallback {
  return option === undefined ? fallback : resolve(option);
}

function resolveRollup(
  rollup: RollupOptions | false,
  logger: Logger,
): Pick<ResolvedRollupOptions, 'cron' | 'graceMinutes' | 'maxLagSeconds' | 'retries' | 'onLag'> {
  const given = rollup === false ? {} : rollup;
  const { cron = '* * * * *', graceMinutes = 5, maxLagSeconds = 7800, retries = 5 } = given;
  return {
    maxLagSeconds: requireInteger('rollup.maxLagSeconds', maxLagSeconds, 3600, 31_536_000),
    retries: requireInteger('rollup.retries', retries, 0, 20),
    onLag:
      given.onLag ??
      ((lag) => {
        logger.warn('The rollup lags', { ...lag });
      }),
    cron: rollup === false ? null : cron,
    graceMinutes: requireInteger('rollup.graceMinutes', graceMinutes, 0, 1440),
  };
}

function resolveRetention({ retention, calls }: RollupSchedulerOptions): number | null {
  if (retention === undefined) return null;
  if (calls !== undefined) {
    throw new TypeError(
      'retention: a call table of the host (option "calls") is only read, so the host deletes from it',
    );
  }
  return requireInteger('retention.callsDays', retention.callsDays, 32, 36_500);
}

function resolveReplica({ replica, calls }: UsageOptions): Required<ReplicaOptions> | null {
  if (replica === undefined) return null;
  if (calls !== undefined) {
    throw new TypeError(
      'replica: not with a call table of the host (option "calls"), of whose writes the SDK does not know',
    );
  }
  requireOption(replica.database, 'replica.database', 'a Knex instance, a Knex config or a URL');
  const { database, maxLagSeconds = 120 } = replica;
  return {
    database,
    maxLagSeconds: requireInteger('replica.maxLagSeconds', maxLagSeconds, 1, 3600),
  };
}

function resolveRecorder(recorder: RecorderOptions): ResolvedOptions['recorder'] {
  const { maxQueuedCalls = 10_000, maxWaitingCalls = 40_000 } = recorder;
  return {
    maxQueuedCalls: requireInteger('recorder.maxQueuedCalls', maxQueuedCalls, 1, 1_000_000),
    maxWaitingCalls: requireInteger('recorder.maxWaitingCalls', maxWaitingCalls, 0, 10_000_000),
  };
}

const ABANDON_AFTER_MINUTES = 1440;

function resolveAbandonAfter({ recorder }: RollupSchedulerOptions): AbandonAfter | null {
  const given = recorder?.abandonAfterMinutes ?? ABANDON_AFTER_MINUTES;
  if (given === false) return null;
  const path = 'recorder.abandonAfterMinutes';
  const check = (name: string, minutes: number): number =>
    requireInteger(name, minutes, 1, 525_600);
  if (typeof given === 'number') return { default: check(path, given) };
  const byType = Object.entries({ default: ABANDON_AFTER_MINUTES, ...given });
  return Object.fromEntries(
    byType.map(([type, minutes]) => [type, check(`${path}.${type}`, minutes)]),
  ) as AbandonAfter;
}

function requireOption(value: unknown, path: string, form: string): void {
  if (value === undefined || value === null || value === '') {
    throw new TypeError(`${path} is required: ${form}`);
  }
}

function resolveBasePath(basePath: string): string {
  // Clients resolve `.` and `..`, so no request would reach such a path.
  if (!/^(\/(?!\.{1,2}(\/|$))[\w.~-]+)+$/.test(basePath)) {
    throw new TypeError(`basePath must look like "/api/usage"; got ${JSON.stringify(basePath)}`);
  }
  return basePath;
}
