import { requireKnownKeys } from '../values/require-known-keys.js';
import type { AlertOptions, AlertRetentionOptions } from '../alerts/alert-options.js';
import type { AbandonAfter } from '../rollup/abandon-after.js';
import type { EmbedKey, EmbedOptions } from '../http/embed/embed-options.js';
import type {
  LimitOptions,
  RecorderOptions,
  ReplicaOptions,
  RetentionOptions,
  RollupOptions,
  UsageOptions,
} from './options.js';

/** Lists the members of an interface; without a new option here the code does not compile. */
const getNames = <T>(names: Record<keyof T, true>): string[] => Object.keys(names);

const USAGE = getNames<UsageOptions>({
  database: true,
  replica: true,
  authenticate: true,
  quota: true,
  projects: true,
  providers: true,
  calls: true,
  currency: true,
  creditDecimals: true,
  pricing: true,
  advice: true,
  rollup: true,
  retention: true,
  recorder: true,
  alerts: true,
  embed: true,
  openapi: true,
  basePath: true,
  limits: true,
  logger: true,
  metrics: true,
  tracer: true,
  onError: true,
  clock: true,
});

const ROLLUP = getNames<RollupOptions>({
  cron: true,
  graceMinutes: true,
  onLag: true,
  maxLagSeconds: true,
  retries: true,
});
const REPLICA = getNames<ReplicaOptions>({ database: true, maxLagSeconds: true });
const RETENTION = getNames<RetentionOptions>({ callsDays: true });
const RECORDER = getNames<RecorderOptions>({
  maxQueuedCalls: true,
  maxWaitingCalls: true,
  abandonAfterMinutes: true,
});
const ALERTS = getNames<AlertOptions>({
  rules: true,
  maxRulesPerUser: true,
  onAlert: true,
  webhooks: true,
  rollup: true,
  retention: true,
});
const ALERT_RETENTION = getNames<AlertRetentionOptions>({ eventDays: true, deliveredDays: true });
const ABANDON_AFTER = getNames<AbandonAfter>({
  chatCompletion: true,
  embedding: true,
  imageGeneration: true,
  audioGeneration: true,
  video: true,
  custom: true,
  default: true,
});
const LIMITS = getNames<LimitOptions>({
  maxRangeDays: true,
  maxTrendPoints: true,
  quotaDeadlineMs: true,
  answerDeadlineMs: true,
  requestsPerMinute: true,
  tokenRequestsPerMinute: true,
  maxConcurrentRequests: true,
  maxTotalConcurrentRequests: true,
  exportDeadlineMs: true,
  maxConcurrentExports: true,
});
const EMBED = getNames<EmbedOptions>({ keys: true, origins: true, issuer: true, audience: true });
const EMBED_KEY = getNames<EmbedKey>({ id: true, secret: true, validUntil: true });

/**
 * Refuses unknown options at every level: a misspelt one would be ignored without a message.
 *
 * @throws TypeError that names the option and the nearest known one
 */
export function requireKnownOptions(options: Partial<UsageOptions>): void {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null) {
    throw new TypeError('the options must be an object');
  }
  requireKnownKeys(options, USAGE);
  requireObject(options.replica, REPLICA, 'replica');
  requireObject(options.retention, RETENTION, 'retention');
  requireObject(options.recorder, RECORDER, 'recorder');
  const abandonAfter: unknown = options.recorder?.abandonAfterMinutes;
  if (typeof abandonAfter === 'object') {
    requireObject(abandonAfter, ABANDON_AFTER, 'recorder.abandonAfterMinutes');
  }
  requireObject(options.alerts, ALERTS, 'alerts');
  requireObject(options.alerts?.retention, ALERT_RETENTION, 'alerts.retention');
  requireObject(options.limits, LIMITS, 'limits');
  requireObject(options.embed, EMBED, 'embed');
  if (options.rollup !== false) requireObject(options.rollup, ROLLUP, 'rollup');
  const keys: unknown = options.embed?.keys;
  if (!Array.isArray(keys)) return;
  for (const [index, key] of keys.entries()) {
    requireObject(key, EMBED_KEY, `embed.keys[${index}]`);
  }
}

function requireObject(value: unknown, known: readonly string[], path: string): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${path} must be an object`);
  }
  requireKnownKeys(value, known, path);
}
