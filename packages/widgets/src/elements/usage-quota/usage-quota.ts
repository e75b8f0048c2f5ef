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
import { renderBody } from '../../templates/states.js';
import { goTo, toSafeUrl } from '../../utils/safe-url.js';
import { CardElement } from '../../base/card-element.js';
import { ContentLoader } from '../../base/content-loader.js';
import { toQueryKey } from '../../store/query-key.js';
import { getData } from '../../store/query-state.js';
import { buttonStyles } from '../../styles/buttons.styles.js';
import { lowNoticeStyles } from '../../styles/low-notice.styles.js';
import { renderQuotaSkeleton } from './render-quota.js';
import type { AlertBadge } from './alert-badge.js';
import type { TopUpView } from './top-up.view.js';
import { usageQuotaStyles } from './usage-quota.styles.js';
import type { ViewerDays } from './usage-quota.view.js';
import { quotaMessages } from '../../locales/en/quota.js';
import { importPart } from '../../utils/import-part.js';

const POLL_INTERVAL_MS = 60_000;

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
    usageQuotaStyles,
  ];

  /** Whether the page opens its own dialog at `usage-top-up`: the button is always there, with the state of automatic top-up. */
  topUpDialog = false;
  /** The page's own link for the top-up, in place of the provider's: the button is always there. */
  topUpUrl: string | undefined;
  /** Says how many alerts fire, where the server has alerts. */
  showAlerts = false;
  #badge: AlertBadge | null = null;
  readonly #figures = new ContentLoader(this, async () => {
    const { QuotaFigures } = await importPart(() => import('./quota-figures.js'));
    return new QuotaFigures(this);
  });

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
      if (quota === undefined) return null;
      return this.#figures.content?.toDaysRequest(quota, POLL_INTERVAL_MS) ?? null;
    },
    { isSilent: true },
  );

  get #viewerDays(): ViewerDays {
    const { state } = this.#days;
    return getData(state)?.points ?? (state.status === 'failed' ? 'unavailable' : 'loading');
  }

  protected override render(): TemplateResult {
    const { localizer } = this;
    const { state } = this.query;
    return renderCard(this, {
      title: localizer.t(quotaMessages.quota),
      query: this.query,
      footer: renderPolledFooter,
      // All together, with the figures: one after the other, they would move each other.
      actions: this.#renderActions(this.#figures.content && (getData(state) ?? null)),
      body: renderBody(this, this.query, {
        skeleton: () => renderQuotaSkeleton(localizer),
        loader: this.#figures,
        ready: (quota, figures) => figures.render(quota, this.#viewerDays),
      }),
    });
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#figures.start();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('showAlerts') && this.showAlerts) this.#loadBadge();
    const quota = getData(this.query.state);
    if (quota !== undefined) this.#figures.content?.fillMeter(quota);
  }

  #renderActions(quota: Quota | null): TemplateResult {
    const { localizer } = this;
    const billingUrl = quota?.billingUrl ?? null;
    const topUp = this.#toTopUp(quota);
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

  /** The page's own button is there before the figures are; they add the state of automatic top-up. */
  #toTopUp(quota: Quota | null): TopUpView | null {
    const { localizer, topUpDialog: hasDialog, topUpUrl } = this;
    const { content } = this.#figures;
    if (content !== null) {
      return content.toTopUp(quota, { hasDialog, url: topUpUrl });
    }
    const url = toSafeUrl(topUpUrl);
    if (!hasDialog && url === null) return null;
    return { label: localizer.t(quotaMessages.topUp), text: '', url };
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
