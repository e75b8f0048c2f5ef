import { ContextProvider } from '@lit/context';
import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import type { RangeInput } from '../format/range.js';
import { defineElement } from '../internal/define-element.js';
import type { UsageStore } from '../store/usage-store.js';
import { providerStyles } from '../styles/provider.styles.js';
import { usageContext, type UsageContextValue } from './usage-context.js';

/**
 * Gives everything below it its settings, and keeps the one range that the range picker sets.
 *
 * @summary Settings for all elements below.
 * @slot - the elements, among any other content
 * @fires usage-range-change - from a range picker below; cancel it to keep the range as it is
 */
export class UsageProvider extends LitElement {
  static readonly tagName = 'usage-provider';
  static override styles = [providerStyles];

  /** Registers the class under its tag. */
  static define(tagName: string = UsageProvider.tagName): void {
    defineElement(tagName, this);
  }

  /** Where the endpoints live. */
  @property({ attribute: 'base-url' }) baseUrl: string | undefined;
  /** IANA time zone; default: the browser's. */
  @property({ attribute: 'time-zone' }) timeZone: string | undefined;
  /** BCP 47 tag; default: the nearest `lang` attribute. */
  @property() locale: string | undefined;
  /** Start of the range, e.g. `last-30-days`; the range picker writes it. */
  @property({ reflect: true }) from: string | undefined;
  /** End of the range, nothing for now; the range picker writes it. */
  @property({ reflect: true }) to: string | undefined;
  /** Supplies embed tokens. */
  @property({ attribute: false }) getToken: GetToken | undefined;
  /** Replaces the built-in client. */
  @property({ attribute: false }) client: UsageClient | undefined;
  /** Replaces the page's shared store. */
  @property({ attribute: false }) store: UsageStore | undefined;

  readonly #provider = new ContextProvider(this, {
    context: usageContext,
    initialValue: this.#toValue(),
  });

  override willUpdate(): void {
    this.#provider.setValue(this.#toValue());
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #toValue(): UsageContextValue {
    const { baseUrl, timeZone, locale, from, to, getToken, client, store } = this;
    const setRange = (range: RangeInput): void => this.#setRange(range);
    return { baseUrl, timeZone, locale, from, to, getToken, client, store, setRange };
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
