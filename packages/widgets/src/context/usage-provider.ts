import { html, LitElement, type TemplateResult, type PropertyDeclarations } from 'lit';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import type { Amounts, DisplayCurrency } from '../format/money.js';
import type { RangeInput } from '../format/range-input.js';
import { defineElement } from '../base/define-element.js';
import type { UsageMessages } from '../locales/messages.js';
import type { UsageStore } from '../store/usage-store.js';
import { providerStyles } from '../styles/provider.styles.js';
import { ContextProvider, type UsageContextValue } from './usage-context.js';

/**
 * Gives everything below it its settings, and keeps the one range that the range picker sets.
 *
 * @summary Settings for all elements below.
 * @slot - the elements, among any other content
 * @fires usage-range-change - from a range picker below; cancel it to leave the range unchanged
 */
export class UsageProvider extends LitElement {
  static readonly tagName = 'usage-provider';
  static override properties: PropertyDeclarations = {
    baseUrl: { attribute: 'base-url' },
    timeZone: { attribute: 'time-zone' },
    locale: {},
    from: { reflect: true },
    to: { reflect: true },
    messages: { type: Object },
    amounts: {},
    displayCurrency: { type: Object, attribute: 'display-currency' },
    getToken: { attribute: false },
    client: { attribute: false },
    store: { attribute: false },
  };
  static override styles = [providerStyles];

  /** Registers the class under its tag. */
  static define(tagName: string = UsageProvider.tagName): void {
    defineElement(tagName, this);
  }

  /** Where the endpoints live. */
  baseUrl: string | undefined;
  /** IANA time zone; default: the browser's. */
  timeZone: string | undefined;
  /** BCP 47 tag; default: the nearest `lang` attribute. */
  locale: string | undefined;
  /** Start of the range, e.g. `last-30-days`; the range picker writes it. */
  from: string | undefined;
  /** End of the range, nothing for now; the range picker writes it. */
  to: string | undefined;
  /** Messages in place of the language's own, by name, for every element below. */
  messages: UsageMessages | undefined;
  /** `money` shows what calls cost in place of credits, in every element below. */
  amounts: Amounts | undefined;
  /** What money is converted to for display: currency, rate and the day of the rate. */
  displayCurrency: DisplayCurrency | undefined;
  /** Supplies embed tokens; they go to the origin of `baseUrl` and nowhere else. */
  getToken: GetToken | undefined;
  /** Replaces the built-in client. */
  client: UsageClient | undefined;
  /** Replaces the page's shared store. */
  store: UsageStore | undefined;

  readonly #provider = new ContextProvider(this, this.#toValue());

  override willUpdate(): void {
    this.#provider.setValue(this.#toValue());
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #toValue(): UsageContextValue {
    const { baseUrl, timeZone, locale, messages, from, to, getToken, client, store } = this;
    const { amounts, displayCurrency } = this;
    const setRange = (range: RangeInput): void => this.#setRange(range);
    return {
      ...{ baseUrl, timeZone, locale, messages, amounts, displayCurrency },
      ...{ from, to, getToken, client, store, setRange },
    };
  }

  #setRange(range: RangeInput): void {
    this.from = range.from;
    this.to = range.to === '' ? undefined : range.to;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-provider': UsageProvider;
  }
}
