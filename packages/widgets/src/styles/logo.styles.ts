import { css } from 'lit';

/** A logo over its initial, which is seen where the logo does not load. */
export const logoStyles = css`
  .logo {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: var(--_logo, 1.75rem);
    block-size: var(--_logo, 1.75rem);
    overflow: hidden;
    border-radius: var(--_radius-small);
    background: var(--_neutral-soft);
    color: var(--_muted);
    font-size: var(--_small);
    font-weight: 600;
  }

  .logo img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    opacity: 0;
  }

  .logo.shown {
    background: none;
    color: transparent;
  }

  .logo.shown img {
    opacity: 1;
  }
`;
