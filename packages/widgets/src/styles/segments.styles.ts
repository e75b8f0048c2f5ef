import { css } from 'lit';

/** A row of toggle buttons of which one is pressed. */
export const segmentsStyles = css`
  .segments {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.125rem;
    padding: 0.1875rem;
    border-radius: var(--_radius-small);
    background: var(--_neutral-soft);
  }

  .segments button {
    min-block-size: 1.625rem;
    padding: 0 calc(var(--_space) * 1.25);
    border: 0;
    border-radius: calc(var(--_radius-small) - 0.125rem);
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: var(--_small);
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
  }

  .segments button:hover {
    color: var(--_text);
  }

  .segments button[aria-pressed='true'] {
    /* Nearer than the row it is in: lighter, in the dark too. */
    background: light-dark(
      var(--_surface),
      color-mix(in oklab, var(--_text) 16%, var(--_neutral-soft))
    );
    color: var(--_text);
    box-shadow: 0 1px 2px rgb(0 0 0 / 12%);
  }

  @container (max-width: 22rem) {
    .segments button {
      padding-inline: calc(var(--_space) * 0.875);
    }
  }

  /* Five words on one line of the narrowest phone. */
  @container (max-width: 18rem) {
    .segments button {
      padding-inline: calc(var(--_space) * 0.5);
    }
  }

  @media (forced-colors: active) {
    .segments button[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
