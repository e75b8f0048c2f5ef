import type { ProjectLatency } from '@usage-kit/server-sdk/contract';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { CardBody } from '../../base/loaded-card-element.js';
import type { UsageElement } from '../../base/usage-element.js';
import { renderChartTable } from '../../charts/chart-table.js';
import { latencyMessages } from '../../locales/en/latency.js';
import { adoptStyles } from '../../rules/adopt-styles.js';
import { chartStyles } from '../../styles/chart.styles.js';
import * as icons from '../../templates/icons.js';
import type { Notice } from '../../templates/states.js';
import { memoizeLast } from '../../utils/memoize-last.js';
import { latencyStyles } from './latency.styles.js';
import {
  toLatencyTable,
  toLatencyView,
  type LatencyView,
  type MarkView,
} from './usage-project-latency.view.js';

/** Units of the drawing: a bar is 10 wide, the highest 100 high. */
const BAR = 10;
const HEIGHT = 100;
const GAP = 0.6;
/** A bar with a call is seen however few they are. */
const MIN_HEIGHT = 1;

/** Shows durations as bars, or as a table; loaded with the first. */
export class LatencyBody implements CardBody<ProjectLatency> {
  readonly #host: UsageElement;
  readonly #isTable: () => boolean;
  readonly #toView = memoizeLast(toLatencyView);
  /** The bar that is pointed at, or that the slider is on. */
  #active: number | null = null;
  /** Where the slider is; `null`: where it begins. */
  #slider: number | null = null;

  constructor(host: UsageElement, isTable: () => boolean) {
    this.#host = host;
    this.#isTable = isTable;
    adoptStyles(host, [chartStyles, latencyStyles]);
  }

  /** As {@link CardBody}. */
  toEmptyNotice({ bars }: ProjectLatency): Notice | null {
    if (bars.length > 0) return null;
    const { t } = this.#host.localizer;
    return {
      icon: icons.empty(24),
      title: t(latencyMessages.latencyEmptyTitle),
      text: t(latencyMessages.latencyEmptyText),
    };
  }

  /** As {@link CardBody}. */
  render(latency: ProjectLatency): TemplateResult {
    const { localizer } = this.#host;
    if (this.#isTable()) return renderChartTable(toLatencyTable(latency, localizer));
    const view = this.#toView(latency, localizer);
    return html`<div class="chart bars" part="bars">
        ${this.#renderSlider(view)} ${this.#renderDrawing(view)}
      </div>
      ${renderBounds(view)} ${this.#renderDetail(view)}
      <div class="legend" part="legend">${view.marks.map((mark) => renderMarkName(mark))}</div>`;
  }

  /** A native range input, as charts have it: arrow keys, Home and End, and each bar spoken. */
  #renderSlider({ bars }: LatencyView): TemplateResult {
    const index = Math.min(this.#slider ?? 0, bars.length - 1);
    const bar = bars[index];
    const onKeys = (event: Event): void => {
      this.#slider = Number((event.target as HTMLInputElement).value);
      this.#activate(this.#slider);
    };
    return html`<input
      class="chart-slider"
      type="range"
      min="0"
      max=${bars.length - 1}
      .value=${String(index)}
      aria-label=${this.#host.localizer.t(latencyMessages.latencyKeys)}
      aria-valuetext=${bar === undefined ? '' : `${bar.range}: ${bar.text}`}
      @input=${onKeys}
      @focus=${onKeys}
      @blur=${() => this.#activate(null)}
    />`;
  }

  #renderDrawing({ bars, marks, summary }: LatencyView): TemplateResult {
    const width = bars.length * BAR;
    const onPoint = (event: PointerEvent): void => {
      const box = (event.currentTarget as Element).getBoundingClientRect();
      const part = (event.clientX - box.left) / box.width;
      const isRtl = getComputedStyle(this.#host).direction === 'rtl';
      const index = Math.floor((isRtl ? 1 - part : part) * bars.length);
      this.#activate(Math.min(Math.max(index, 0), bars.length - 1));
    };
    return html`<svg
      class="drawing"
      role="img"
      aria-label=${summary}
      viewBox="0 0 ${width} ${HEIGHT}"
      preserveAspectRatio="none"
      @pointermove=${onPoint}
      @pointerdown=${onPoint}
      @pointerleave=${() => this.#activate(null)}
    >
      ${bars.map(({ height }, index) => {
        const units = height === 0 ? 0 : Math.max(MIN_HEIGHT, height * HEIGHT);
        return svg`<rect
          class="bar ${index === this.#active ? 'active' : ''}"
          x=${index * BAR + GAP}
          y=${HEIGHT - units}
          width=${BAR - 2 * GAP}
          height=${units}
        ></rect>`;
      })}
      ${marks.map(
        ({ at, color, label }) =>
          svg`<line
            class="mark series-${color} ${label}"
            x1=${at * BAR}
            x2=${at * BAR}
            y1="0"
            y2=${HEIGHT}
            vector-effect="non-scaling-stroke"
          ></line>`,
      )}
    </svg>`;
  }

  /** Of the bar that is pointed at, else how many calls all are of. */
  #renderDetail({ bars, samples }: LatencyView): TemplateResult {
    const bar = this.#active === null ? undefined : bars[this.#active];
    return html`<div class="detail" part="detail">
      ${bar === undefined ? samples : html`<strong>${bar.range}</strong> ${bar.text}`}
    </div>`;
  }

  #activate(index: number | null): void {
    if (index === this.#active) return;
    this.#active = index;
    this.#host.requestUpdate();
  }
}

/** Each in a cell as wide as a bar, from whose beginning the text reaches out to both sides. */
function renderBounds({ bars, bounds }: LatencyView): TemplateResult {
  const texts = new Map(bounds.map(({ at, text }) => [at, text]));
  return html`<div class="bounds" aria-hidden="true">
    ${bars.map((_, index) => html`<span>${renderBound(texts.get(index))}</span>`)}
    <span class="end">${renderBound(texts.get(bars.length))}</span>
  </div>`;
}

function renderBound(text: string | undefined): TemplateResult | typeof nothing {
  return text === undefined ? nothing : html`<span class="bound">${text}</span>`;
}

function renderMarkName({ label, text, color }: MarkView): TemplateResult {
  return html`<span class="legend-item"
    ><span class="swatch mark-swatch series-${color} ${label}"></span>${label}
    <span class="mark-text">${text}</span></span
  >`;
}
