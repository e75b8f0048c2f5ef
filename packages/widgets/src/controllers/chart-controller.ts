import type { Chart } from 'chart.js';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { toCartesianConfig } from '../charts/cartesian-config.js';
import type { ChartSpec } from '../charts/chart-spec.js';
import { readChartTheme } from '../charts/chart-theme.js';
import { toDoughnutConfig } from '../charts/doughnut-config.js';
import type { ViewController } from './view-controller.js';

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
  #Chart: typeof Chart | null = null;
  #drawn: ChartSpec | null = null;
  #isLoading = false;
  #schemeQuery: MediaQueryList | null = null;

  /** `getSpec` must return the same object while nothing changed: it is how a redraw is saved. */
  constructor(host: Host, getSpec: () => ChartSpec | null) {
    this.#host = host;
    this.#getSpec = getSpec;
    host.addController(this);
    host.view.onChange(() => void this.#load());
  }

  hostConnected(): void {
    this.#schemeQuery = matchMedia('(prefers-color-scheme: dark)');
    this.#schemeQuery.addEventListener('change', this.redraw);
  }

  hostDisconnected(): void {
    this.#schemeQuery?.removeEventListener('change', this.redraw);
    this.#destroy();
  }

  hostUpdated(): void {
    this.#draw();
  }

  /** Draws again with the colours now in force. */
  readonly redraw = (): void => {
    this.#drawn = null;
    this.#draw();
  };

  /** Marks the point under a pointer. */
  readonly onPointerMove = (event: PointerEvent): void => {
    if (this.#chart === null) return;
    const isDoughnut = this.#drawn?.kind === 'doughnut';
    const [hit] = this.#chart.getElementsAtEventForMode(
      event,
      isDoughnut ? 'nearest' : 'index',
      { intersect: isDoughnut },
      false,
    );
    this.activate(hit?.index ?? null);
  };

  /** Removes the mark. */
  readonly onLeave = (): void => this.activate(null);

  /** Marks a point by its index; `null` marks none. */
  activate(index: number | null): void {
    if (index === this.activeIndex) return;
    this.activeIndex = index;
    this.#mark();
    this.#host.requestUpdate();
  }

  async #load(): Promise<void> {
    if (this.#isLoading || !this.#host.view.isInView) return;
    this.#isLoading = true;
    const { registerChart } = await import('../charts/register-chart.js');
    this.#Chart = registerChart();
    if (this.#host.isConnected) this.#draw();
  }

  #draw(): void {
    const canvas = this.#host.renderRoot.querySelector('canvas');
    const probe = this.#host.renderRoot.querySelector<HTMLElement>('.chart-probe');
    const spec = this.#getSpec();
    if (canvas === null || probe === null || spec === null) return this.#destroy();
    if (this.#Chart === null) return;
    if (this.#chart?.canvas !== canvas) this.#destroy();
    if (spec === this.#drawn) return;
    this.#drawn = spec;
    const theme = readChartTheme(probe);
    const config =
      spec.kind === 'doughnut' ? toDoughnutConfig(spec, theme) : toCartesianConfig(spec, theme);
    if (this.#chart === null) {
      this.#chart = new this.#Chart(canvas, config);
    } else {
      this.#chart.data = config.data;
      this.#chart.options = config.options ?? {};
      this.#chart.update('none');
    }
    this.#mark();
  }

  #mark(): void {
    const chart = this.#chart;
    if (chart === null) return;
    const index = this.activeIndex;
    const hits =
      index === null ? [] : chart.data.datasets.map((_, datasetIndex) => ({ datasetIndex, index }));
    chart.setActiveElements(hits);
    chart.draw();
    const point = index === null ? undefined : chart.getDatasetMeta(0).data[index];
    const x = point?.x ?? 0;
    if (x === this.activeX) return;
    this.activeX = x;
    // The tooltip follows, also when the chart came after the point was chosen; not within the update that drew it.
    if (index !== null) queueMicrotask(() => this.#host.requestUpdate());
  }

  #destroy(): void {
    this.#chart?.destroy();
    this.#chart = null;
    this.#drawn = null;
  }
}
