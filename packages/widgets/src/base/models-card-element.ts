import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { ChartSpec } from '../charts/chart-spec.js';
import { renderChartTable } from '../charts/chart-table.js';
import { formatCompact } from '../format/number.js';
import { metricMessages } from '../locales/en/metrics.js';
import { modelMessages } from '../locales/en/models.js';
import { chartStyles } from '../styles/chart.styles.js';
import { controlStyles } from '../styles/controls.styles.js';
import { modelsStyles } from '../styles/models.styles.js';
import { statesStyles } from '../styles/states.styles.js';
import { statusFooterStyles } from '../styles/status-footer.styles.js';
import { renderCard } from '../templates/card.js';
import * as icons from '../templates/icons.js';
import { renderBody, type Notice } from '../templates/states.js';
import { renderStatusFooter } from '../templates/status-footer.js';
import { memoizeLast } from '../utils/memoize-last.js';
import {
  toModelSlices,
  toModelsSpec,
  toModelsTable,
  type ModelList,
  type ModelSlice,
} from '../view-models/models-view.js';
import { ChartCardElement } from './chart-card-element.js';

/**
 * Base of the cards with the models that calls went to: a doughnut, and a legend with shares; the long tail is one slice.
 *
 * @csspart legend - what the colors mean
 */
export abstract class ModelsCardElement<Data extends ModelList> extends ChartCardElement<Data> {
  static override styles: CSSResultGroup = [
    ChartCardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    chartStyles,
    modelsStyles,
  ];

  readonly #toSlices = memoizeLast(toModelSlices);
  readonly #toSpec = memoizeLast(toModelsSpec);

  /** What is wrong with an attribute; `null` when nothing is. */
  protected abstract checkInput(): Notice | null;

  protected override toChartSpec(models: Data): ChartSpec {
    return this.#toSpec(this.#toSlices(models, this.localizer));
  }

  protected override render(): TemplateResult {
    return renderCard(this, {
      title: this.localizer.t(modelMessages.models),
      query: this.query,
      footer: renderStatusFooter,
      actions: this.renderToggle(),
      body: renderBody(this, this.query, {
        inputProblem: this.checkInput(),
        skeleton: renderModelsSkeleton,
        empty: (models) => this.#emptyNotice(models),
        ready: (models) => this.#renderModels(models),
      }),
    });
  }

  #emptyNotice({ items }: Data): Notice | null {
    if (items.length > 0) return null;
    const { t } = this.localizer;
    return {
      icon: icons.empty(24),
      title: t(modelMessages.modelsEmptyTitle),
      text: t(modelMessages.modelsEmptyText),
    };
  }

  #renderModels(models: Data): TemplateResult {
    const { localizer } = this;
    if (this.isTable) return renderChartTable(toModelsTable(models, localizer));
    const slices = this.#toSlices(models, localizer);
    const values = slices.map(({ label, shareText }) => `${label} ${shareText}`).join(', ');
    const calls = models.items.reduce((sum, { totals }) => sum + totals.calls, 0);
    const active = slices[this.chart.activeIndex ?? -1];
    return html`<div class="models">
      <div class="chart" part="chart">
        <span class="chart-probe" aria-hidden="true"></span>
        <canvas
          role="img"
          aria-label=${localizer.t(modelMessages.modelsSummary, { values })}
          @pointermove=${this.chart.onPointerMove}
          @pointerleave=${this.chart.onLeave}
        ></canvas>
        <div class="centre" aria-hidden="true">
          <span class="centre-figure"
            >${active?.shareText ?? formatCompact(localizer.formatters, calls)}</span
          >
          <span class="centre-label">${active?.label ?? localizer.t(metricMessages.calls)}</span>
        </div>
      </div>
      <ul class="shares" part="legend">
        ${slices.map((slice, index) => this.#renderSlice(slice, index))}
      </ul>
    </div>`;
  }

  #renderSlice(
    { label, title, color, shareText, calls, speed }: ModelSlice,
    index: number,
  ): TemplateResult {
    const isActive = index === this.chart.activeIndex;
    return html`<li
      class=${isActive ? 'active' : ''}
      title=${[`${title}: ${calls.title}`, speed?.title ?? ''].join('\n').trim()}
      @pointerenter=${() => this.chart.activate(index)}
      @pointerleave=${this.chart.onLeave}
    >
      <span class="swatch series-${color}"></span><span class="model-name">${label}</span
      ><span class="share">${shareText}</span>
      ${speed === null ? nothing : html`<span class="speed">${speed.text}</span>`}
    </li>`;
  }
}

function renderModelsSkeleton(): TemplateResult {
  return html`<div class="models">
    <div><div class="chart-skeleton skeleton-block"></div></div>
    <div class="shares">
      ${Array.from({ length: 6 }, () => html`<span class="skeleton-block">&nbsp;</span>`)}
    </div>
  </div>`;
}
