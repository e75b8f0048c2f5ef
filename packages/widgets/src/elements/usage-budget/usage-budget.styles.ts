import { css } from 'lit';

/** Budgets below each other: words, the chart, and what will be. */
export const usageBudgetStyles = css`
  .budgets {
    display: grid;
    gap: calc(var(--_space) * 3);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .budget {
    display: grid;
    gap: calc(var(--_space) * 0.5);
    min-inline-size: 0;
  }

  .budget p {
    margin: 0;
    font-size: var(--_small);
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 calc(var(--_space) * 2);
    overflow-wrap: anywhere;
  }

  .spent {
    font-size: calc(var(--_size) * 1.143);
    font-weight: 600;
  }

  .level-good {
    color: var(--_good);
  }

  .level-warning {
    color: var(--_warning);
  }

  .level-bad {
    color: var(--_bad);
  }

  .chart {
    inline-size: 100%;
    block-size: 6rem;
  }

  .chart * {
    vector-effect: non-scaling-stroke;
    fill: none;
    stroke-width: 2;
  }

  .spending {
    stroke: var(--_accent);
  }

  .chart .now {
    fill: var(--_accent);
  }

  .likely {
    stroke: var(--_accent);
    stroke-dasharray: 4 4;
  }

  .chart .interval {
    fill: var(--_accent);
    fill-opacity: 0.15;
  }

  .limit {
    stroke: var(--_bad);
    stroke-dasharray: 6 4;
  }

  .budget-skeleton {
    block-size: 11rem;
  }
`;
