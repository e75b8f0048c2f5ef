import { isUsageRequestError, UsageRequestError } from '../client/usage-request-error.js';
import type { PollPorts } from './poll-ports.js';
import {
  createQueryEntry,
  getIntervalMs,
  isInView,
  type Query,
  type QueryEntry,
  type Subscriber,
} from './query-entry.js';
import type { QueryState } from './query-state.js';
import { computePollDelayMs, computeRetryDelayMs } from './retry-delay.js';
import { RetryAfterGate, type Refusal } from './retry-after-gate.js';

const MIN_INTERVAL_MS = 5_000;
const STALE_AFTER_MS = 300_000;
const REUSE_WITHIN_MS = 10_000;
const SLOW_FACTOR = 5;
const MAX_UNUSED_ENTRIES = 40;

/** How often polled figures refresh, page-wide: as designed, five times slower, or not at all (WCAG 2.2.2). */
export type PollRate = 'normal' | 'slow' | 'paused';

/**
 * Shared polling store: one request for any number of subscribers of the same key.
 *
 * Timers re-arm after each response (never `setInterval`), stop while the page is hidden, offline or paused, while every
 * subscriber is out of view and when there is no subscriber, and catch up with one request on return if the data is old.
 * Failures that cannot heal by themselves (400, 401, 403, 404) stop a key until `refetch` or new inputs, which are a new
 * key. `Retry-After` pauses the entire store, see {@link RetryAfterGate}.
 */
export class UsageStore {
  readonly #ports: PollPorts;
  readonly #entries = new Map<string, QueryEntry>();
  readonly #gate = new RetryAfterGate();
  #stopWatching: (() => void) | null = null;
  #pollRate: PollRate = 'normal';

  constructor(ports: PollPorts) {
    this.#ports = ports;
  }

  /** Epoch milliseconds of the store's clock. */
  now(): number {
    return this.#ports.now();
  }

  get isOnline(): boolean {
    return this.#ports.isOnline();
  }

  get pollRate(): PollRate {
    return this.#pollRate;
  }

  setPollRate(rate: PollRate): void {
    if (rate === this.#pollRate) return;
    this.#pollRate = rate;
    this.#resume();
  }

  /** Starts sending requests; the result stops. `onChange` is called after every change of {@link getState}. */
  subscribe(query: Query<unknown>, subscriber: Subscriber): () => void {
    this.#stopWatching ??= this.#ports.watch(() => this.#resume());
    const entry = this.#entries.get(query.key) ?? createQueryEntry(query);
    // Moves the key to the end: the map's order is the order of use that #evict relies on.
    this.#entries.delete(query.key);
    this.#entries.set(query.key, entry);
    entry.query = query;
    entry.subscribers.add(subscriber);
    if (entry.request === null && this.#needsRequest(entry)) entry.dueAtMs = this.now();
    this.#arm(entry);
    return () => this.#unsubscribe(entry, subscriber);
  }

  getState<T>(key: string): QueryState<T> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return { status: 'idle' };
    const { loaded, error } = entry;
    // Only the query of this key ever writes `loaded`; the caller names its type once, in the query.
    const lastGood = loaded === null ? null : { data: loaded.data as T, updatedAtMs: loaded.atMs };
    if (error !== null) {
      const { notBeforeMs } = this.#gate.check(entry);
      const retryAtMs = entry.dueAtMs === null ? null : Math.max(entry.dueAtMs, notBeforeMs);
      return { status: 'failed', error, retryAtMs, ...lastGood };
    }
    if (lastGood === null) return this.#stateWithoutData(entry);
    return entry.request === null
      ? { status: 'ready', ...lastGood }
      : { status: 'refreshing', ...lastGood };
  }

  /** Loading, or why no request is sent: a skeleton without a request would stay for minutes. */
  #stateWithoutData<T>(entry: QueryEntry): QueryState<T> {
    const { error, notBeforeMs, isWaiting } = this.#gate.check(entry);
    const isBlocked = isWaiting || notBeforeMs > this.now();
    if (entry.request !== null || error === null || !isBlocked) return { status: 'loading' };
    return { status: 'failed', error, retryAtMs: notBeforeMs };
  }

