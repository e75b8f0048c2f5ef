import type { Quota } from '@usage-kit/server-sdk/contract';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { QueryController } from '../../controllers/query-controller.js';
import { UsageTopUpEvent } from '../../events/usage-top-up.js';
import { renderPolledFooter } from '../../internal/polled-footer.js';
import { renderCard } from '../../internal/render-card.js';
import { renderBody } from '../../internal/render-states.js';
import { UsageElement } from '../../internal/usage-element.js';
import { toQueryKey } from '../../store/query-key.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { lowNoticeStyles } from '../../styles/low-notice.styles.js';
import { staleStyles } from '../../styles/stale.styles.js';
import { renderQuota, renderQuotaSkeleton } from './render-quota.js';
import { usageQuotaStyles } from './usage-quota.styles.js';
import { toHttpsUrl, toQuotaView } from './usage-quota.view.js';
import * as texts from '../../locales/en.js';

const POLL_INTERVAL_MS = 60_000;

/**
 * Credits left, used and in total, how long they last, and the last seven days; refreshes every 60 seconds.
 *
 * @summary The user's credits and how long they last.
 * @fires usage-load - after each answer
 * @fires usage-error - when a request failed
 * @fires usage-auth-required - when the server knows nobody
 * @fires usage-top-up - when a person asks for the top-up; cancelable, else the link opens
 * @csspart meter - the bar of what is left
 * @csspart figure - an amount; also `remaining`, `used`, `total`
 * @csspart runway - the days remaining
 * @csspart sparkline - the last seven days
 * @csspart top-up - the top-up button
 * @csspart stale - the line that tells the age of remembered values
 */
export class UsageQuota extends UsageElement {
  static readonly tagName: string = 'usage-quota';
  static override styles: CSSResultGroup = [
    UsageElement.styles,
    controlStyles,
    lowNoticeStyles,
    staleStyles,
    usageQuotaStyles,
  ];

  readonly #query = new QueryController<Quota>(this, () => {
    const { store, client } = this.settings;
    return {
      store,
      intervalMs: POLL_INTERVAL_MS,
      group: 'quota',
      query: { key: toQueryKey('quota', {}), fetch: (options) => client.getQuota(options) },
    };
  });

  protected override render(): TemplateResult {
    const { localizer, settings } = this;
    const { state } = this.#query;
    return renderCard(this, {
      title: localizer.t(texts.quota),
      query: this.#query,
      footer: renderPolledFooter,
      actions:
        'data' in state && state.data !== undefined ? this.#renderTopUp(state.data) : nothing,
      body: renderBody(this, this.#query, {
        skeleton: renderQuotaSkeleton,
        ready: (quota) => renderQuota(localizer, toQuotaView(quota, localizer, settings.timeZone)),
      }),
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { state } = this.#query;
    if (!('data' in state) || state.data === undefined) return;
    const { meter } = toQuotaView(state.data, this.localizer, this.settings.timeZone);
    // Through CSSOM: a style attribute would break pages with a strict content security policy.
    this.renderRoot
      .querySelector<HTMLElement>('.meter-fill')
      ?.style.setProperty('--_ratio', String(meter?.ratio ?? 0));
  }

  #renderTopUp(quota: Quota): TemplateResult | typeof nothing {
    const { t } = this.localizer;
    const { autoRecharge } = quota;
    const { topUpText, topUpUrl } = toQuotaView(quota, this.localizer, this.settings.timeZone);
    const billingUrl = toHttpsUrl(quota.billingUrl);
    const hasTopUp = autoRecharge !== null || topUpUrl !== null;
    return html`
      ${
        billingUrl === null
          ? nothing
          : html`<a class="button quiet" part="billing" href=${billingUrl}>${t(texts.billing)}</a>`
      }
      ${
        hasTopUp
          ? html`<button
              class="button"
              part="top-up"
              type="button"
              @click=${() => this.#topUp(topUpUrl)}
            >
              ${t(texts.topUp)}
              ${topUpText === '' ? nothing : html`<span class="muted small">${topUpText}</span>`}
            </button>`
          : nothing
      }
    `;
  }

  #topUp(topUpUrl: string | null): void {
    const isAllowed = this.dispatchEvent(new UsageTopUpEvent(topUpUrl));
    if (isAllowed && topUpUrl !== null) location.assign(topUpUrl);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-quota': UsageQuota;
  }
}
