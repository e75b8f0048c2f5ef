import { css } from 'lit';

/** What even the smallest element has: buttons and the choice in its last line; at least 24 px high (WCAG 2.5.8). */
export const buttonStyles = css`
  .button,
  .select {
    min-block-size: 2rem;
    padding: 0 calc(var(--_space) * 1.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: var(--_small);
    line-height: 1.4;
    cursor: pointer;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_space) * 0.75);
    font-weight: 500;
    text-decoration: none;
    white-space: nowrap;
  }

  .button.quiet,
  .foot .select {
    border-color: transparent;
    background: none;
  }

  .link {
    min-block-size: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    white-space: nowrap;
    cursor: pointer;
  }

  .foot .select {
    min-block-size: 1.625rem;
    padding: 0 calc(var(--_space) * 0.5);
    color: inherit;
  }

  :is(.button:not(:disabled), .select):hover {
    background: var(--_sunken);
  }

  .select option {
    background: var(--_surface);
    color: var(--_text);
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;
