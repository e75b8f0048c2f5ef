import { css } from 'lit';

/** The figures and the chart of a budget; loaded with the first. */
export const budgetStyles = css`
  .share {
    font-weight: 600;
  }

  .share.warning {
    color: var(--_warning);
  }

  .share.bad {
    color: var(--_bad);
  }

  .chart {
    inline-size: 100%;
    block-size: 7rem;
    overflow: visible;
    direction: ltr;
  }

  .chart > svg {
    inline-size: 100%;
    block-size: 100%;
    overflow: visible;
  }

  .chart :is(polyline, polygon, line) {
    fill: none;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }

  .chart .area {
    fill: var(--_series-1);
    fill-opacity: 0.1;
  }

  .chart .interval {
    fill: var(--_series-1);
    fill-opacity: 0.22;
  }

  .spending {
    stroke: var(--_series-1);
    stroke-width: 2;
  }

  .likely {
    stroke: var(--_series-1);
    stroke-width: 1.5;
    stroke-dasharray: 3 3;
  }

  .chart .limit {
    stroke: var(--_bad);
    stroke-width: 1.5;
    stroke-dasharray: 5 4;
  }

  .chart .base {
    stroke: var(--_border);
  }

  .chart text {
    fill: var(--_muted);
    stroke: var(--_surface);
    stroke-width: 4;
    paint-order: stroke;
    font-size: var(--_small);
  }

  .chart .now {
    fill: var(--_series-1);
    stroke: var(--_surface);
    stroke-width: 2;
  }

  .days {
    display: flex;
    justify-content: space-between;
    font-size: var(--_small);
    color: var(--_muted);
    direction: ltr;
  }

  .enforced {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
  }
`;
