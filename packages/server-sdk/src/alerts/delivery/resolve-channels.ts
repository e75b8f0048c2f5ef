import { createHash } from 'node:crypto';
import type { AlertChannel } from '../../contract/alerts.js';
import { requireKnownKeys } from '../../values/require-known-keys.js';
import { formatChannel } from '../outbox/alert-event.js';
import type { AlertChannelOptions, AlertWebhook, RollupAlertOptions } from './alert-options.js';
import { parseWebhookSecret } from './sign-webhook.js';
import type { WebhookFormat } from './webhook-body.js';
import { parseWebhookUrl } from './webhook-url.js';

/** A webhook of the host, checked. */
export interface ResolvedWebhook {
  id: string;
  url: URL;
  /** SHA-256 of the URL, hexadecimal. */
  urlDigest: string;
  secrets: readonly Buffer[];
  format: WebhookFormat;
}

/** The members of the option `alerts` that say where events go, with all defaults. */
export interface ResolvedChannels {
  onAlert: AlertChannelOptions['onAlert'] | null;
  webhooks: readonly ResolvedWebhook[];
  /** What `onAlert` and the webhooks can be named as. */
  channels: readonly AlertChannel[];
  /** `null`: no alerts of the rollup. */
  rollup: { maxLagSeconds: number; failures: number; channels: readonly AlertChannel[] } | null;
}

const MAX_WEBHOOKS = 50;
const MAX_SECRETS = 5;
const WEBHOOK_ID = /^[\w-]{1,64}$/;

/**
 * Checks the members of the option `alerts` that say where events go.
 *
 * @param maxLagSeconds of the rollup
 * @throws TypeError that names the member at fault, without a secret or a URL
 */
export function resolveChannels(
  alerts: AlertChannelOptions,
  maxLagSeconds: number,
): ResolvedChannels {
  const { onAlert, webhooks = [] } = alerts;
  if (onAlert !== undefined && typeof (onAlert as unknown) !== 'function') {
    throw new TypeError('alerts.onAlert must be a function');
  }
  if (!Array.isArray(webhooks) || webhooks.length > MAX_WEBHOOKS) {
    throw new TypeError(`alerts.webhooks must be a list of at most ${MAX_WEBHOOKS}`);
  }
  const resolved = webhooks.map((webhook, index) =>
    resolveWebhook(webhook as AlertWebhook, `alerts.webhooks[${index}]`),
  );
  if (new Set(resolved.map(({ id }) => id)).size < resolved.length) {
    throw new TypeError('alerts.webhooks: two have the same id');
  }
  const ofWebhooks = resolved.map(({ id }) => ({ kind: 'webhook', webhookId: id }) as const);
  const channels = onAlert ? [{ kind: 'callback' } as const, ...ofWebhooks] : ofWebhooks;
  const result = { onAlert: onAlert ?? null, webhooks: resolved, channels };
  if (alerts.rollup === undefined) return { ...result, rollup: null };
  return { ...result, rollup: resolveRollup(alerts.rollup, maxLagSeconds, channels) };
}

function resolveWebhook(webhook: AlertWebhook, path: string): ResolvedWebhook {
  requireObject(webhook, ['id', 'url', 'secret', 'format'], path);
  const { id, url, secret, format = 'standard' } = webhook;
  if (typeof (id as unknown) !== 'string' || !WEBHOOK_ID.test(id)) {
    throw new TypeError(`${path}.id must be 1 to 64 letters, digits, - and _`);
  }
  if (!['standard', 'slack'].includes(format)) {
    throw new TypeError(`${path}.format must be standard or slack`);
  }
  const parsed = within(`${path}.url`, () => parseWebhookUrl(requireText(url)));
  const secrets = secret === undefined ? [] : [secret].flat();
  if (secrets.length > MAX_SECRETS || (format === 'standard' && secrets.length === 0)) {
    throw new TypeError(`${path}.secret is required: 1 to ${MAX_SECRETS}`);
  }
  return {
    id,
    url: parsed,
    urlDigest: createHash('sha256').update(parsed.href).digest('hex'),
    secrets: secrets.map((text) =>
      within(`${path}.secret`, () => parseWebhookSecret(requireText(text))),
    ),
    format,
  };
}

function resolveRollup(
  rollup: RollupAlertOptions,
  defaultLagSeconds: number,
  served: readonly AlertChannel[],
): NonNullable<ResolvedChannels['rollup']> {
  const path = 'alerts.rollup';
  requireObject(rollup, ['maxLagSeconds', 'failures', 'channels'], path);
  const { maxLagSeconds = defaultLagSeconds, failures = 5 } = rollup;
  const channels = rollup.channels ?? [{ kind: 'callback' } as const];
  requireInteger(`${path}.maxLagSeconds`, maxLagSeconds, 3600, 31_536_000);
  requireInteger(`${path}.failures`, failures, 1, 1000);
  const known = served.map(formatChannel);
  const isServed = (channel: AlertChannel): boolean =>
    typeof (channel as unknown) === 'object' && known.includes(formatChannel(channel));
  if (!Array.isArray(channels) || channels.length === 0 || !channels.every(isServed)) {
    throw new TypeError(`${path}.channels must name onAlert or webhooks of the option alerts`);
  }
  return { maxLagSeconds, failures, channels };
}

function requireObject(value: object, known: readonly string[], path: string): void {
  if (
    typeof (value as unknown) !== 'object' ||
    (value as unknown) === null ||
    Array.isArray(value)
  ) {
    throw new TypeError(`${path} must be an object`);
  }
  requireKnownKeys(value, known, path);
}

function requireText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('must be text');
}

function requireInteger(path: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new TypeError(`${path} must be an integer from ${min} to ${max}`);
}

/** Names the option in the message of an error. */
function within<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new TypeError(`${path} ${error instanceof Error ? error.message : ''}`, { cause: error });
  }
}
