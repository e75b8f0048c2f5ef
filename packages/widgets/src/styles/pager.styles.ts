import { css } from 'lit';

/** Where a list is in its pages, and the way to the others. */
export const pagerStyles = css`
  .pager {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space);
    min-block-size: 2rem;
    margin-block-start: var(--_space);
    font-size: var(--_small);
    color: var(--_muted);
  }

  .pager-buttons {
    display: flex;
    gap: calc(var(--_space) * 0.5);
  }

  .button.back svg {
    transform: scaleX(-1);
  }

  :host(:dir(rtl)) .button.back svg {
    transform: none;
  }

  :host(:dir(rtl)) .button.forth svg {
    transform: scaleX(-1);
  }
`;
