import { css } from 'lit';

/** Bars of durations with the marks of percentiles. */
export const latencyStyles = css`
  /* As tall as what it takes the place of, however many rows there are. */
  .loaded .chart-table {
    flex: 1 1 0;
    block-size: 0;
    min-block-size: 0;
  }

  .loaded .chart.bars {
    flex: 1 1 0;
    block-size: auto;
    min-block-size: 0;
    border-block-end: 1px solid var(--_border);
  }

  .drawing {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    touch-action: pan-y;
  }

  :host(:dir(rtl)) .drawing {
    transform: scaleX(-1);
  }

  .bar {
    fill: color-mix(in oklab, var(--_series-1) 78%, var(--_surface));
    forced-color-adjust: none;
  }

  .bar.active {
    fill: var(--_series-1);
  }

  .mark {
    stroke: currentColor;
    stroke-width: 2px;
    pointer-events: none;
    forced-color-adjust: none;
  }

  .mark.P95 {
    stroke-dasharray: 6 4;
  }

  .mark.P99 {
    stroke-dasharray: 2 3;
  }

  .bounds {
    display: flex;
    block-size: 1.5em;
    font-size: var(--_small);
    color: var(--_muted);
  }

  .bounds > * {
    position: relative;
    flex: 1;
    min-inline-size: 0;
  }

  .bounds > .end {
    flex: 0 0 0;
  }

  .bound {
    position: absolute;
    inset-inline-start: 0;
    transform: translateX(-50%);
    white-space: nowrap;
  }

  :host(:dir(rtl)) .bound {
    transform: translateX(50%);
  }

  /* The first and the last stay within the card. */
  .bounds > :first-child .bound {
    transform: none;
  }

  .bounds > .end .bound {
    inset-inline: auto 0;
    transform: none;
  }

  .detail {
    min-block-size: 1.5em;
    margin-block-start: calc(var(--_space) * 0.5);
    font-size: var(--_small);
    color: var(--_muted);
  }

  .detail strong {
    font-weight: 600;
    color: var(--_text);
  }

  .mark-swatch {
    inline-size: 0;
    block-size: 0.875rem;
    border-inline-start: 2px solid;
    border-radius: 0;
    background: none;
  }

  .mark-swatch.P95 {
    border-inline-start-style: dashed;
  }

  .mark-swatch.P99 {
    border-inline-start-style: dotted;
  }

  .mark-text {
    font-weight: 600;
    color: var(--_text);
  }

  @media (forced-colors: active) {
    .bar.active {
      fill: Highlight;
    }
  }

  @container (max-width: 30rem) {
    .detail {
      min-block-size: 3em;
    }

    .detail strong {
      display: block;
    }
  }

  /* It would lie on the next one. */
  @container (max-width: 20rem) {
    .bounds > :first-child .bound {
      display: none;
    }
  }
`;
