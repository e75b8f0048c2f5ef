import type { UsageRequestError } from '../client/usage-request-error.js';

/** A query: its key and how to send it. */
export interface Query<T> {
  /** Equal keys are one request. Contains everything that the response depends on. */
  key: string;
  fetch(options: { signal: AbortSignal }): Promise<T>;
}

/** One subscriber of a query. */
export interface Subscriber {
  /** Milliseconds between polls; `null` does not poll. */
  intervalMs: number | null;
  onChange(): void;
  /** Whether what it shows is in view; missing: yes. {@link UsageStore.reschedule} when it changes. */
  isInView?(): boolean;
}

/** The state of one query in the store. */
export interface QueryEntry {
  query: Query<unknown>;
  subscribers: Set<Subscriber>;
  loaded: { data: unknown; atMs: number } | null;
  error: UsageRequestError | null;
  failures: number;
  request: AbortController | null;
  /** Next automatic request, epoch ms; `null` when none is planned. */
  dueAtMs: number | null;
  cancelTimer: (() => void) | null;
  /** Drawn once per response, uniform in [0, 1): drawing at every check would postpone the due time for ever. */
  jitter: number;
}

/** An entry before its first request. */
export function createQueryEntry(query: Query<unknown>): QueryEntry {
  return {
    query,
    subscribers: new Set(),
    loaded: null,
    error: null,
    failures: 0,
    request: null,
    dueAtMs: null,
    cancelTimer: null,
    jitter: 0.5,
  };
}

/** Whether a subscriber of the entry is in view. */
export function isInView(entry: QueryEntry): boolean {
  return [...entry.subscribers].some((subscriber) => subscriber.isInView?.() ?? true);
}

/** Shortest interval of all subscribers, in milliseconds; `null` when none polls. */
export function getIntervalMs(entry: QueryEntry): number | null {
  let shortest: number | null = null;
  for (const { intervalMs } of entry.subscribers) {
    if (intervalMs !== null && (shortest === null || intervalMs < shortest)) shortest = intervalMs;
  }
  return shortest;
}
