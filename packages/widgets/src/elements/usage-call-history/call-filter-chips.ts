import { html, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { filterMessages } from '../../locales/en/call-filters.js';
import { callMessages } from '../../locales/en/calls.js';
import { modelMessages } from '../../locales/en/models.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import * as icons from '../../templates/icons.js';
import { TYPE_LABELS } from '../../view-models/type-labels.js';
import { adoptStyles } from '../../utils/adopt-styles.js';
import type { FilterChipsPort } from './call-filter-chips-controller.js';
import { filterChipsStyles } from './call-filter-chips.styles.js';
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
      : [{ name, label: t(filterMessages.filterIs, { name: t(message), value }) }],
  );
}

/** The filters that are set: a button each takes one away, another one takes all. */
export class FilterChips {
  readonly #host: UsageElement;
  readonly #port: FilterChipsPort;

  constructor(host: UsageElement, port: FilterChipsPort) {
    this.#host = host;
    this.#port = port;
    adoptStyles(host, filterChipsStyles);
  }

  render(): TemplateResult {
    const { localizer } = this.#host;
    const { t } = localizer;
    const filters = this.#port.getFilters();
    return html`<div
      class="chips"
      part="filter-chips"
      role="group"
      aria-label=${t(filterMessages.activeFilters)}
    >
      ${toChips(localizer, filters).map(
        ({ name, label }, index) =>
          html`<button
            type="button"
            class="button filter-chip"
            part="filter-chip"
            aria-label=${t(filterMessages.removeFilter, { filter: label })}
            @click=${() => this.#change({ ...filters, [name]: undefined }, index)}
          >
            <span>${label}</span>${icons.close()}
          </button>`,
      )}<button type="button" class="link" part="clear-filters" @click=${() => this.#change({}, 0)}>
        ${t(callMessages.clearFilters)}
      </button>
    </div>`;
  }

  /** Puts the focus, whose chip is gone, on the one in its place, else on the first control of the filters. */
  async focus(index: number): Promise<void> {
    const root = this.#host.renderRoot;
    await this.#host.updateComplete;
    const chips = [...root.querySelectorAll<HTMLElement>('.filter-chip')];
    const next = chips[Math.min(index, chips.length - 1)];
    const fields = [...root.querySelectorAll<HTMLElement>('.search input, .filters-toggle')];
    // A page may hide the filters, which then take no focus.
    const target = next ?? fields.find((field) => field.getClientRects().length > 0);
    (target ?? root.querySelector<HTMLElement>('.expand'))?.focus();
  }

  #change(filters: CallFilters, index: number): void {
    this.#port.onChange(filters);
    void this.focus(index);
  }
}
