import { createHmac } from 'node:crypto';
import { SECOND_MS } from '../../values/time.js';

const PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;

/**
 * Parses a secret of Standard Webhooks: `whsec_` and base64 of 24 to 64 random bytes.
 *
 * @throws TypeError that does not have the secret
 */
export function parseWebhookSecret(text: string): Buffer {
  const encoded = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  const secret = Buffer.from(encoded, 'base64');
  const isSound =
    BASE64.test(encoded) && secret.length >= MIN_SECRET_BYTES && secret.length <= MAX_SECRET_BYTES;
  if (isSound) return secret;
  throw new TypeError(
    `must be "${PREFIX}" and the base64 of ${MIN_SECRET_BYTES} to ${MAX_SECRET_BYTES} random bytes`,
  );
}

/** What a webhook's signature is of. */
export interface SignedMessage {
  /** Of the event: the same in every repetition. */
  id: string;
  /** When it is sent, epoch ms. */
  sentAtMs: number;
  /** Exactly the bytes that are sent. */
  body: Buffer;
}

/**
 * Signs a webhook as Standard Webhooks has it, once with each secret, so that a host can change it without a gap.
 *
 * @returns its headers
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signWebhook(
  { id, sentAtMs, body }: SignedMessage,
  secrets: readonly Buffer[],
): Record<string, string> {
  const timestamp = String(Math.floor(sentAtMs / SECOND_MS));
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body);
    return `v1,${hmac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
  };
}
