import type { Stale } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { formatAge } from '../format/age.js';
import type { Localizer } from '../locales/localizer.js';
import * as icons from './icons.js';
import { quotaFigureMessages } from '../locales/en/quota-figures.js';
import { stateMessages } from '../locales/en/states.js';

/** Shows that the payment system does not respond and how old the values are; `nothing` while they are current. */
export function renderStale(
  { t, formatters }: Localizer,
  stale: Stale | null,
): TemplateResult | typeof nothing {
  if (stale === null) return nothing;
  const age = formatAge(formatters, stale.ageSeconds * 1000) ?? t(stateMessages.momentAgo);
  return html`<div class="stale" part="stale" role="status">
    ${icons.warning()}<span>${t(quotaFigureMessages.quotaStale, { age })}</span>
  </div>`;
}
