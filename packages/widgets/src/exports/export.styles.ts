import { css } from 'lit';

/** The menu of the export button, which is loaded with it. */
export const exportStyles = css`
  .export-panel {
    position: fixed;
    inset: auto;
    min-inline-size: 11rem;
    max-inline-size: min(18rem, 100vw - 1rem);
    margin: 0;
    padding: calc(var(--_space) * 0.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_small);
    box-shadow: 0 0.25rem 1rem rgb(0 0 0 / 0.18);
  }

  .export-panel > [role='menu'] {
    display: flex;
    flex-direction: column;
  }

  .export-item {
    min-block-size: 2rem;
    padding: 0 calc(var(--_space) * 1.25);
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .export-item:is(:hover, :focus-visible) {
    background: var(--_sunken);
  }

  .export-note {
    margin: calc(var(--_space) * 0.5) calc(var(--_space) * 1.25) var(--_space);
    color: var(--_muted);
  }

  .export-panel > .button {
    margin: 0 calc(var(--_space) * 1.25) calc(var(--_space) * 0.75);
  }
`;
