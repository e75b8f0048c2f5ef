import type { Database } from '../../db/database.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { Clock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { createAlertWorker, type AlertWorker, type AlertWorkerOptions } from './alert-worker.js';
import { DisabledWebhooks } from './disabled-webhooks.js';
import { systemNetwork, type WebhookNetwork } from './post-webhook.js';
import type { ResolvedChannels } from './resolve-channels.js';
import { createSenders } from './senders.js';

/** What the delivery of alerts needs. */
export interface AlertDeliveryOptions {
  alerts: Pick<ResolvedChannels, 'onAlert' | 'webhooks'>;
  clock: Clock;
  metrics: Metrics;
  logger: Logger;
  /** Receives errors of the database. Must not throw. */
  onError: (error: unknown) => void;
}

/** What only tests replace. */
export interface AlertDeliveryTestOptions extends Pick<
  AlertWorkerOptions,
  'intervalMs' | 'leaseMs'
> {
  network?: WebhookNetwork;
  attemptMs?: number;
}

/** Makes the worker that sends alerts to the channels of the host. Starts nothing. */
export function createAlertDelivery(
  database: Database,
  { alerts, ...options }: AlertDeliveryOptions,
  { network = systemNetwork, attemptMs, ...tested }: AlertDeliveryTestOptions = {},
): AlertWorker {
  const context = {
    network,
    clock: options.clock,
    ...(attemptMs === undefined ? {} : { attemptMs }),
  };
  return createAlertWorker({
    ...options,
    ...tested,
    database,
    senders: createSenders(alerts, context),
    disabled: new DisabledWebhooks(database, alerts.webhooks),
  });
}
