import type { Database } from '../../db/database.js';
import {
  listDeliveries,
  type AlertDelivery,
  type DeliveryFilter,
} from '../outbox/delivery-report-store.js';
import { reviveDelivery, type DeliveryKey } from '../outbox/delivery-store.js';
import { enableWebhook, listDisabledWebhooks } from '../outbox/webhook-store.js';
import { toInstant } from '../../values/time.js';

/** What operators see and do of the deliveries of alerts. */
export interface AlertControl {
  /** Lists deliveries of all users or of one, those of the latest events first. */
  deliveries(filter?: DeliveryFilter): Promise<AlertDelivery[]>;
  /** Sends a dead letter again, with all its attempts. @returns whether there was one */
  retry(delivery: DeliveryKey): Promise<boolean>;
  /** Lists the webhooks that responded 410, and since when they get nothing. */
  disabledWebhooks(): Promise<{ id: string; disabledAt: string }[]>;
  /** Enables a webhook again; another URL does so by itself. @returns whether it was disabled */
  enableWebhook(id: string): Promise<boolean>;
}

/** Makes the control. @param wake begins attempts of what is due; of a process without a worker nothing */
export function createAlertControl(database: Database, wake: () => void): AlertControl {
  return {
    deliveries: (filter = {}) => listDeliveries(database, filter),
    retry: async ({ userDid, eventId, channel }) => {
      const isFound = await reviveDelivery(database, { userDid, eventId, channel });
      if (isFound) wake();
      return isFound;
    },
    disabledWebhooks: async () =>
      (await listDisabledWebhooks(database)).map(({ id, disabledAtMs }) => ({
        id,
        disabledAt: toInstant(disabledAtMs),
      })),
    enableWebhook: (id) => enableWebhook(database, id),
  };
}
