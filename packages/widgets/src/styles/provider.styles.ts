import { css } from 'lit';

/** The provider is not a box: the page lays its children out. */
export const providerStyles = css`
  :host {
    display: contents;
  }
`;
