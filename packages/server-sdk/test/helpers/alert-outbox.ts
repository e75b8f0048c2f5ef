import type { AlertChannel } from '../../src/index.js';
import type { NewAlertEvent } from '../../src/alerts/outbox/alert-event.js';
import { writeEvents } from '../../src/alerts/outbox/event-store.js';
import type { AlertWorker } from '../../src/alerts/delivery/alert-worker.js';
import type { AlertChannelOptions } from '../../src/alerts/delivery/alert-options.js';
import {
  createAlertDelivery,
  type AlertDeliveryTestOptions,
} from '../../src/alerts/delivery/create-alert-delivery.js';
import { resolveChannels } from '../../src/alerts/delivery/resolve-channels.js';
import type { Database } from '../../src/db/database.js';
import { writeInTransaction } from '../../src/db/transaction.js';
import { type DeliveryResult, noMetrics } from '../../src/metrics/metrics.js';
import { silentLogger } from './create-test-usage.js';

/** The channels of a host that has `onAlert` alone. */
export const CHANNELS: readonly AlertChannel[] = [{ kind: 'callback' }];

/** An event of a rule of credits that fired. */
export function createEvent(id: string, changes: Partial<NewAlertEvent> = {}): NewAlertEvent {
  return {
    id,
    ruleId: 'rule-1',
    type: 'fired',
    metric: 'credits',
    scope: { kind: 'account' },
    level: '80%',
    value: '80.0000000001',
    threshold: '80',
    periodStartMs: Date.UTC(2026, 10, 1),
    occurredAtMs: Date.UTC(2026, 10, 22),
    name: 'Monthly budget',
    channels: [{ kind: 'callback' }],
    ...changes,
  };
}

/** Stores events in a transaction. */
export async function storeEvents(
  database: Database,
  userDid: string,
  events: readonly NewAlertEvent[],
): Promise<void> {
  await writeInTransaction(database, (transaction) => writeEvents(transaction, userDid, events));
}

/** A worker, what it counted, and the errors of the database. */
export interface TestWorker {
  worker: AlertWorker;
  counts: Record<DeliveryResult, number>;
  errors: unknown[];
}

/** Makes a worker that is not started. */
export function createTestWorker(
  database: Database,
  alerts: AlertChannelOptions,
  tested: AlertDeliveryTestOptions = {},
): TestWorker {
  const counts = { delivered: 0, failed: 0, dead: 0 };
  const errors: unknown[] = [];
  const worker = createAlertDelivery(
    database,
    {
      alerts: resolveChannels(alerts, 7800),
      clock: { now: () => Date.now() },
      logger: silentLogger,
      metrics: {
        ...noMetrics,
        countDelivery: (result) => {
          counts[result] += 1;
        },
      },
      onError: (error) => errors.push(error),
    },
    { intervalMs: 50, ...tested },
  );
  return { worker, counts, errors };
}

/** Waits until something is so. @throws Error after 20 seconds */
export async function waitUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const untilMs = Date.now() + 20_000; !(await isSo());) {
    if (Date.now() > untilMs) throw new Error('It did not become so');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
