import type { ProjectItem, Projects } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { formatRatio } from '../../format/number.js';
import { metricMessages } from '../../locales/en/metrics.js';
import { sparklineMessages } from '../../locales/en/sparklines.js';
import { adoptStyles } from '../../utils/adopt-styles.js';
import { toMetricFigure, toMetricNumber, type Metric } from '../../view-models/figure.js';
import { rowDrawingStyles } from './row-drawing.styles.js';
import { BOX, toSparklineView } from './sparkline.view.js';

/** Draws what a row has besides its figures: its sparkline, and its share of the account behind a figure. */
export class RowDrawing {
  readonly #host: UsageElement;

  constructor(host: UsageElement) {
    this.#host = host;
    adoptStyles(host, rowDrawingStyles);
  }

  /** What the lines are of, for their heading. */
  describe(metric: Metric): string {
    const { t } = this.#host.localizer;
    return t(sparklineMessages.overTimeHint, { metric: t(metricMessages[metric]) });
  }

  /** The line of a project; a dash where the response has none. */
  renderSparkline(item: ProjectItem, { sparkline }: Projects): TemplateResult {
    const { localizer, settings } = this.#host;
    const view = sparkline && toSparklineView(localizer, item, sparkline, settings.timeZone);
    if (!view) return html`–`;
    const { line, area, peak, text } = view;
    return html`<span title=${text}
      ><svg
        class="sparkline"
        part="sparkline"
        viewBox="0 0 ${BOX.width} ${BOX.height}"
        aria-hidden="true"
      >
        <path class="area" d=${area}></path>
        <path class="line" d=${line}></path>
        <circle
          class="peak"
          cx=${peak?.x ?? 0}
          cy=${peak?.y ?? 0}
          r=${peak === null ? 0 : 2}
        ></circle></svg
      ><span class="sr-only">${text}</span></span
    >`;
  }

  /** A bar as long as the project's part of all projects in the range; none for what does not add up or is not known. */
  renderShare(item: ProjectItem, list: Projects, metric: Metric): TemplateResult | typeof nothing {
    const { localizer } = this.#host;
    // An older server does not send it.
    const all: Projects['totals'] | undefined = list.totals;
    if (all === undefined) return nothing;
    const [part, whole] = [toMetricNumber(item.totals, metric), toMetricNumber(all, metric)];
    if (part === null || whole === null || whole <= 0 || part < 0 || part > whole) return nothing;
    const share = formatRatio(localizer.formatters, part / whole);
    const total = toMetricFigure(localizer, all, metric).title;
    return html`<svg class="share" part="share" aria-hidden="true">
        <rect
          width="${Math.round((part / whole) * 10_000) / 100}%"
          height="100%"
          rx="2"
        ></rect></svg
      ><span class="sr-only">${localizer.t(sparklineMessages.shareOfAll, { share, total })}</span>`;
  }
}
