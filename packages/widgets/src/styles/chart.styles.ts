import { css } from 'lit';

/** Canvas, tooltip, legend, and the table in its place. */
export const chartStyles = css`
  /* The other colors of series; the first is every element's. */
  :host {
    /* Distinguishable with any color vision, by lightness too; contrast 3:1 on the surface. */
    --_series-2: var(--usage-color-series-2, light-dark(#c2570c, #f2a057));
    --_series-3: var(--usage-color-series-3, light-dark(#0f7d74, #4fc6b8));
    --_series-4: var(--usage-color-series-4, light-dark(#8d2c77, #e08bc9));
    --_series-5: var(--usage-color-series-5, light-dark(#7a6a00, #d8c54a));
    --_series-6: var(--usage-color-series-6, light-dark(#16324f, #cfe0f5));
    --_series-other: var(--usage-color-series-other, light-dark(#828a98, #7d8696));
    --_chart-height: var(--usage-chart-height, 17.5rem);
  }

  .chart,
  .chart-skeleton {
    position: relative;
    block-size: var(--_chart-height);
    min-inline-size: 0;
  }

  .chart canvas {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    touch-action: pan-y;
  }

  .chart canvas.selectable {
    cursor: pointer;
  }

  /* For pointers that can click a point and keyboards; a finger reads. */
  @media (hover: none) {
    .select-hint {
      display: none;
    }
  }

  .chart-probe {
    position: absolute;
    visibility: hidden;
    /* Series keep their colors where a system forces its own, as the legend does: else they all have one. */
    forced-color-adjust: none;
  }

  @media (forced-colors: active) {
    .chart-probe {
      --_muted: CanvasText;
      --_border: GrayText;
      --_surface: Canvas;
    }
  }

  /* Every color of a canvas as one that can be watched; important, because less motion is asked of others by that too. */
  .chart-probe::before {
    content: '';
    color: var(--_series-1);
    background: var(--_series-2);
    border-color: var(--_series-3) var(--_series-4) var(--_series-5) var(--_series-6);
    outline-color: var(--_series-other);
    text-decoration-color: var(--_surface);
    caret-color: var(--_muted);
    column-rule-color: var(--_border);
    transition: 1ms all allow-discrete !important;
  }

  /* There for keyboards and screen readers; the pointer talks to the canvas. */
  .chart-slider {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    pointer-events: none;
  }

  .chart:has(.chart-slider:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 4px;
    border-radius: var(--_radius-small);
  }

  .tooltip {
    position: absolute;
    inset-block-start: 0.5rem;
    left: var(--_left, 0);
    z-index: 1;
    min-inline-size: 11rem;
    padding: var(--_space) calc(var(--_space) * 1.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    box-shadow: 0 4px 16px rgb(0 0 0 / 12%);
    font-size: var(--_small);
    pointer-events: none;
  }

  .tooltip-title {
    margin-block-end: calc(var(--_space) * 0.5);
    font-weight: 600;
    white-space: nowrap;
  }

  .tooltip-row {
    display: grid;
    grid-template-columns: 0.625rem 1fr auto;
    align-items: center;
    gap: var(--_space);
    color: var(--_muted);
    white-space: nowrap;
  }

  .tooltip-row.drawn {
    color: var(--_text);
    font-weight: 500;
  }

  .tooltip-note {
    max-inline-size: 14rem;
    margin-block-start: calc(var(--_space) * 0.5);
    color: var(--_muted);
  }

  .tooltip-value {
    justify-self: end;
    color: var(--_text);
  }

  .swatch {
    flex: none;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border-radius: 0.1875rem;
    background: currentColor;
    forced-color-adjust: none;
  }

  .swatch.none {
    visibility: hidden;
  }

  .swatch.line {
    block-size: 0.1875rem;
    inline-size: 1rem;
  }

  .swatch.dotted {
    block-size: 0;
    inline-size: 1rem;
    border-block-start: 0.1875rem dotted;
    border-radius: 0;
    background: none;
  }

  .series-1 {
    color: var(--_series-1);
  }

  .series-2 {
    color: var(--_series-2);
  }

  .series-3 {
    color: var(--_series-3);
  }

  .series-4 {
    color: var(--_series-4);
  }

  .series-5 {
    color: var(--_series-5);
  }

  .series-6 {
    color: var(--_series-6);
  }

  .series-other {
    color: var(--_series-other);
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.5) calc(var(--_space) * 2);
    min-block-size: 1.5em;
    margin-block-start: var(--_space);
    font-size: var(--_small);
    color: var(--_muted);
  }

  .legend-item {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
  }

  .legend .hint {
    margin-inline-start: auto;
  }

  .chart-table {
    --_shade: light-dark(rgb(16 24 40 / 11%), rgb(0 0 0 / 55%)), transparent;
    --_end: linear-gradient(var(--_surface) 0 0) no-repeat local;

    block-size: calc(var(--_chart-height) + var(--_small) * 1.5 + var(--_space));
    overflow: auto;
    /* A shade at each edge that has more behind it; the ends of the table, which move with it, cover theirs. */
    background:
      var(--_end) 0 100% / 100% 0.5rem,
      linear-gradient(to top, var(--_shade)) no-repeat 0 100% / 100% 0.5rem,
      var(--_end) 0 0 / 0.5rem 100%,
      var(--_end) 100% 0 / 0.5rem 100%,
      linear-gradient(to right, var(--_shade)) no-repeat 0 0 / 0.5rem 100%,
      linear-gradient(to left, var(--_shade)) no-repeat 100% 0 / 0.5rem 100%;
  }

  /* Chart, table, and table with pages are of one height. */
  .chart-table:has(+ .pager) {
    block-size: calc(var(--_chart-height) + var(--_small) * 1.5 - 2rem);
  }

  .chart-table table {
    inline-size: 100%;
    border-collapse: collapse;
  }

  .chart-table th,
  .chart-table td {
    padding: calc(var(--_space) * 0.75) var(--_space);
    border-block-end: 1px solid var(--_border);
    text-align: start;
    white-space: nowrap;
    font-weight: 400;
  }

  .chart-table thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_surface);
    color: var(--_muted);
    font-size: var(--_small);
    font-weight: 500;
  }

  /* Space of rows that are still to come. */
  .chart-table .pending td {
    padding: 0;
    border: 0;
  }

  .chart-table .figure-cell {
    text-align: end;
  }

  .chart-table .chosen {
    background: color-mix(in oklab, var(--_accent) 8%, var(--_surface));
    color: var(--_text);
    font-weight: 600;
  }

  :host(:dir(rtl)) .chart-table :is(th, td) {
    text-align: right;
  }

  :host(:dir(rtl)) .chart-table .figure-cell {
    text-align: left;
  }

  @container (max-width: 36rem) {
    .toggle-text {
      display: none;
    }

    /* Below the name, so that figures are seen next to it. */
    .chart-table th .small {
      display: block;
    }

    .legend .hint {
      margin-inline-start: 0;
    }
  }

  @media print {
    .tooltip {
      display: none;
    }
  }
`;
