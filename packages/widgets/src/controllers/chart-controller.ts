import type { ActiveDataPoint, Chart, ChartConfiguration } from 'chart.js';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChartSpec } from '../charts/chart-spec.js';
import type { ChartTheme } from '../charts/chart-theme.js';
import { runAfterFrame } from './task-timer.js';
import type { ViewController } from './view-controller.js';
import { importPart } from '../utils/import-part.js';

/** An empty chart: no data to draw or to lay out. */
function toBlankConfig({ kind }: ChartSpec): ChartConfiguration {
  const scales = { x: { display: false }, y: { display: false } };
  const options: ChartConfiguration['options'] = {
    animation: false,
    maintainAspectRatio: false,
    events: [],
  };
  return kind === 'doughnut'
    ? { type: 'doughnut', data: { datasets: [] }, options }
    : { type: 'line', data: { datasets: [] }, options: { ...options, scales } };
}

type Drawing = typeof import('../charts/drawing.js');

type Host = ReactiveControllerHost &
  HTMLElement & { renderRoot: HTMLElement | DocumentFragment; view: ViewController };

/**
 * Life of a chart: loaded when first near the view, drawn after each render, destroyed with its canvas.
 *
 * The host renders `<canvas>` and a `.chart-probe` inside one box; `activeIndex` is the point that pointer or keyboard
 * chose, and the host renders its tooltip.
 */
export class ChartController implements ReactiveController {
  activeIndex: number | null = null;
  /** Where the active point is in the box, CSS pixels from its left; for the tooltip. */
  activeX = 0;
  readonly #host: Host;
  readonly #getSpec: () => ChartSpec | null;
  #chart: Chart | null = null;
  #drawing: Drawing | null = null;
  #drawn: ChartSpec | null = null;
  /** Of a chart over time, which of its points are drawn. */
  #points: readonly number[] = [];
  #isLoading = false;
  #cancelDraw: (() => void) | null = null;

