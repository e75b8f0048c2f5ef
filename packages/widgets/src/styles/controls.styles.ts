import { css } from 'lit';

/** Native controls, quiet until pointed at; at least 24 px high and wide (WCAG 2.5.8). */
export const controlStyles = css`
  .button,
  .select,
  .input {
    min-block-size: 2rem;
    padding: 0 calc(var(--_space) * 1.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: var(--_small);
    line-height: 1.4;
  }

  .select,
  .input {
    border-color: var(--_control-border);
  }

  .button,
  .select {
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

  .button:hover:not(:disabled),
  .select:hover {
    background: var(--_sunken);
  }

  .button:disabled {
    opacity: 0.5;
    cursor: default;
  }

  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .button.primary:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  .button.quiet {
    border-color: transparent;
    background: none;
  }

  .button.quiet:hover:not(:disabled) {
    background: var(--_sunken);
  }

  .button.icon {
    inline-size: 1.75rem;
    min-block-size: 1.75rem;
    padding: 0;
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
    cursor: pointer;
  }

  .foot .select {
    min-block-size: 1.625rem;
    padding: 0 calc(var(--_space) * 0.5);
    border-color: transparent;
    background: none;
    color: inherit;
  }

  .foot .select:hover {
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
