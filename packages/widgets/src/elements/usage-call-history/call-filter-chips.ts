import { html, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { filterMessages } from '../../locales/en/call-filters.js';
import { callMessages } from '../../locales/en/calls.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import * as icons from '../../templates/icons.js';
import { adoptStyles } from '../../utils/adopt-styles.js';
import type { FilterChipsPort } from './call-filter-chips-controller.js';
import { filterChipsStyles } from './call-filter-chips.styles.js';
import {
  FILTER_LABELS,
  formatFilterValue,
  formatMinDuration,
  type CallFilters,
} from './call-filters.js';
import { VALUE_FILTERS } from '../../utils/filter-values.js';

/** A value that is set, and the filters without it. */
interface Chip {
  label: string;
  without: CallFilters;
}

/** Every value that is set with the name of its filter. */
function toChips(localizer: Localizer, filters: CallFilters): Chip[] {
  const { t } = localizer;
  const { search, minDurationMs } = filters;
  const toChip = (name: MessageDefinition, value: string, without: CallFilters): Chip => ({
    label: t(filterMessages.filterIs, { name: t(name), value }),
    without: { ...filters, ...without },
  });
  const chips =
    search === undefined ? [] : [toChip(callMessages.callId, search, { search: undefined })];
  for (const filter of VALUE_FILTERS) {
    const values: readonly string[] = filters[filter] ?? [];
    for (const value of values) {
      const rest = values.filter((each) => each !== value);
      const without = { [filter]: rest.length === 0 ? undefined : rest };
      chips.push(
        toChip(FILTER_LABELS[filter], formatFilterValue(localizer, filter, value), without),
      );
    }
  }
  if (minDurationMs === undefined) return chips;
  const duration = formatMinDuration(localizer, minDurationMs);
  return [...chips, toChip(callMessages.callDuration, duration, { minDurationMs: undefined })];
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
        ({ label, without }, index) =>
          html`<button
            type="button"
            class="button filter-chip"
            part="filter-chip"
            aria-label=${t(filterMessages.removeFilter, { filter: label })}
            @click=${() => this.#change(without, index)}
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
