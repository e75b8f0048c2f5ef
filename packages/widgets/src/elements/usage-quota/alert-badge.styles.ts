import { css } from 'lit';

/** The number of alerts that fire, next to the heading. */
export const alertBadgeStyles = css`
  .alert-badge {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
    min-block-size: 1.75rem;
    padding: 0 calc(var(--_space) * 1.25);
    border: 0;
    border-radius: 1rem;
    background: var(--usage-color-bad-soft, light-dark(#fdeceb, #3a1c1c));
    color: var(--_bad);
    font: inherit;
    font-size: var(--_small);
    font-weight: 500;
  }

  button.alert-badge {
    cursor: pointer;
  }

  button.alert-badge:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .badge-count {
    display: none;
  }

  /* On a phone it fits next to the buttons: a second line would move everything below. */
  @container (max-width: 30rem) {
    .alert-badge {
      gap: calc(var(--_space) * 0.5);
      padding-inline: var(--_space);
    }

    .badge-count {
      display: inline;
    }

    .badge-text {
      position: absolute;
      inline-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }
`;
