import type { Alerts } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { formatCount } from '../../format/number.js';
import { alertMessages } from '../../locales/en/alerts.js';
import { adoptStyles } from '../../rules/adopt-styles.js';
import { isFiring, isSnoozed } from '../../rules/rule-base.view.js';
import { toQueryKey } from '../../store/query-key.js';
import { getData } from '../../store/query-state.js';
import * as icons from '../../templates/icons.js';
import { alertBadgeStyles } from './alert-badge.styles.js';

const POLL_INTERVAL_MS = 60_000;

/**
 * How many alerts fire, those that are snoozed left out; loaded where it is wanted. It asks what `usage-alerts` asks, so that a
 * page with both sends one request. A server without alerts has no badge.
 */
export class AlertBadge {
  readonly #host: UsageElement;
  readonly #query: QueryController<Alerts>;

  constructor(host: UsageElement) {
    this.#host = host;
    adoptStyles(host, alertBadgeStyles);
    this.#query = new QueryController<Alerts>(
      host,
      () => {
        const { store, client } = host.settings;
        const key = toQueryKey('alerts', {});
        return {
          ...{ store, intervalMs: POLL_INTERVAL_MS, group: 'alerts' },
          query: { key, fetch: (options) => client.getAlerts(options) },
        };
      },
      { isSilent: true },
    );
    host.requestUpdate();
  }

  /** The number; a button that shows the alerts where they are on the page. */
  render(): TemplateResult | typeof nothing {
    const { localizer, settings } = this.#host;
    const nowMs = settings.store.now();
    const rules = getData(this.#query.state)?.items ?? [];
    const count = rules.filter((rule) => isFiring(rule) && !isSnoozed(rule, nowMs)).length;
    if (count === 0) return nothing;
    const text = localizer.t(
      alertMessages.alertsFiring,
      { count: formatCount(localizer.formatters, count) },
      count,
    );
    const content = html`${icons.bell(14)}<span class="badge-count" aria-hidden="true"
        >${formatCount(localizer.formatters, count)}</span
      ><span class="badge-text">${text}</span>`;
    return this.#findAlerts() === null
      ? html`<span class="alert-badge" part="alerts">${content}</span>`
      : html`<button class="alert-badge" part="alerts" type="button" @click=${this.#show}>
          ${content}
        </button>`;
  }

  #findAlerts(): HTMLElement | null {
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    return root.querySelector<HTMLElement>('usage-alerts');
  }

  readonly #show = (): void => {
    const alerts = this.#findAlerts();
    alerts?.scrollIntoView({ block: 'start' });
    // The keyboard goes on from there.
    alerts?.shadowRoot
      ?.querySelector<HTMLElement>('button, summary')
      ?.focus({ preventScroll: true });
  };
}
