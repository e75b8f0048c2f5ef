import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Figure } from '../../view-models/figure.js';
import type { Localizer } from '../../locales/localizer.js';
import { quotaMessages } from '../../locales/en/quota.js';
import type { MeterView, QuotaView, RunwayView, SparkDay, SparkView } from './usage-quota.view.js';

const SPARK_WIDTH = 140;
const SPARK_HEIGHT = 56;

/** The parts of the card side by side. */
export interface QuotaParts {
  balance: TemplateResult;
  runway: TemplateResult;
  spark: TemplateResult;
}

/** Balance, runway and the last seven days. */
export function renderParts({ balance, runway, spark }: QuotaParts): TemplateResult {
  return html`<div class="quota">
    ${balance}
    <div class="aside">${runway}</div>
    <div class="aside">${spark}</div>
  </div>`;
}

/** What is left, used and in total, as figures and as a meter. @param extra amounts that few have */
export function renderBalance(
  { t }: Localizer,
  view: QuotaView,
  extra: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<div>
    <div class="amounts">
      <dl>
        ${renderAmount(t(quotaMessages.quotaRemaining), view.remaining, 'remaining', view.symbol)}
      </dl>
      <dl class="rest">
        ${renderAmount(t(quotaMessages.quotaUsed), view.used, 'used')}
        ${renderAmount(t(quotaMessages.quotaTotal), view.total, 'total')}
      </dl>
    </div>
    ${view.meter === null ? nothing : renderMeter(view.meter)}
    ${view.reasonText === null ? nothing : html`<p class="muted">${view.reasonText}</p>`}
    <div class="below">
      <span class="level-${view.meter?.level ?? 'good'}">${view.meter?.text ?? nothing}</span>
      <span class="extra">${extra}</span>
    </div>
  </div>`;
}

function renderAmount(label: string, figure: Figure, name: string, symbol = ''): TemplateResult {
  const size = name === 'remaining' ? 'large' : '';
  return html`<div>
    <dt>${label}</dt>
    <dd class="figure ${size}" part="figure ${name}" title=${figure.title}>
      ${figure.text}${symbol === '' ? nothing : html` <span class="symbol">${symbol}</span>`}
    </dd>
  </div>`;
}

function renderMeter({ ratio, level, label, text }: MeterView): TemplateResult {
  return html`<div
    class="meter"
    part="meter"
    role="meter"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.floor(ratio * 1000) / 10}
    aria-valuetext=${text}
  >
    <div class="meter-fill ${level}" part="meter-fill"></div>
  </div>`;
}

/** How long it lasts. */
export function renderRunway({ t }: Localizer, runway: RunwayView): TemplateResult {
  return html`<div part="runway">
    <div class="label">${t(quotaMessages.quotaRunway)}</div>
    <div class="figure">${runway.headline}</div>
    <div class="small">${runway.detail ?? nothing}</div>
    <div class="small muted">${runway.basis ?? nothing}</div>
  </div>`;
}

/** The last seven days. @param label what the bars show, for who does not see them */
export function renderSpark(
  { t }: Localizer,
  { days, zone, isWaiting }: SparkView,
  label: string,
): TemplateResult {
  const step = SPARK_WIDTH / Math.max(days.length, 1);
  return html`<div class="spark ${isWaiting ? 'waiting' : ''}" part="sparkline">
    <div class="label">
      ${t(quotaMessages.sparklineTitle)}${zone === null ? nothing : ` (${zone})`}
    </div>
    <svg
      viewBox="0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${label}
    >
      ${days.map(({ day, credits, ratio }, index) => {
        // A day without use is a hairline: a gap would look like missing data.
        const height = Math.max(ratio * SPARK_HEIGHT, 1.5);
        const isToday = index === days.length - 1;
        return svg`<g><title>${day}: ${credits}</title><rect
          x=${index * step + 2} y=${SPARK_HEIGHT - height} width=${step - 4} height=${height}
          rx="1.5" fill="currentColor" fill-opacity=${isToday ? 0.45 : 1}
        ></rect></g>`;
      })}
    </svg>
    <div class="below" aria-hidden="true">
      <span>${days[0]?.day ?? nothing}</span><span>${days.at(-1)?.day ?? nothing}</span>
    </div>
  </div>`;
}

const AMOUNT: Figure = { text: '8,888.88', title: '' };
const DAY: SparkDay = { day: 'Nov 8', credits: '', ratio: 0.5 };
/** Figures of typical length, which reserve the space of the real ones; hidden from screen readers. */
const TYPICAL: QuotaView = {
  status: 'ok',
  symbol: 'ABT',
  remaining: AMOUNT,
  used: AMOUNT,
  total: AMOUNT,
  meter: { ratio: 0, level: 'good', text: '88%', label: '' },
  runway: {
    headline: '88',
    detail: 'Likely 88 to 88 days, until about Nov 88',
    basis: 'At 888.88 a day, based on 88 days',
  },
  spark: { days: Array<SparkDay>(7).fill(DAY), zone: null, isWaiting: false },
  pending: null,
  overdue: null,
  stale: null,
  reasonText: null,
};

/** Placeholders in the places of the figures: the same markup, which the styles mask. */
export function renderQuotaSkeleton(localizer: Localizer): TemplateResult {
  return renderParts({
    balance: renderBalance(localizer, TYPICAL, nothing),
    runway: renderRunway(localizer, TYPICAL.runway),
    spark: renderSpark(localizer, TYPICAL.spark, ''),
  });
}
