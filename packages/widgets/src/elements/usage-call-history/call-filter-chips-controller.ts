import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { FilterChips } from './call-filter-chips.js';
import { countFilters, type CallFilters } from './call-filters.js';
import { importPart } from '../../utils/import-part.js';

/** The filters that are set. */
export interface FilterChipsPort {
  getFilters: () => CallFilters;
  onChange: (filters: CallFilters) => void;
}

/** Loads the chips of the filters when the first filter is set; their space is reserved from the start. */
export class FilterChipsController implements ReactiveController {
  readonly #host: UsageElement;
  readonly #port: FilterChipsPort;
  #chips: FilterChips | null = null;
  #isLoading = false;

  constructor(host: UsageElement, port: FilterChipsPort) {
    this.#host = host;
    this.#port = port;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.#isLoading && countFilters(this.#port.getFilters()) > 0) void this.#load();
  }

  /** Takes all filters away. */
  clear(): void {
    this.#port.onChange({});
    void this.#chips?.focus(0);
  }

  render(): TemplateResult | typeof nothing {
    if (countFilters(this.#port.getFilters()) === 0) return nothing;
    return html`<div class="filter-chips">${this.#chips?.render() ?? nothing}</div>`;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    const { FilterChips } = await importPart(() => import('./call-filter-chips.js'));
    this.#chips = new FilterChips(this.#host, this.#port);
    this.#host.requestUpdate();
  }
}
