import { css } from 'lit';

/** The switch of figures above the chart. */
export const metricSwitchStyles = css`
  .switch {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--_space);
    margin-block-end: calc(var(--_space) * 1.5);
  }

  .metric-select {
    display: none;
  }

  @container (max-width: 44rem) {
    .switch .segments {
      display: none;
    }

    .metric-select {
      display: block;
      inline-size: 100%;
    }
  }
`;
