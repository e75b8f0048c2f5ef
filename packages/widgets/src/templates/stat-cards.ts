import { html, nothing, type TemplateResult } from 'lit';
import type { Change } from '../format/change.js';
import { figureMessages } from '../locales/en/figures.js';
import type { Localizer } from '../locales/localizer.js';
import type { Metric } from '../view-models/figure.js';
import type { MinorFigure } from '../view-models/minor-figures.js';
import type { StatCard } from '../view-models/stat-cards.js';
import * as icons from './icons.js';

const ICONS: Readonly<Record<Metric, () => TemplateResult>> = {
  calls: icons.calls,
  tokens: icons.tokens,
  credits: icons.credits,
  cost: icons.credits,
  successRate: icons.success,
  averageDuration: icons.clock,
  p95Duration: icons.gauge,
};

const DIRECTION_ICONS: Readonly<Record<Change['direction'], () => TemplateResult>> = {
  up: icons.up,
  down: icons.down,
  same: icons.same,
};

/**
 * The cards as a description list.
 * @param minor figures of less weight, in a row below the cards
 * @param freshness when and in which zone the figures were computed; the title of each label
 */
export function renderStatCards(
  { t }: Localizer,
  cards: readonly StatCard[],
  freshness: string,
  minor: readonly MinorFigure[] = [],
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
                ? html`<span class="muted"
                    >– <span class="vs">${t(figureMessages.vsPrevious)}</span></span
                  >`
                : renderChange(change, t(figureMessages.vsPrevious))
            }
          </dd>
        </div>`,
    )}
    ${minor.map(
      ({ label, figure, note }) =>
        html`<div class="minor" part="minor">
          <dt title=${freshness}>${label}</dt>
          <dd title=${figure.title}>${figure.text} <span class="muted">${note}</span></dd>
        </div>`,
    )}
  </dl>`;
}

function renderChange({ text, tone, direction }: Change, versus: string): TemplateResult {
  return html`<span class="change ${tone}">${DIRECTION_ICONS[direction]()}${text}</span>
    <span class="vs muted">${versus}</span>`;
}

/** Placeholders of as many cards, of the same size. */
export function renderStatSkeleton(
  count: number,
  hasDetail = false,
  minorCount = 0,
): TemplateResult {
  const line = html`<span>${nothing}&nbsp;</span>`;
  return html`<div class="stats">
    ${Array.from(
      { length: count },
      () =>
        html`<div class="stat">
          <span class="skeleton-block stat-skeleton-label">${line}</span>
          <span class="skeleton-block stat-figure stat-skeleton-figure">${line}</span>
          ${hasDetail ? html`<span class="skeleton-block stat-detail stat-skeleton-change">${line}</span>` : nothing}
          <span class="skeleton-block stat-change stat-skeleton-change">${line}</span>
        </div>`,
    )}
    ${Array.from(
      { length: minorCount },
      () =>
        html`<div class="minor">
          <span class="minor-line"
            ><span class="skeleton-block stat-skeleton-label">${line}</span></span
          >
          <span class="minor-line"
            ><span class="skeleton-block stat-skeleton-change">${line}</span></span
          >
        </div>`,
    )}
  </div>`;
}
