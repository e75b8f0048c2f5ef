import type { Quota, Trends } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { QueryRequest } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { quotaFigureMessages } from '../../locales/en/quota-figures.js';
import { quotaMessages } from '../../locales/en/quota.js';
import { stateMessages } from '../../locales/en/states.js';
import type { Localizer } from '../../locales/localizer.js';
import { adoptStyles } from '../../rules/adopt-styles.js';
import { renderStale } from '../../templates/stale.js';
import { quotaFiguresStyles } from './quota-figures.styles.js';
import { renderBalance, renderParts, renderRunway, renderSpark } from './render-quota.js';
import { toTopUpView, type HostTopUp, type TopUpView } from './top-up.view.js';
import {
  areDaysOfZone,
  toQuotaView,
  type QuotaView,
  type SparkView,
  type ViewerDays,
} from './usage-quota.view.js';

const LAST_DAYS = { from: 'last-7-days', to: '' };

/** What the quota shows once there is a balance; loaded while that is requested. */
export class QuotaFigures {
  readonly #host: UsageElement;

  constructor(host: UsageElement) {
    this.#host = host;
    adoptStyles(host, quotaFiguresStyles);
  }

  /** The days of the viewer's zone; `null` where those of the balance, which are of UTC, are the same. */
  toDaysRequest(quota: Quota, intervalMs: number): QueryRequest<Trends> | null {
    const { settings, localizer } = this.#host;
    if (areDaysOfZone(quota, localizer, settings.timeZone)) return null;
    const granularity = 'day';
    return toRangeRequest(this.#host, {
      route: 'trends',
      params: { granularity },
      range: LAST_DAYS,
      intervalMs,
      send: (range, options) => settings.client.getTrends({ ...range, granularity }, options),
    });
  }

  /** The top-up button; `null` where there is none. @param quota `null` until there is a balance */
  toTopUp(quota: Quota | null, hostTopUp: HostTopUp): TopUpView | null {
    return toTopUpView(quota, hostTopUp, this.#host.localizer);
  }

  /** Balance, runway and the last seven days. */
  render(quota: Quota, days: ViewerDays): TemplateResult {
    const { localizer, settings } = this.#host;
    const view = toQuotaView(quota, localizer, settings.timeZone, days);
    return html`${renderStale(localizer, view.stale)}
    ${renderParts({
      balance:
        view.status === 'unlimited'
          ? renderUnlimited(localizer)
          : renderBalance(localizer, view, renderExtra(localizer, view)),
      runway: renderRunway(localizer, view.runway),
      spark: renderSpark(localizer, view.spark, toSparkLabel(localizer, view.spark)),
    })}`;
  }

  /** Fills the meter. Through CSSOM: a style attribute would break pages with a strict content security policy. */
  fillMeter(quota: Quota): void {
    const { localizer, settings, renderRoot } = this.#host;
    const { meter } = toQuotaView(quota, localizer, settings.timeZone);
    renderRoot
      .querySelector<HTMLElement>('.meter-fill')
      ?.style.setProperty('--_ratio', String(meter?.ratio ?? 0));
  }
}

function renderUnlimited({ t }: Localizer): TemplateResult {
  return html`<div>
    <div class="label">${t(quotaMessages.quotaRemaining)}</div>
    <div class="figure large" part="remaining">${t(quotaFigureMessages.quotaUnlimited)}</div>
    <p class="muted">${t(quotaFigureMessages.quotaUnlimitedText)}</p>
  </div>`;
}

function renderExtra({ t }: Localizer, { pending, overdue }: QuotaView): TemplateResult {
  return html`${
    pending === null
      ? nothing
      : html`<span part="pending" title=${t(quotaFigureMessages.quotaPendingHint)}
          >${t(quotaFigureMessages.quotaPending)} ${pending.text}</span
        >`
  }
  ${
    overdue === null
      ? nothing
      : html`<span class="level-bad" part="overdue" title=${t(quotaFigureMessages.quotaOverdueHint)}
          >${t(quotaFigureMessages.quotaOverdue)} ${overdue.text}</span
        >`
  }`;
}

function toSparkLabel({ t }: Localizer, { days, isWaiting }: SparkView): string {
  if (isWaiting) return t(stateMessages.loading);
  const values = days.map(({ day, credits }) => `${day} ${credits}`).join(', ');
  return t(quotaFigureMessages.sparklineLabel, { values });
}
