import type { Quota, Trends } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { QueryController } from '../../controllers/query-controller.js';
import { UsageTopUpEvent } from '../../events/usage-top-up.js';
import { renderPolledFooter } from '../../templates/polled-footer.js';
import { renderCard } from '../../templates/card.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { renderBody } from '../../templates/states.js';
import { goTo, toSafeUrl } from '../../utils/safe-url.js';
import { CardElement } from '../../base/card-element.js';
import { toQueryKey } from '../../store/query-key.js';
import { getData } from '../../store/query-state.js';
import { buttonStyles } from '../../styles/buttons.styles.js';
import { lowNoticeStyles } from '../../styles/low-notice.styles.js';
import { staleStyles } from '../../styles/stale.styles.js';
import { renderQuota, renderQuotaSkeleton } from './render-quota.js';
import type { AlertBadge } from './alert-badge.js';
import { toTopUpView, type TopUpView } from './top-up.view.js';
import { usageQuotaStyles } from './usage-quota.styles.js';
import { areDaysOfZone, toQuotaView, type ViewerDays } from './usage-quota.view.js';
import { quotaMessages } from '../../locales/en/quota.js';

const POLL_INTERVAL_MS = 60_000;
const LAST_DAYS = { from: 'last-7-days', to: '' };

/**
 * Credits left, used and in total, how long they last, and the last seven days; refreshes every 60 seconds.
 *
 * @summary The user's credits and how long they last.
 * @fires usage-top-up - when a person presses the top-up button; cancelable, else the link opens
 * @csspart alerts - how many alerts fire
 * @csspart billing - the link to the bills
 * @csspart figure - a figure
 * @csspart meter - the bar of what is left
 * @csspart meter-fill - the filled part of the bar
 * @csspart overdue - use that the balance did not cover
 * @csspart pending - use that is not yet taken from the balance
 * @csspart poll - the choice of how often it refreshes
 * @csspart remaining - the figure of what is left
 * @csspart runway - the days remaining
 * @csspart sparkline - the last seven days
 * @csspart stale - the age of cached values
 * @csspart top-up - the top-up button
 * @csspart total - the figure of all credits
 * @csspart used - the figure of what was used
 */
export class UsageQuota extends CardElement<Quota> {
  static readonly tagName: string = 'usage-quota';
  static override properties: PropertyDeclarations = {
    topUpDialog: { type: Boolean, attribute: 'top-up-dialog' },
    topUpUrl: { attribute: 'top-up-url' },
    showAlerts: { type: Boolean, attribute: 'show-alerts' },
  };
  static override styles: CSSResultGroup = [
    CardElement.styles,
    buttonStyles,
    lowNoticeStyles,
    staleStyles,
    usageQuotaStyles,
  ];

  /** Whether the page opens its own dialog at `usage-top-up`: the button is always there, with the state of automatic top-up. */
  topUpDialog = false;
  /** The page's own link for the top-up, in place of the provider's: the button is always there. */
  topUpUrl: string | undefined;
  /** Says how many alerts fire, where the server has alerts. */
  showAlerts = false;
  #badge: AlertBadge | null = null;

  protected readonly query = new QueryController<Quota>(this, () => {
    const { store, client } = this.settings;
    return {
      store,
      intervalMs: POLL_INTERVAL_MS,
      group: 'quota',
      query: { key: toQueryKey('quota', {}), fetch: (options) => client.getQuota(options) },
    };
  });

  // The balance comes with days of UTC. A viewer elsewhere has other days, by the same figures as every trend shows; silent,
  // because without them the days of UTC are shown and named.
  readonly #days = new QueryController<Trends>(
    this,
    () => {
      const quota = getData(this.query.state);
      const { settings, localizer } = this;
      if (quota === undefined || areDaysOfZone(quota, localizer, settings.timeZone)) return null;
      const granularity = 'day';
      return toRangeRequest(this, {
        route: 'trends',
        params: { granularity },
        range: LAST_DAYS,
        intervalMs: POLL_INTERVAL_MS,
        send: (range, options) => settings.client.getTrends({ ...range, granularity }, options),
      });
    },
    { isSilent: true },
  );

  get #viewerDays(): ViewerDays {
    const { state } = this.#days;
    return getData(state)?.points ?? (state.status === 'failed' ? 'unavailable' : 'loading');
  }

  protected override render(): TemplateResult {
    const { localizer, settings } = this;
    const { state } = this.query;
    return renderCard(this, {
      title: localizer.t(quotaMessages.quota),
      query: this.query,
      footer: renderPolledFooter,
      actions: this.#renderActions(getData(state) ?? null),
      body: renderBody(this, this.query, {
        skeleton: () => renderQuotaSkeleton(localizer),
        ready: (quota) =>
          renderQuota(
            localizer,
            toQuotaView(quota, localizer, settings.timeZone, this.#viewerDays),
          ),
      }),
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('showAlerts') && this.showAlerts) this.#loadBadge();
    const { state } = this.query;
    if (!('data' in state) || state.data === undefined) return;
    const { meter } = toQuotaView(state.data, this.localizer, this.settings.timeZone);
    // Through CSSOM: a style attribute would break pages with a strict content security policy.
    this.renderRoot
      .querySelector<HTMLElement>('.meter-fill')
      ?.style.setProperty('--_ratio', String(meter?.ratio ?? 0));
  }

  #renderActions(quota: Quota | null): TemplateResult {
    const { localizer, topUpDialog, topUpUrl } = this;
    const billingUrl = quota?.billingUrl ?? null;
    const topUp = toTopUpView(quota, { hasDialog: topUpDialog, url: topUpUrl }, localizer);
    return html`
      ${this.showAlerts && this.#badge !== null ? this.#badge.render() : nothing}
      ${
        toSafeUrl(billingUrl) === null
          ? nothing
          : html`<a class="button quiet" part="billing" href=${toSafeUrl(billingUrl)}
              >${localizer.t(quotaMessages.billing)}</a
            >`
      }
      ${topUp === null ? nothing : this.#renderTopUp(topUp)}
    `;
  }

  /** What cannot be loaded stays away. */
  #loadBadge(): void {
    import('./alert-badge.js').then(
      ({ AlertBadge }) => (this.#badge ??= new AlertBadge(this)),
      () => undefined,
    );
  }

  #renderTopUp({ label, text, url }: TopUpView): TemplateResult {
    return html`<button
      class="button"
      part="top-up"
      type="button"
      title=${text}
      @click=${() => this.#topUp(url)}
    >
      ${label} ${text === '' ? nothing : html`<span class="muted small">${text}</span>`}
    </button>`;
  }

  #topUp(topUpUrl: string | null): void {
    const isAllowed = this.dispatchEvent(new UsageTopUpEvent(topUpUrl));
    if (isAllowed && topUpUrl !== null) goTo(topUpUrl);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-quota': UsageQuota;
  }
}
