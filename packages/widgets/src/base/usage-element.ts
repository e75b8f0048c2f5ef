import { LitElement, type CSSResultGroup, type PropertyDeclarations } from 'lit';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import { DEFAULT_BASE_URL, getConnection, type Connection } from '../context/connection.js';
import { ContextConsumer, type UsageContextValue } from '../context/usage-context.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ViewController } from '../controllers/view-controller.js';
import { formatTimeZone } from '../format/clock.js';
import { toValidTimeZone } from '../format/intl-cache.js';
import type { Amounts, DisplayCurrency } from '../format/money.js';
import { DEFAULT_FROM, type RangeInput } from '../format/range-input.js';
import { getLocalizer, loadMessages, type Localizer } from '../locales/localizer.js';
import type { UsageMessages } from '../locales/messages.js';
import type { UsageStore } from '../store/usage-store.js';
import { hostStyles } from '../styles/host.styles.js';
import { tokensStyles } from '../styles/tokens.styles.js';
import { defineElement } from './define-element.js';
import { createDiv } from '../utils/natives.js';

/** Resolved settings of an element: its own attributes, else the provider's, else the defaults. */
export interface UsageSettings extends Connection {
  /** IANA zone that `Intl` knows. */
  timeZone: string;
  range: RangeInput;
  setRange: ((range: RangeInput) => void) | undefined;
}

/** What an element renders after its update: content that is loaded, or rows in later tasks. */
export interface DeferredContent {
  /** Resolves when nothing is still to come; the last of it may be part of an update that is requested. */
  whenComplete: () => Promise<void>;
}

/**
 * Base of every element: settings from attributes or the nearest provider, language, registration.
 *
 * Subclasses name their tag in `static tagName` and are registered by `define()`, never on import.
 *
 * @cssproperty --usage-color-text - text
 * @cssproperty --usage-color-text-muted - text of less weight
 * @cssproperty --usage-color-surface - cards
 * @cssproperty --usage-color-surface-sunken - what lies deeper in a card
 * @cssproperty --usage-color-border - lines
 * @cssproperty --usage-color-control-border - edges of fields
 * @cssproperty --usage-color-accent - focus, links and the primary button
 * @cssproperty --usage-color-on-accent - text on the accent
 * @cssproperty --usage-color-good - what went well
 * @cssproperty --usage-color-good-soft - a surface for what went well
 * @cssproperty --usage-color-warning - what needs attention
 * @cssproperty --usage-color-warning-soft - a surface for what needs attention
 * @cssproperty --usage-color-bad - what went wrong
 * @cssproperty --usage-color-bad-soft - a surface for what went wrong
 * @cssproperty --usage-color-neutral-soft - chips, tracks and skeletons
 * @cssproperty --usage-color-meter-good - the meter, and the dot of a success
 * @cssproperty --usage-color-meter-warning - the meter under 30 %, and the dot of a running call
 * @cssproperty --usage-color-meter-bad - the meter under 10 %, and the dot of a failure
 * @cssproperty --usage-color-series-1 - series 1 of charts
 * @cssproperty --usage-color-series-2 - series 2 of charts
 * @cssproperty --usage-color-series-3 - series 3 of charts
 * @cssproperty --usage-color-series-4 - series 4 of charts
 * @cssproperty --usage-color-series-5 - series 5 of charts
 * @cssproperty --usage-color-series-6 - series 6 of charts
 * @cssproperty --usage-color-series-other - what is folded together in charts
 * @cssproperty --usage-font-family - type; inherited from the page
 * @cssproperty --usage-font-mono - type of identifiers
 * @cssproperty --usage-font-size - size of text, 0.875rem; everything else follows
 * @cssproperty --usage-space - the unit of air, 0.5rem
 * @cssproperty --usage-padding - air inside of cards
 * @cssproperty --usage-radius - corners of cards
 * @cssproperty --usage-radius-small - corners of controls
 * @cssproperty --usage-shadow - shadow of cards
 * @cssproperty --usage-chart-height - height of charts, 17.5rem
 */
export abstract class UsageElement extends LitElement {
  static override properties: PropertyDeclarations = {
    baseUrl: { attribute: 'base-url' },
    timeZone: { attribute: 'time-zone' },
    locale: {},
    from: {},
    to: {},
    messages: { type: Object },
    amounts: {},
    displayCurrency: { type: Object, attribute: 'display-currency' },
    headingLevel: { attribute: 'heading-level', type: Number },
    getToken: { attribute: false },
    client: { attribute: false },
    store: { attribute: false },
  };

  static override styles: CSSResultGroup = [tokensStyles, hostStyles];

  /** Registers the class; does nothing where the tag or the registry exists already or is missing. */
  static define(this: CustomElementConstructor & { tagName: string }, tagName?: string): void {
    defineElement(tagName ?? this.tagName, this);
  }

