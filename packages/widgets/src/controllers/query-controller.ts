import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { UsageAuthRequiredEvent } from '../events/usage-auth-required.js';
import { UsageErrorEvent } from '../events/usage-error.js';
import { UsageLoadEvent } from '../events/usage-load.js';
import type { Query } from '../store/query-entry.js';
import { getData, type QueryState } from '../store/query-state.js';
import type { UsageStore } from '../store/usage-store.js';
import type { ViewController } from './view-controller.js';

/** A query with its store and polling interval. */
export interface QueryRequest<T> {
  store: UsageStore;
  query: Query<T>;
  /** Milliseconds between polls, `null` for none. */
  intervalMs: number | null;
  /** Former data is shown dimmed while a new key of the same group loads; another group is another subject. */
  group: string;
}

/** What rendering needs of a query. */
export interface QuerySource<T> {
  readonly state: QueryState<T>;
  /** Sends the request again because a person wants it. */
  retry(): void;
}

/** What a query does in addition to rendering. */
export interface QueryOptions<T> {
  /** Called with each new response, before the element renders. */
  onLoad?: (data: T) => void;
  /** Fires no events: for a query that only helps, e.g. the choices of a filter. */
  isSilent?: boolean;
}

/** What an element must have to send a query; without a `view` it counts as in view. */
export type QueryHost = ReactiveControllerHost & EventTarget & { view?: ViewController };

/**
 * Connects an element to the store: subscribes to the query of its inputs and renders on every change.
 *
 * `getRequest` is called before each render; a new key or store means a new subscription, `null` none at all.
 */
export class QueryController<T> implements ReactiveController, QuerySource<T> {
  state: QueryState<T> = { status: 'idle' };
  readonly #host: QueryHost;
  readonly #getRequest: () => QueryRequest<T> | null;
  readonly #options: QueryOptions<T>;
  #current: QueryRequest<T> | null = null;
  #unsubscribe: (() => void) | null = null;
  #placeholder: T | undefined;
  #announced: unknown = null;
  #isConnected = false;

  constructor(
    host: QueryHost,
    getRequest: () => QueryRequest<T> | null,
    options: QueryOptions<T> = {},
  ) {
    this.#host = host;
    this.#getRequest = getRequest;
    this.#options = options;
    host.addController(this);
    host.view?.onChange(() => {
      if (this.#current !== null) this.#current.store.reschedule(this.#current.query.key);
    });
  }

  /** Sends the request again because a person wants it. */
  retry(): void {
    if (this.#current !== null) this.#current.store.refetch(this.#current.query.key);
  }

  hostConnected(): void {
    this.#isConnected = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#stop();
  }

  hostUpdate(): void {
    // An element may render once more after it was taken out; nothing would ever end that subscription.
    if (!this.#isConnected) return;
    const next = this.#getRequest();
    if (isSameRequest(this.#current, next)) return;
    const previous = this.#current;
    const previousData = getData(this.state) ?? this.#placeholder;
    this.#stop();
    this.#current = next;
    this.#placeholder = previous?.group === next?.group ? previousData : undefined;
    this.#announced = null;
    if (next === null) {
      this.state = { status: 'idle' };
      return;
    }
    this.#unsubscribe = next.store.subscribe(next.query, {
      intervalMs: next.intervalMs,
      onChange: () => this.#read(),
      isInView: () => this.#host.view?.isInView ?? true,
    });
    this.#read();
  }

  #stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#current = null;
  }

  #read(): void {
    if (this.#current === null) return;
    const state = this.#current.store.getState<T>(this.#current.query.key);
    const isFirstLoad = state.status === 'loading' && this.#placeholder !== undefined;
    this.state = isFirstLoad ? { status: 'loading', placeholder: this.#placeholder as T } : state;
    this.#announce();
    this.#host.requestUpdate();
  }

  #announce(): void {
    const { state } = this;
    if (state.status === 'ready' && this.#announced !== state.data) {
      this.#announced = state.data;
      this.#placeholder = undefined;
      this.#options.onLoad?.(state.data);
      this.#fire(new UsageLoadEvent(state.data));
    }
    if (state.status === 'failed' && this.#announced !== state.error) {
      this.#announced = state.error;
      this.#fire(new UsageErrorEvent(state.error));
      if (state.error.status === 401) this.#fire(new UsageAuthRequiredEvent(state.error));
    }
  }

  #fire(event: Event): void {
    if (this.#options.isSilent !== true) this.#host.dispatchEvent(event);
  }
}

function isSameRequest<T>(a: QueryRequest<T> | null, b: QueryRequest<T> | null): boolean {
  if (a === null || b === null) return a === b;
  return a.query.key === b.query.key && a.store === b.store && a.intervalMs === b.intervalMs;
}