  /** `getSpec` must return the same object while nothing changed: it is how a redraw is saved. */
  constructor(host: Host, getSpec: () => ChartSpec | null) {
    this.#host = host;
    this.#getSpec = getSpec;
    host.addController(this);
    host.view.onChange(() => {
      void this.#load();
      // Out of view, in a part of the page that is not shown, no change of the colors is heard of.
      if (host.view.isInView && this.#chart !== null) this.redraw();
    });
  }

  hostConnected(): void {
    // The probe has one property for every color of a chart, with a transition of a millisecond: whatever changes one
    // of them (the system's scheme, `color-scheme` or a class of any ancestor, a custom property) ends in this event.
    this.#host.renderRoot.addEventListener('transitionend', this.#onTransition);
  }

  hostDisconnected(): void {
    this.#host.renderRoot.removeEventListener('transitionend', this.#onTransition);
    this.#cancelDraw?.();
    this.#cancelDraw = null;
    this.#destroy();
  }

  /** Draws after the next frame: the response to an input is painted first, then the picture. */
  hostUpdated(): void {
    this.#cancelDraw ??= runAfterFrame(() => {
      this.#cancelDraw = null;
      this.#draw();
    });
  }

  /** Draws again with the colors now in force; once a frame, however many of them changed. */
  redraw(): void {
    this.#drawn = null;
    this.hostUpdated();
  }

  readonly #onTransition = (event: Event): void => {
    const isProbe = event.target instanceof Element && event.target.matches('.chart-probe');
    if (isProbe) this.redraw();
  };

  /** Makes the point under a pointer the active one. */
  readonly onPointerMove = (event: PointerEvent): void => {
    const chart = this.#chart;
    if (chart === null) return;
    if (this.#drawn?.kind === 'doughnut') {
      const [hit] = chart.getElementsAtEventForMode(event, 'nearest', { intersect: true }, false);
      return this.activate(hit?.index ?? null);
    }
    const position = chart.scales['x']?.getValueForPixel(event.offsetX);
    if (position !== undefined) this.activate(this.#points[position] ?? null);
  };

  /** Clears the active point. */
  readonly onLeave = (): void => this.activate(null);

  /** Makes the point of an index the active one; `null` clears it. */
  activate(index: number | null): void {
    if (index === this.activeIndex) return;
    this.activeIndex = index;
    this.#showActivePoint();
    this.#host.requestUpdate();
  }

  async #load(): Promise<void> {
    if (this.#isLoading || !this.#host.view.isInView) return;
    this.#isLoading = true;
    try {
      this.#drawing = await importPart(() => import('../charts/drawing.js'));
    } catch {
      // The legend and the table are there; coming into view again tries again.
      this.#isLoading = false;
      return;
    }
    if (this.#host.isConnected) this.#draw();
  }

  #draw(): void {
    const canvas = this.#host.renderRoot.querySelector('canvas');
    const probe = this.#host.renderRoot.querySelector<HTMLElement>('.chart-probe');
    const spec = this.#getSpec();
    if (canvas === null || probe === null || spec === null) return this.#destroy();
    const drawing = this.#drawing;
    if (drawing === null) return;
    if (this.#chart?.canvas !== canvas) this.#destroy();
    if (this.#chart === null) {
      this.#chart = new (drawing.registerChart())(canvas, toBlankConfig(spec));
      // A canvas and Chart.js's first use are a task; what is drawn, after the next frame, is another.
      return this.hostUpdated();
    }
    if (spec !== this.#drawn) this.#fill(drawing, this.#chart, spec, drawing.readChartTheme(probe));
  }

  #fill(drawing: Drawing, chart: Chart, spec: ChartSpec, theme: ChartTheme): void {
    this.#drawn = spec;
    this.#points = spec.kind === 'doughnut' ? [] : drawing.toDrawnPoints(spec);
    const config =
      spec.kind === 'doughnut'
        ? drawing.toDoughnutConfig(spec, theme)
        : drawing.toCartesianConfig(spec, theme, this.#points);
    chart.data = config.data;
    chart.options = config.options ?? {};
    chart.update('none');
    // Drawn already; a second time only for a point that was chosen before.
    if (this.activeIndex !== null) this.#showActivePoint();
  }

  #showActivePoint(): void {
    const chart = this.#chart;
    const spec = this.#drawn;
    const drawing = this.#drawing;
    if (chart === null || spec === null || drawing === null) return;
    const index = this.activeIndex;
    chart.setActiveElements(index === null ? [] : this.#listDataPoints(chart, spec, index));
    chart.draw();
    if (index === null || spec.kind === 'doughnut') return;
    const x =
      chart.scales['x']?.getPixelForValue(drawing.findNearestDrawn(this.#points, index)) ?? 0;
    if (x === this.activeX) return;
    this.activeX = x;
    // The tooltip follows, also when the chart came after the point was chosen; not within the update that drew it.
    queueMicrotask(() => this.#host.requestUpdate());
  }

  /** Highlights the slice, or the point of each series; a point that is not drawn is only in the tooltip. */
  #listDataPoints(chart: Chart, spec: ChartSpec, index: number): ActiveDataPoint[] {
    if (spec.kind === 'doughnut') return [{ datasetIndex: 0, index }];
    const isUnfinished = index === spec.unfinishedIndex;
    const first = isUnfinished ? spec.series.length : 0;
    return spec.series.flatMap((_, series) => {
      const datasetIndex = first + series;
      const { data } = chart.getDatasetMeta(datasetIndex);
      const element = isUnfinished ? data.length - 1 : this.#points.indexOf(index);
      return element < 0 || element >= data.length ? [] : [{ datasetIndex, index: element }];
    });
  }

  #destroy(): void {
    this.#chart?.destroy();
    this.#chart = null;
    this.#drawn = null;
  }
}
