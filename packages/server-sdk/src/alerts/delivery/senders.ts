import type { Clock } from '../../runtime/clock.js';
import { describeForLog } from '../../runtime/redacting-logger.js';
import { startTimeout } from '../../runtime/wait.js';
import type { StoredEvent } from '../outbox/alert-event.js';
import { toNotification } from './alert-notification.js';
import type { AlertChannelOptions } from './alert-options.js';
import { postWebhook, WebhookRefused, type WebhookNetwork } from './post-webhook.js';
import type { ResolvedChannels, ResolvedWebhook } from './resolve-channels.js';
import { signWebhook } from './sign-webhook.js';
import { writeWebhookBody } from './webhook-body.js';

/** How long an attempt may take. */
export const ATTEMPT_MS = 15_000;

/** How a send ended. */
export type SendResult =
  | { isDelivered: true; httpStatus: number | null }
  /** `isGone`: the receiver wants no more. */
  | { isDelivered: false; httpStatus: number | null; error: string; isGone: boolean };

/** Sends an event to a channel. Does not throw. */
export type Sender = (event: StoredEvent, signal: AbortSignal) => Promise<SendResult>;

/** What senders need. */
export interface SenderContext {
  network: WebhookNetwork;
  clock: Clock;
  /** @default {@link ATTEMPT_MS} */
  attemptMs?: number;
}

/** Makes the sender of each channel that the host has, by the channel as it is stored. */
export function createSenders(
  { onAlert, webhooks }: Pick<ResolvedChannels, 'onAlert' | 'webhooks'>,
  context: SenderContext,
): Map<string, Sender> {
  const { attemptMs = ATTEMPT_MS } = context;
  const senders = new Map<string, Sender>();
  if (onAlert) senders.set('callback', limit(attemptMs, createCallbackSender(onAlert)));
  for (const webhook of webhooks) {
    senders.set(`webhook:${webhook.id}`, limit(attemptMs, createWebhookSender(webhook, context)));
  }
  return senders;
}

type Send = (event: StoredEvent, signal: AbortSignal) => Promise<number | null>;

const GONE = 410;

/** Ends an attempt that takes too long, and turns what it throws into a result. */
function limit(attemptMs: number, send: Send): Sender {
  return async (event, signal) => {
    const timeout = new AbortController();
    const either = AbortSignal.any([signal, timeout.signal]);
    const cancel = startTimeout(attemptMs, () => {
      timeout.abort(new WebhookRefused(`no response within ${attemptMs / 1000} seconds`));
    });
    try {
      const httpStatus = await send(event, either);
      if (httpStatus === null || (httpStatus >= 200 && httpStatus < 300)) {
        return { isDelivered: true, httpStatus };
      }
      const error = `responded ${httpStatus}`;
      return { isDelivered: false, httpStatus, error, isGone: httpStatus === GONE };
    } catch (thrown) {
      const error = describe(either.aborted ? either.reason : thrown);
      return { isDelivered: false, httpStatus: null, error, isGone: false };
    } finally {
      cancel();
    }
  };
}

/** Why an attempt failed; of an error of the connection its code, since a message may have the URL. */
function describe(error: unknown): string {
  if (error instanceof WebhookRefused || error instanceof CallbackError) return error.message;
  const code: unknown = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'failed';
}

/** What `onAlert` threw. */
class CallbackError extends Error {
  override readonly name = 'CallbackError';
}

function createCallbackSender(onAlert: NonNullable<AlertChannelOptions['onAlert']>): Send {
  return (event, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      callHost(onAlert, event).then(() => {
        resolve(null);
      }, reject);
    });
}

async function callHost(
  onAlert: NonNullable<AlertChannelOptions['onAlert']>,
  event: StoredEvent,
): Promise<void> {
  try {
    await onAlert(toNotification(event));
  } catch (error) {
    const { message } = describeForLog(asError(error), []) as { message: string };
    throw new CallbackError(`onAlert threw: ${message}`, { cause: error });
  }
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));

function createWebhookSender(
  { url, secrets, format }: ResolvedWebhook,
  { network, clock }: SenderContext,
): Send {
  return async (event, signal) => {
    const body = Buffer.from(writeWebhookBody(format, toNotification(event)));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'usage-kit',
      ...signWebhook({ id: event.id, sentAtMs: clock.now(), body }, secrets),
    };
    return postWebhook(network, { url, headers, body, signal });
  };
}
