import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import type { Amounts, DisplayCurrency } from '../format/money.js';
import type { RangeInput } from '../format/range-input.js';
import type { UsageMessages } from '../locales/messages.js';
import type { UsageStore } from '../store/usage-store.js';

/** Settings of a provider; where one is `undefined`, the element uses its own attribute or the default. */
export interface UsageContextValue {
  baseUrl?: string | undefined;
  timeZone?: string | undefined;
  locale?: string | undefined;
  messages?: UsageMessages | undefined;
  amounts?: Amounts | undefined;
  displayCurrency?: DisplayCurrency | undefined;
  from?: string | undefined;
  to?: string | undefined;
  getToken?: GetToken | undefined;
  client?: UsageClient | undefined;
  store?: UsageStore | undefined;
  /** Makes a chosen range everybody's. */
  setRange?: ((range: RangeInput) => void) | undefined;
}

/** Typed as `@lit/context` types its contexts, so that a page can request the context with that library too. */
type UsageContext = symbol & { __context__: UsageContextValue };

/** Context of the nearest `<usage-provider>`. A registered symbol, so that two bundles on a page meet. */
export const usageContext = Symbol.for('usage-kit.context') as UsageContext;

type Callback = (value: UsageContextValue, unsubscribe?: () => void) => void;

/** The event of the community's context protocol, which `@lit/context` speaks too; our part of it is a third of its size. */
class ContextRequestEvent extends Event {
  readonly context = usageContext;
  readonly subscribe = true;
  readonly contextTarget: Element;
  readonly callback: Callback;

  constructor(contextTarget: Element, callback: Callback) {
    super('context-request', { bubbles: true, composed: true });
    this.contextTarget = contextTarget;
    this.callback = callback;
  }
}

/** Requests the settings of the nearest provider whenever the host is connected, and is called back on every change. */
export class ContextConsumer implements ReactiveController {
  value: UsageContextValue = {};
  readonly #host: ReactiveControllerHost & Element;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.dispatchEvent(
      new ContextRequestEvent(this.#host, (value, unsubscribe) => {
        // A nearer provider that was upgraded later replaces the first one.
        if (unsubscribe !== this.#unsubscribe) this.#unsubscribe?.();
        this.#unsubscribe = unsubscribe;
        this.value = value;
        this.#host.requestUpdate();
      }),
    );
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.value = {};
  }
}

/** Passes the value to every consumer below the host, now and with every change. */
export class ContextProvider {
  #value: UsageContextValue;
  readonly #subscriptions = new Map<Callback, () => void>();

  constructor(host: Element, value: UsageContextValue) {
    this.#value = value;
    host.addEventListener('context-request', (event) => {
      const { context, contextTarget, callback, subscribe } = event as ContextRequestEvent;
      if (context !== usageContext || contextTarget === host) return;
      event.stopPropagation();
      const unsubscribe = (): void => void this.#subscriptions.delete(callback);
      if (subscribe) this.#subscriptions.set(callback, unsubscribe);
      callback(this.#value, subscribe ? unsubscribe : undefined);
    });
  }

  setValue(value: UsageContextValue): void {
    this.#value = value;
    for (const [callback, unsubscribe] of [...this.#subscriptions]) callback(value, unsubscribe);
  }
}
