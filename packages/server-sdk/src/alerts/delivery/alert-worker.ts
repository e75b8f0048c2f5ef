import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/database.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { Clock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { runDetached } from '../../runtime/request-signal.js';
import { startInterval, startTimeout } from '../../runtime/wait.js';
import { UTC_DAY_MS } from '../../values/time.js';
import { getPauseMs } from '../outbox/attempt-plan.js';
import {
  buryUnserved,
  finishDelivery,
  leaseDeliveries,
  type DeliveryOutcome,
  type LeasedDelivery,
} from '../outbox/delivery-store.js';
import type { DisabledWebhooks } from './disabled-webhooks.js';
import { WebhookRefused } from './post-webhook.js';
import { ATTEMPT_MS, type Sender, type SendResult } from './senders.js';

/** What a worker needs. */
export interface AlertWorkerOptions {
  database: Database;
  /** By channel. */
  senders: ReadonlyMap<string, Sender>;
  disabled: DisabledWebhooks;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** Receives errors of the database. Must not throw. */
  onError: (error: unknown) => void;
  /** How often the worker looks for what other instances stored. @default {@link INTERVAL_MS} */
  intervalMs?: number;
  /** @default {@link LEASE_MS} */
  leaseMs?: number;
}

/** Sends events of the outbox. */
export interface AlertWorker {
  /** Sends what is due, now and whenever it is; a second call has no effect. */
  start(): void;
  /** Looks for due deliveries without waiting for the interval; no effect before `start`. */
  wake(): void;
  /** Starts no more attempts, and resolves when those in progress have ended or are cut off. */
  stop(): Promise<void>;
}

const INTERVAL_MS = 5000;
/** An attempt, the statements around it, and a margin: until then no other worker sends the same. */
const LEASE_MS = 4 * ATTEMPT_MS;
/** Attempts in progress of one worker. */
const MAX_CONCURRENT = 8;
/** How long `stop` waits for attempts in progress. */
const STOP_MS = 3000;
/** Longer than all attempts take. */
const UNSERVED_MS = UTC_DAY_MS;
/** How often unserved deliveries are looked for, in rounds of the interval. */
const BURY_ROUNDS = 120;

/**
 * Makes a worker that sends each delivery at least once: an attempt whose process ends before its outcome is stored is made
 * again when its lease is over. Any number of workers, in one process or many, share what is due.
 */
export function createAlertWorker(options: AlertWorkerOptions): AlertWorker {
  const pool = new DeliveryPool(options);
  let endInterval: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let isWoken = false;
  let rounds = 1;

  const run = async (): Promise<void> => {
    try {
      if (rounds % BURY_ROUNDS === 0) {
        await buryUnserved(options.database, options.clock.now() - UNSERVED_MS);
      }
      rounds += 1;
      while (isWoken) {
        isWoken = false;
        await pool.sendDue();
      }
    } catch (error) {
      options.onError(error);
    }
  };
  const wake = (): void => {
    if (endInterval === null) return;
    isWoken = true;
    running ??= runDetached(run).finally(() => {
      running = null;
    });
  };
  return {
    start: () => {
      if (endInterval !== null) return;
      endInterval = startInterval(options.intervalMs ?? INTERVAL_MS, wake);
      pool.open();
      wake();
    },
    wake,
    stop: async () => {
      endInterval?.();
      endInterval = null;
      isWoken = false;
      const cancel = pool.close();
      await running;
      cancel();
    },
  };
}

/** The attempts in progress of a worker. */
class DeliveryPool {
  readonly #options: AlertWorkerOptions;
  readonly #inFlight = new Set<Promise<void>>();
  #isOpen = false;
  #cutOff = new AbortController();

  constructor(options: AlertWorkerOptions) {
    this.#options = options;
  }

  open(): void {
    this.#isOpen = true;
    this.#cutOff = new AbortController();
  }

  /** Begins no more attempts, and ends those in progress after a while. @returns a function that cancels that end */
  close(): () => void {
    this.#isOpen = false;
    return startTimeout(STOP_MS, () => {
      this.#cutOff.abort(new WebhookRefused('the process ended'));
    });
  }

  /** Sends until nothing is due and no attempt is in progress. @throws what the database failed with, when all have ended */
  async sendDue(): Promise<void> {
    try {
      await this.#options.disabled.refresh();
      for (;;) {
        const leased = this.#isOpen ? await this.#lease() : [];
        for (const delivery of leased) this.#begin(delivery);
        if (this.#inFlight.size === 0) return;
        // A free place is not worth a look at the outbox that found nothing a moment ago.
        if (leased.length === 0) await Promise.race(this.#inFlight);
      }
    } finally {
      await Promise.all(this.#inFlight);
    }
  }

  async #lease(): Promise<LeasedDelivery[]> {
    const { database, senders, leaseMs = LEASE_MS } = this.#options;
    const limit = MAX_CONCURRENT - this.#inFlight.size;
    if (limit === 0) return [];
    return leaseDeliveries(database, {
      lease: randomUUID(),
      channels: [...senders.keys()],
      limit,
      leaseMs,
    });
  }

  #begin(delivery: LeasedDelivery): void {
    const attempt = attemptDelivery(this.#options, delivery, this.#cutOff.signal)
      .catch(this.#options.onError)
      .finally(() => {
        this.#inFlight.delete(attempt);
      });
    this.#inFlight.add(attempt);
  }
}

/** Makes an attempt and stores how it ended. @throws StatementError when the database fails; the lease then ends by itself */
async function attemptDelivery(
  options: AlertWorkerOptions,
  delivery: LeasedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { database, senders, disabled, clock, metrics, logger } = options;
  const { channel, eventId, attempt } = delivery;
  const sender = senders.get(channel);
  if (!sender) return;
  const result = disabled.has(channel) ? WAS_GONE : await sender(delivery.event, signal);
  if (!result.isDelivered && result.isGone) await disabled.add(channel, clock.now());
  const outcome = toOutcome(result, attempt, signal);
  const isOurs = await finishDelivery(database, delivery, outcome);
  if (outcome.status === 'delivered') {
    metrics.countDelivery('delivered');
    return;
  }
  metrics.countDelivery(outcome.status === 'dead' && isOurs ? 'dead' : 'failed');
  const details = { eventId, channel, attempt, reason: outcome.error };
  if (outcome.status === 'dead') logger.error('An alert could not be delivered', details);
  else logger.warn('An alert was not delivered yet', details);
}

const WAS_GONE: SendResult = {
  isDelivered: false,
  httpStatus: null,
  error: 'the webhook is disabled: it responded 410',
  isGone: true,
};

function toOutcome(result: SendResult, attempt: number, signal: AbortSignal): DeliveryOutcome {
  const { httpStatus } = result;
  if (result.isDelivered) return { status: 'delivered', httpStatus };
  // Cut off by the end of the process, which says nothing about the receiver.
  const pauseMs = getPauseMs(attempt) ?? (signal.aborted ? 0 : null);
  const { error, isGone } = result;
  return isGone || pauseMs === null
    ? { status: 'dead', httpStatus, error }
    : { status: 'pending', pauseMs, httpStatus, error };
}
