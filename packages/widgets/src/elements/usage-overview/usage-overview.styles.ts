import { css } from 'lit';

/** Label, figure, what is behind it, change. */
export const usageOverviewStyles = css`
  :host {
    --_stat-lines: 4;
  }
`;
