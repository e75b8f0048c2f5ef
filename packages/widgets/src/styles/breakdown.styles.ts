import { css } from 'lit';

/** The choice of groups above a chart, and the groups below it. */
export const breakdownStyles = css`
  .breakdown {
    display: inline-flex;
    flex-wrap: wrap;
    gap: var(--_space);
  }

  .breakdown .button[aria-pressed='true'] {
    border-color: var(--_accent);
    background: color-mix(in oklab, var(--_accent) 10%, var(--_surface));
    color: var(--_accent);
  }

  .groups {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 0.5);
    margin: var(--_space) 0 0 calc(var(--_space) * -0.75);
    padding: 0;
    font-size: var(--_small);
    list-style: none;
  }

  .group {
    display: inline-flex;
    align-items: center;
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  .group button {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
    min-block-size: 1.75rem;
    min-inline-size: 0;
    padding: 0 calc(var(--_space) * 0.75);
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: var(--_text);
    font: inherit;
    cursor: pointer;
  }

  .group button:hover {
    background: var(--_neutral-soft);
  }

  .group-label {
    max-inline-size: 14rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .group-figure {
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }

  .group .group-eye {
    flex: none;
    inline-size: 1.75rem;
    padding: 0;
    justify-content: center;
    color: var(--_muted);
  }

  .group.hidden .group-name {
    color: var(--_muted);
    text-decoration: line-through;
  }

  .group.hidden .swatch {
    opacity: 0.35;
  }

  /* Where a pointer can be above it, it comes then; its space is there before. */
  @media (hover: hover) {
    .group:not(.hidden, :hover, :focus-within) .group-eye {
      opacity: 0;
    }
  }

  .tooltip-label {
    max-inline-size: 14rem;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  @media (forced-colors: active) {
    .breakdown .button[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
