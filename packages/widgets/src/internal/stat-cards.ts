import type { Totals } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { toPointChange, toRelativeChange, type Change, type Meaning } from '../format/change.js';
import type { Localizer } from '../locales/localizer.js';
import { METRIC_TEXTS, metricFigure, metricNumber, type Figure, type Metric } from './figure.js';
import * as icons from './icons.js';
import * as texts from '../locales/en.js';

/** One card: a figure with its change against the period before. */
export interface StatCard {
  metric: Metric;
  label: string;
  figure: Figure;
  /** What is behind the figure, on a line of its own; all cards of a row have it or none. */
  detail?: Figure;
  change: Change | null;
  /** What the change compares with, or why there is none. */
  changeTitle: string;
}

const MEANINGS: Readonly<Record<Metric, Meaning>> = {
  calls: 'neutral',
  tokens: 'neutral',
  credits: 'neutral',
  successRate: 'upIsGood',
  averageDuration: 'upIsBad',
  p95Duration: 'upIsBad',
};

const ICONS: Readonly<Record<Metric, () => TemplateResult>> = {
  calls: icons.calls,
  tokens: icons.tokens,
  credits: icons.credits,
  successRate: icons.success,
  averageDuration: icons.clock,
  p95Duration: icons.gauge,
};

const DIRECTION_ICONS: Readonly<Record<Change['direction'], () => TemplateResult>> = {
  up: icons.up,
  down: icons.down,
  same: icons.same,
};

/** Cards of the named figures; changes of a rate are in percentage points, of the others in percent. */
export function toStatCards(
  localizer: Localizer,
  metrics: readonly Metric[],
  totals: Totals,
  previous: Totals | null,
): StatCard[] {
  return metrics.map((metric) => ({
    metric,
    label: localizer.t(METRIC_TEXTS[metric]),
    figure: metricFigure(localizer, totals, metric),
    change: previous === null ? null : toChange(localizer, metric, totals, previous),
    changeTitle:
      previous === null
        ? localizer.t(texts.noPrevious)
        : localizer.t(texts.previousWas, {
            value: metricFigure(localizer, previous, metric).title,
          }),
  }));
}

function toChange(
  { formatters, t }: Localizer,
  metric: Metric,
  totals: Totals,
  previous: Totals,
): Change | null {
  const current = metricNumber(totals, metric);
  const former = metricNumber(previous, metric);
  const meaning = MEANINGS[metric];
  if (metric !== 'successRate') return toRelativeChange(formatters, current, former, meaning);
  const change = toPointChange(formatters, current, former, meaning);
  return change === null
    ? null
    : { ...change, text: t(texts.changePoints, { points: change.text }) };
}

/**
 * The cards as a description list.
 * @param freshness when and in which zone the figures were computed; the title of each label
 */
export function renderStatCards(
  { t }: Localizer,
  cards: readonly StatCard[],
  freshness: string,
): TemplateResult {
  return html`<dl class="stats" part="stats">
    ${cards.map(
      ({ metric, label, figure, detail, change, changeTitle }) =>
        html`<div class="stat" part="stat stat-${metric}">
          <dt title=${freshness}><span class="stat-icon">${ICONS[metric]()}</span>${label}</dt>
          <dd class="stat-figure" part="figure" title=${figure.title}>${figure.text}</dd>
          ${
            detail === undefined
              ? nothing
              : html`<dd class="stat-detail" part="stat-detail" title=${detail.title}>
                  ${detail.text}
                </dd>`
          }
          <dd class="stat-change" title=${changeTitle}>
            ${
              change === null
                ? html`<span class="muted">– <span class="vs">${t(texts.vsPrevious)}</span></span>`
                : renderChange(change, t(texts.vsPrevious))
            }
          </dd>
        </div>`,
    )}
  </dl>`;
}

function renderChange({ text, tone, direction }: Change, versus: string): TemplateResult {
  return html`<span class="change ${tone}">${DIRECTION_ICONS[direction]()}${text}</span>
    <span class="vs muted">${versus}</span>`;
}

/** Bones of as many cards, of the same size. */
export function renderStatSkeleton(count: number, hasDetail = false): TemplateResult {
  const line = html`<span>${nothing}&nbsp;</span>`;
  return html`<div class="stats">
    ${Array.from(
      { length: count },
      () =>
        html`<div class="stat">
          <span class="bone stat-bone-label">${line}</span>
          <span class="bone stat-figure stat-bone-figure">${line}</span>
          ${hasDetail ? html`<span class="bone stat-detail stat-bone-change">${line}</span>` : nothing}
          <span class="bone stat-change stat-bone-change">${line}</span>
        </div>`,
    )}
  </div>`;
}
