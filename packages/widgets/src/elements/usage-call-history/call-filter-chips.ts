import { html, nothing, type TemplateResult } from 'lit';
import { callMessages } from '../../locales/en/calls.js';
import { modelMessages } from '../../locales/en/models.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import * as icons from '../../templates/icons.js';
import { TYPE_LABELS } from '../../view-models/type-labels.js';
import { formatMinDuration, type CallFilters } from './call-filters.js';
import { STATUS_LABELS } from './usage-call-history.view.js';

/** What each filter is called and set to; filters that are not set are left out. */
function toChips(
  localizer: Localizer,
  { model, status, type, minDurationMs, search }: CallFilters,
): { name: keyof CallFilters; label: string }[] {
  const { t } = localizer;
  const chips: [keyof CallFilters, MessageDefinition, string | undefined][] = [
    ['search', callMessages.callId, search],
    ['model', modelMessages.model, model],
    ['status', callMessages.callStatus, status && t(STATUS_LABELS[status])],
    ['type', callMessages.callType, type && t(TYPE_LABELS[type])],
    [
      'minDurationMs',
      callMessages.callDuration,
      minDurationMs === undefined ? undefined : formatMinDuration(localizer, minDurationMs),
    ],
  ];
  return chips.flatMap(([name, message, value]) =>
    value === undefined
      ? []
      : [{ name, label: t(callMessages.filterIs, { name: t(message), value }) }],
  );
}

/**
 * The filters that are set: a button each takes one away, another one takes all; nothing without filters.
 *
 * `onChange` gets the filters that stay and the place of the chip that went, from 0; -1: all of them went.
 */
export function renderFilterChips(
  localizer: Localizer,
  filters: CallFilters,
  onChange: (filters: CallFilters, index: number) => void,
): TemplateResult | typeof nothing {
  const { t } = localizer;
  const chips = toChips(localizer, filters);
  if (chips.length === 0) return nothing;
  return html`<div
    class="filter-chips"
    part="filter-chips"
    role="group"
    aria-label=${t(callMessages.activeFilters)}
  >
    ${chips.map(
      ({ name, label }, index) =>
        html`<button
          type="button"
          class="button filter-chip"
          part="filter-chip"
          aria-label=${t(callMessages.removeFilter, { filter: label })}
          @click=${() => onChange({ ...filters, [name]: undefined }, index)}
        >
          <span>${label}</span>${icons.close()}
        </button>`,
    )}<button type="button" class="link" part="clear-filters" @click=${() => onChange({}, -1)}>
      ${t(callMessages.clearFilters)}
    </button>
  </div>`;
}

/** Puts the focus, whose chip is gone, on the one in its place, else on the first control of the filters. */
export function focusChip(root: ParentNode, index: number): void {
  const chips = [...root.querySelectorAll<HTMLElement>('.filter-chip')];
  const next = chips[Math.min(index, chips.length - 1)];
  const fields = [...root.querySelectorAll<HTMLElement>('.search input, .filters-toggle')];
  // A page may hide the filters, which then take no focus.
  const target = next ?? fields.find((field) => field.getClientRects().length > 0);
  (target ?? root.querySelector<HTMLElement>('.expand'))?.focus();
}
