import { css } from 'lit';

/** States of what has inputs: placeholders while it loads, former data while new data comes, notices that keep no room. */
export const statesStyles = css`
  .skeleton-block {
    display: block;
    border-radius: var(--_radius-small);
    background: var(--_neutral-soft);
    color: transparent;
    user-select: none;
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  .skeleton-block * {
    visibility: hidden;
  }

  .skeleton-label {
    inline-size: 6rem;
    max-inline-size: 100%;
  }

  .skeleton-large {
    inline-size: 12rem;
    max-inline-size: 100%;
  }

  .skeleton-line {
    inline-size: 85%;
    margin-block-start: 0.25rem;
  }

  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }

  @media (forced-colors: active) {
    .skeleton-block {
      border: 1px solid GrayText;
    }
  }

  .content.dimmed {
    opacity: 0.55;
    transition: opacity 150ms 100ms;
  }

  /* The page's own link; where the page does not color it, it would be blue on black in the dark. */
  ::slotted([slot='back']) {
    color: var(--_accent);
  }

  .notice.compact {
    min-block-size: 6rem;
    padding-block: 0 calc(var(--_space) * 1.5);
  }
`;
