import { css } from 'lit';

/** The title of what the pointer is on, in the look of the element. */
export const tooltipStyles = css`
  .tip {
    position: fixed;
    inset: auto;
    box-sizing: border-box;
    inline-size: max-content;
    max-inline-size: min(20rem, 100vw - 1rem);
    margin: 0;
    padding: calc(var(--_space) * 0.5) var(--_space);
    overflow: visible;
    border: 1px solid transparent;
    border-radius: var(--_radius-small);
    background: var(--_text);
    color: var(--_surface);
    font-size: var(--_small);
    font-weight: 400;
    line-height: 1.4;
    white-space: pre-line;
    overflow-wrap: anywhere;
    pointer-events: none;
    animation: tip 80ms 350ms backwards;
  }

  @keyframes tip {
    from {
      opacity: 0;
    }
  }

  @media print {
    .tip {
      display: none;
    }
  }
`;
