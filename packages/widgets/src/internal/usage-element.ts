import { ContextConsumer } from '@lit/context';
import { LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import { getConnection, type Connection } from '../context/connection.js';
import { usageContext, type UsageContextValue } from '../context/usage-context.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { formatTimeZone } from '../format/date.js';
import { toValidTimeZone } from '../format/intl-cache.js';
import {
  DEFAULT_FROM,
  resolveRange,
  type RangeInput,
  type ResolvedRange,
} from '../format/range.js';
import { getLocalizer, type Localizer } from '../locales/localizer.js';
import type { UsageStore } from '../store/usage-store.js';
import { hostStyles } from '../styles/host.styles.js';
import { tokensStyles } from '../styles/tokens.styles.js';
import { defineElement } from './define-element.js';

/** What an element works with: its own attributes over the provider's over the defaults. */
export interface UsageSettings extends Connection {
  /** IANA zone that `Intl` knows. */
  timeZone: string;
  range: RangeInput;
  setRange: ((range: RangeInput) => void) | undefined;
}

/**
 * Base of every element: settings from attributes or the nearest provider, language, registration.
 *
 * Subclasses name their tag in `static tagName` and are registered by `define()`, never on import.
 */
export abstract class UsageElement extends LitElement {
  static override styles: CSSResultGroup = [tokensStyles, hostStyles];

  /** Registers the class; does nothing where the tag or the registry exists already or is missing. */
  static define(this: CustomElementConstructor & { tagName: string }, tagName?: string): void {
    defineElement(tagName ?? this.tagName, this);
  }

  /** Where the endpoints live, e.g. `/api/usage`. */
  @property({ attribute: 'base-url' }) baseUrl: string | undefined;
  /** IANA time zone for days and times; default: the browser's. */
  @property({ attribute: 'time-zone' }) timeZone: string | undefined;
  /** BCP 47 tag; default: the nearest `lang` attribute, then the browser's language. */
  @property() locale: string | undefined;
  /** Start of the range: `last-30-days`, a date, an instant or epoch milliseconds. */
  @property() from: string | undefined;
  /** End of the range: a date (included), an instant, or nothing for now. */
  @property() to: string | undefined;
  /** Level of the element's heading, 1 to 6. */
  @property({ attribute: 'heading-level', type: Number }) headingLevel = 2;
  /** Supplies embed tokens; asked again once after a 401. */
  @property({ attribute: false }) getToken: GetToken | undefined;
  /** Replaces the built-in client, e.g. in tests. */
  @property({ attribute: false }) client: UsageClient | undefined;
  /** Replaces the page's shared store. */
  @property({ attribute: false }) store: UsageStore | undefined;

  readonly #language = new LocalizeController(this);
  readonly #context = new ContextConsumer(this, { context: usageContext, subscribe: true });
  #settings: UsageSettings | null = null;
  #localizer: Localizer | null = null;

  /** Settings of the running update. */
  get settings(): UsageSettings {
    return (this.#settings ??= this.#resolveSettings());
  }

  /** Texts and formats in the element's language. */
  get localizer(): Localizer {
    const requested = this.locale ?? this.#context.value?.locale ?? this.#language.locale;
    if (this.#localizer?.requested !== requested) this.#localizer = getLocalizer(requested);
    return this.#localizer;
  }

  /** The zone of days and times for people: `Europe/Berlin (GMT+1)`. */
  get zoneText(): string {
    const { timeZone, store } = this.settings;
    return formatTimeZone(this.localizer.formatters, timeZone, store.now());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const provider = findUndefinedProvider(this);
    // A provider that is upgraded after its children has missed their request for the context.
    if (provider !== null) {
      void customElements.whenDefined(provider).then(() => this.#context.hostConnected());
    }
  }

  override willUpdate(): void {
    this.#settings = this.#resolveSettings();
  }

  /** The instants that the element's range means now; `null` when it cannot be read. */
  resolveRangeNow(): ResolvedRange | null {
    return this.resolveRangeFor(this.settings.range, this.settings.timeZone);
  }

  /** The instants that a range means now; `null` when it cannot be read. */
  resolveRangeFor(range: RangeInput, timeZone: string): ResolvedRange | null {
    return resolveRange(this.localizer.formatters, range, timeZone, this.settings.store.now());
  }

  #resolveSettings(): UsageSettings {
    const outer: UsageContextValue = this.#context.value ?? {};
    const hasOwnRange = this.from !== undefined || this.to !== undefined;
    const source = hasOwnRange ? this : outer;
    const connection = getConnection({
      baseUrl: this.baseUrl ?? outer.baseUrl,
      getToken: this.getToken ?? outer.getToken,
      client: this.client ?? outer.client,
      store: this.store ?? outer.store,
    });
    return {
      ...connection,
      timeZone: toValidTimeZone(this.timeZone ?? outer.timeZone),
      range: { from: source.from ?? DEFAULT_FROM, to: source.to ?? '' },
      setRange: outer.setRange,
    };
  }
}

function findUndefinedProvider(start: Element): string | null {
  const provider = start.closest('usage-provider');
  if (provider !== null) return customElements.get('usage-provider') ? null : 'usage-provider';
  const root = start.getRootNode();
  return root instanceof ShadowRoot ? findUndefinedProvider(root.host) : null;
}
