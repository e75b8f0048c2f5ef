import { css } from 'lit';

/** The line over values that are remembered from before. */
export const staleStyles = css`
  .stale {
    display: flex;
    align-items: center;
    gap: var(--_space);
    padding: calc(var(--_space) * 0.75) calc(var(--_space) * 1.5);
    margin-block-end: calc(var(--_space) * 1.5);
    border-radius: var(--_radius-small);
    background: var(--_warning-soft);
    color: var(--_warning);
    /* Chinese breaks at its commas. */
    word-break: keep-all;
  }
`;