  /** Where the endpoints live, e.g. `/api/usage`. */
  baseUrl: string | undefined;
  /** IANA time zone for days and times; default: the browser's. */
  timeZone: string | undefined;
  /** BCP 47 tag; default: the nearest `lang` attribute, then the browser's language. */
  locale: string | undefined;
  /** Start of the range: `last-30-days`, a date, an instant or epoch milliseconds. */
  from: string | undefined;
  /** End of the range: a date (included), an instant, or nothing for now. */
  to: string | undefined;
  /** Messages in place of the language's own, by name; they override those of the provider. */
  messages: UsageMessages | undefined;
  /** `money` shows what calls cost in place of credits; default: the provider's, then `credits`. */
  amounts: Amounts | undefined;
  /** What money is converted to for display: currency, rate and the day of the rate. */
  displayCurrency: DisplayCurrency | undefined;
  /** Level of the element's heading, 1 to 6. */
  headingLevel = 2;
  /** Supplies embed tokens; called again once after a 401. */
  getToken: GetToken | undefined;
  /** Replaces the built-in client, e.g. in tests. */
  client: UsageClient | undefined;
  /** Replaces the page's shared store. */
  store: UsageStore | undefined;

  /**
   * Whether the element is in view; what polls stops while it is not.
   * @internal
   */
  readonly view = new ViewController(this);
  /**
   * What `updateComplete` waits for besides the element's own update.
   * @internal
   */
  readonly deferredContents: DeferredContent[] = [];
  readonly #language = new LocalizeController(this);
  readonly #context = new ContextConsumer(this);
  #settings: UsageSettings | null = null;
  #localizer: Localizer | null = null;
  /** Language, messages and amounts that the localizer was made of. */
  #wish: readonly unknown[] | null = null;

  /** Settings of the running update. */
  get settings(): UsageSettings {
    return (this.#settings ??= this.#resolveSettings());
  }

  /** Messages and formats in the element's language. */
  get localizer(): Localizer {
    const { locale, messages, ...outer } = this.#context.value;
    const amounts = (this.amounts ?? outer.amounts) === 'money' ? 'money' : 'credits';
    const displayCurrency = this.displayCurrency ?? outer.displayCurrency;
    const language = this.locale ?? locale ?? this.#language.locale;
    const wish = [language, messages, this.messages, amounts, displayCurrency];
    if (this.#localizer !== null && wish.every((part, index) => part === this.#wish?.[index])) {
      return this.#localizer;
    }
    const own = messages || this.messages ? { ...messages, ...this.messages } : undefined;
    this.#wish = wish;
    this.#localizer = getLocalizer(language, own, { amounts, displayCurrency });
    return this.#localizer;
  }

  /** The zone of days and times for people: `Europe/Berlin (GMT+1)`. */
  get timeZoneLabel(): string {
    const { timeZone, store } = this.settings;
    return formatTimeZone(this.localizer.formatters, timeZone, store.now());
  }

  /**
   * Everything is rendered into one box inside of the shadow root, which takes over no style of the page: rules for `*`,
   * even important ones, reach the host, and through it whatever is inherited, but not what is inside.
   */
  protected override createRenderRoot(): HTMLElement {
    const shadow = super.createRenderRoot();
    const root = createDiv();
    root.className = 'root';
    const load = (): Promise<void> =>
      import('../tooltips/tooltips.js').then(({ showTooltips }) => showTooltips(this));
    root.addEventListener('pointerover', load, { once: true });
    shadow.append(root);
    // Lit would insert before the first child of the shadow root, which is not in the box.
    this.renderOptions.renderBefore = null;
    return root;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A provider that is upgraded after its children has missed their request for the context.
    if (customElements.get('usage-provider') !== undefined) return;
    void customElements.whenDefined('usage-provider').then(() => this.#context.hostConnected());
  }

  /** Waits for the messages of the language, so that no other language is shown first; English is always loaded. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const loading = loadMessages(this.localizer);
    return loading === null ? super.scheduleUpdate() : loading.then(() => super.scheduleUpdate());
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (this.deferredContents.length === 0) return isComplete;
    await Promise.all(this.deferredContents.map((content) => content.whenComplete()));
    return super.getUpdateComplete();
  }

  override willUpdate(): void {
    this.#settings = this.#resolveSettings();
  }

  #resolveSettings(): UsageSettings {
    const outer: UsageContextValue = this.#context.value;
    const hasOwnRange = this.from !== undefined || this.to !== undefined;
    const source = hasOwnRange ? this : outer;
    const baseUrl = this.baseUrl ?? outer.baseUrl;
    const connection = getConnection({
      baseUrl,
      getToken: this.getToken ?? outer.getToken,
      // The provider's token is for the provider's server: an element in injected markup may name another one.
      tokenBaseUrl: this.getToken === undefined ? (outer.baseUrl ?? DEFAULT_BASE_URL) : baseUrl,
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
