import { css } from 'lit';

/** The menu of columns, which is loaded with it. */
export const columnsMenuStyles = css`
  .columns-panel {
    position: fixed;
    inset: auto;
    min-inline-size: 11rem;
    max-inline-size: min(18rem, 100vw - 1rem);
    max-block-size: calc(100vh - 1rem);
    overflow-y: auto;
    margin: 0;
    padding: calc(var(--_space) * 0.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_small);
    box-shadow: 0 0.25rem 1rem rgb(0 0 0 / 0.18);
  }

  .columns-panel label {
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-block-size: 2rem;
    padding-inline: calc(var(--_space) * 1.25);
    border-radius: var(--_radius-small);
    cursor: pointer;
  }

  .columns-panel label:hover {
    background: var(--_sunken);
  }

  .columns-panel input {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    margin: 0;
    accent-color: var(--_accent);
    cursor: pointer;
  }

  .columns-panel .link {
    margin: calc(var(--_space) * 0.5) calc(var(--_space) * 1.25);
  }
`;
