import { html, type TemplateResult } from 'lit';
import { toSafeUrl } from '../utils/safe-url.js';

/** A logo, or the initial of its name where there is none or it cannot be loaded. */
export function renderLogo(logoUrl: string | null, name: string): TemplateResult {
  // The first character, not the first code unit: 😀 and 𠮷 are two units.
  const initial = ([...name][0] ?? '?').toUpperCase();
  if (toSafeUrl(logoUrl) === null) {
    return html`<span class="logo" aria-hidden="true">${initial}</span>`;
  }
  const onEnd = ({ target, type }: Event): void => {
    (target as HTMLElement).parentElement?.classList.toggle('shown', type === 'load');
  };
  return html`<span class="logo" aria-hidden="true"
    >${initial}<img src=${toSafeUrl(logoUrl)} alt="" loading="lazy" @load=${onEnd} @error=${onEnd}
  /></span>`;
}