  /** Sends a request because a person retries; not before `Retry-After`. */
  refetch(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.request !== null) return;
    const { notBeforeMs, isWaiting } = this.#gate.check(entry);
    if (notBeforeMs <= this.now() && !isWaiting) return void this.#fetch(entry);
    entry.dueAtMs = notBeforeMs;
    this.#arm(entry);
  }

  /** Schedules the next request again after a subscriber of the key came into view or left it. */
  reschedule(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#arm(entry);
  }

  /** Aborts everything and forgets all data, e.g. when the identity changes. */
  clear(): void {
    for (const entry of this.#entries.values()) {
      entry.cancelTimer?.();
      entry.request?.abort();
    }
    this.#entries.clear();
    this.#stopWatching?.();
    this.#stopWatching = null;
  }

  #needsRequest(entry: QueryEntry): boolean {
    if (entry.error !== null) return entry.dueAtMs !== null && entry.dueAtMs <= this.now();
    return entry.loaded === null || this.now() - entry.loaded.atMs > REUSE_WITHIN_MS;
  }

  #unsubscribe(entry: QueryEntry, subscriber: Subscriber): void {
    entry.subscribers.delete(subscriber);
    if (entry.subscribers.size > 0) return this.#arm(entry);
    entry.cancelTimer?.();
    entry.request?.abort();
    entry.request = null;
    // The entry's failure goes with its last subscriber; the server's Retry-After stays, because it is the store's.
    const { key } = entry.query;
    if (entry.error !== null && this.#entries.get(key) === entry) this.#entries.delete(key);
    this.#evict();
    if (this.#gate.end(entry, null, true)) this.#resume();
  }

  #evict(): void {
    const unused = [...this.#entries.values()].filter((entry) => entry.subscribers.size === 0);
    for (const entry of unused.slice(0, -MAX_UNUSED_ENTRIES)) {
      this.#entries.delete(entry.query.key);
    }
    if (unused.length < this.#entries.size) return;
    this.#stopWatching?.();
    this.#stopWatching = null;
  }

  #resume(): void {
    for (const entry of this.#entries.values()) {
      if (entry.subscribers.size === 0) continue;
      this.#arm(entry);
      this.#notify(entry);
    }
  }

  /** Schedules the next request of an entry, or none; the only place that sets timers. */
  #arm(entry: QueryEntry): void {
    entry.cancelTimer?.();
    entry.cancelTimer = null;
    if (entry.request !== null || entry.subscribers.size === 0) return;
    if (!this.#ports.isVisible() || !this.#ports.isOnline()) return;
    // Out of view nothing is refreshed or retried. The first request is sent all the same: a page that loads while it is
    // scrolled is slower to read and prints incomplete.
    const isFirst = entry.loaded === null && entry.error === null;
    if (!isFirst && !isInView(entry)) return;
    const dueAtMs = this.#getDueAtMs(entry);
    const { notBeforeMs, isWaiting } = this.#gate.check(entry);
    if (dueAtMs === null || isWaiting) return;
    const delayMs = Math.max(dueAtMs, notBeforeMs) - this.now();
    if (delayMs <= 0) void this.#fetch(entry);
    else entry.cancelTimer = this.#ports.schedule(() => this.#arm(entry), delayMs);
  }

  #getDueAtMs(entry: QueryEntry): number | null {
    // Paused means that nothing changes by itself; a first load is not a change, and neither is a retry by a person.
    const isRetryOfOld = entry.loaded !== null && entry.error !== null;
    if (isRetryOfOld && this.#pollRate === 'paused') return null;
    if (entry.dueAtMs !== null) return entry.dueAtMs;
    if (entry.loaded === null || entry.error !== null) return null;
    const intervalMs = this.#getIntervalMs(entry);
    if (intervalMs !== null)
      return entry.loaded.atMs + computePollDelayMs(intervalMs, entry.jitter);
    const isOld = this.now() - entry.loaded.atMs > STALE_AFTER_MS;
    return isOld && this.#pollRate !== 'paused' ? this.now() : null;
  }

  #getIntervalMs(entry: QueryEntry): number | null {
    const intervalMs = getIntervalMs(entry);
    if (intervalMs === null || this.#pollRate === 'paused') return null;
    return Math.max(intervalMs, MIN_INTERVAL_MS) * (this.#pollRate === 'slow' ? SLOW_FACTOR : 1);
  }

  async #fetch(entry: QueryEntry): Promise<void> {
    entry.cancelTimer?.();
    entry.cancelTimer = null;
    const request = new AbortController();
    entry.request = request;
    entry.dueAtMs = null;
    this.#gate.begin(entry);
    this.#notify(entry);
    let refusal: Refusal | null = null;
    try {
      const data = await entry.query.fetch({ signal: request.signal });
      // A request that was replaced or aborted may still get a response, which is for inputs that no subscriber has any more.
      if (entry.request !== request) return;
      entry.loaded = { data, atMs: this.now() };
      entry.jitter = this.#ports.random();
      entry.error = null;
      entry.failures = 0;
    } catch (cause) {
      if (entry.request !== request) return;
      refusal = this.#fail(entry, toRequestError(cause));
    }
    entry.request = null;
    if (this.#gate.end(entry, refusal)) return this.#resume();
    this.#arm(entry);
    this.#notify(entry);
  }

  /** Stores a failure; the result closes the gate for all queries where the server sent `Retry-After`. */
  #fail(entry: QueryEntry, error: UsageRequestError): Refusal | null {
    entry.error = error;
    entry.failures += 1;
    if (!error.retryable) return null;
    const { retryAfterMs } = error;
    const intervalMs = this.#getIntervalMs(entry);
    const random = this.#ports.random();
    entry.dueAtMs =
      this.now() +
      computeRetryDelayMs({ failures: entry.failures, intervalMs, retryAfterMs, random });
    return retryAfterMs === null ? null : { error, retryAtMs: this.now() + retryAfterMs };
  }

  #notify(entry: QueryEntry): void {
    for (const subscriber of [...entry.subscribers]) subscriber.onChange();
  }
}

function toRequestError(cause: unknown): UsageRequestError {
  if (isUsageRequestError(cause)) return cause;
  return new UsageRequestError(cause instanceof Error ? cause.message : 'The request failed.', {
    code: 'UNEXPECTED',
    status: null,
    retryable: false,
    cause,
  });
}
