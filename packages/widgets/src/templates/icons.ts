import { svg, html, type TemplateResult } from 'lit';

/*
 * Decorative icons, drawn in the color of the text next to them; hidden from assistive technology. One function each, so
 * that a bundle holds only those it draws.
 */
const icon = (paths: TemplateResult<2>, size = 16): TemplateResult =>
  html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    ${paths}
  </svg>`;

export const calls = (): TemplateResult =>
  icon(svg`<path d="M8.5 1.5 3 9h4.5l-.5 5.5L13 7H8.5z" />`);
export const tokens = (): TemplateResult =>
  icon(
    svg`<path d="M8 1.75 14.25 5 8 8.25 1.75 5zM1.75 8.25 8 11.5l6.25-3.25M1.75 11.25 8 14.5l6.25-3.25" />`,
  );
export const eye = (): TemplateResult =>
  icon(
    svg`<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" /><circle cx="8" cy="8" r="2" />`,
  );
export const eyeOff = (): TemplateResult =>
  icon(
    svg`<path d="M6.3 3.8A6 6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-1.8 2.3M4 5A11.5 11.5 0 0 0 1.5 8S4 12.5 8 12.5a6 6 0 0 0 3-.8M2.5 2.5l11 11" />`,
  );
export const expand = (): TemplateResult => icon(svg`<path d="m4.5 6.25 3.5 3.5 3.5-3.5" />`);
export const collapse = (): TemplateResult => icon(svg`<path d="m4.5 9.75 3.5-3.5 3.5 3.5" />`);
export const credits = (): TemplateResult =>
  icon(svg`<circle cx="8" cy="8" r="6.25" /><path d="M10.25 6A2.75 2.75 0 1 0 10.25 10" />`);
export const success = (): TemplateResult =>
  icon(svg`<circle cx="8" cy="8" r="6.25" /><path d="m5.25 8.25 2 2 3.5-4" />`);
export const clock = (size?: number): TemplateResult =>
  icon(svg`<circle cx="8" cy="8" r="6.25" /><path d="M8 4.5V8l2.25 1.5" />`, size);
export const gauge = (): TemplateResult =>
  icon(
    svg`<path d="M3.2 12.5a6.25 6.25 0 1 1 9.6 0M8 9l3-3.5" /><circle cx="8" cy="9.25" r=".9" />`,
  );
export const warning = (size?: number): TemplateResult =>
  icon(svg`<path d="M8 2 1.5 13.5h13zM8 6.5v3M8 11.6v.1" />`, size);
export const empty = (size?: number): TemplateResult =>
  icon(svg`<path d="M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5L6.5 11h3l1-1.5H14" />`, size);
export const lock = (size?: number): TemplateResult =>
  icon(
    svg`<rect x="3" y="7" width="10" height="7" rx="1.5" /><path d="M5 7V5a3 3 0 0 1 6 0v2" />`,
    size,
  );
export const offline = (size?: number): TemplateResult =>
  icon(
    svg`<path d="M2 2l12 12M5 9.5a4.2 4.2 0 0 1 3-1.2M2.5 6.8A8 8 0 0 1 5 5.2M8 4.5a8 8 0 0 1 5.5 2.3M8 12.5v.1" />`,
    size,
  );
export const copy = (): TemplateResult =>
  icon(
    svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M3.5 10.5h-1v-8h8v1" />`,
    14,
  );
export const download = (): TemplateResult =>
  icon(svg`<path d="M8 2v8M4.75 7 8 10.25 11.25 7M2.5 13.5h11" />`, 14);
export const check = (): TemplateResult => icon(svg`<path d="m3 8.5 3.25 3.25L13 4.75" />`, 14);
export const chevron = (): TemplateResult => icon(svg`<path d="m6 3.5 4.5 4.5L6 12.5" />`, 14);
export const up = (): TemplateResult => icon(svg`<path d="M8 13V3.5M4 7.25 8 3.25l4 4" />`, 12);
export const down = (): TemplateResult => icon(svg`<path d="M8 3v9.5M4 8.75l4 4 4-4" />`, 12);
export const same = (): TemplateResult => icon(svg`<path d="M3.5 8h9" />`, 12);
export const search = (size = 14): TemplateResult =>
  icon(svg`<circle cx="7" cy="7" r="4.5" /><path d="m10.5 10.5 3 3" />`, size);
export const filter = (): TemplateResult => icon(svg`<path d="M2 4h12M4.5 8h7M7 12h2" />`, 14);
export const close = (): TemplateResult =>
  icon(svg`<path d="m3.75 3.75 8.5 8.5M12.25 3.75l-8.5 8.5" />`, 14);
export const table = (): TemplateResult =>
  icon(
    svg`<rect x="2" y="2.5" width="12" height="11" rx="1.5" /><path d="M2 6.5h12M6.5 6.5v7" />`,
    14,
  );
export const columns = (): TemplateResult =>
  icon(
    svg`<rect x="2" y="2.5" width="12" height="11" rx="1.5" /><path d="M6 2.5v11M10 2.5v11" />`,
    14,
  );
export const chart = (): TemplateResult =>
  icon(svg`<path d="M2 13.5h12M3.5 10.5 6.5 7l2.5 2 4-5" />`, 14);
export const bell = (size?: number): TemplateResult =>
  icon(
    svg`<path d="M3 11.5h10L11.75 9.5V7a3.75 3.75 0 0 0-7.5 0v2.5zM6.5 13.75a1.6 1.6 0 0 0 3 0" />`,
    size,
  );
export const budget = (size?: number): TemplateResult =>
  icon(svg`<path d="M2 3.5h12M2 13.5l4-4 2.5 2 5-5.5M10.5 6h3v3" />`, size);
