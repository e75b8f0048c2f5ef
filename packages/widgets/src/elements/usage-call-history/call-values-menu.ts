import type { ProjectCalls, ValueCount } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { formatCount } from '../../format/number.js';
import { filterMessages } from '../../locales/en/call-filters.js';
import { callMessages } from '../../locales/en/calls.js';
import { getData } from '../../store/query-state.js';
import { BoxMenu } from './box-menu.js';
import type { CallValuesPort } from './call-values-controller.js';
import { FILTER_LABELS, KNOWN_VALUES, formatFilterValue } from './call-filters.js';
import type { ValueFilter } from '../../utils/filter-values.js';

/** A value to tick, and how many calls it lists under the other filters; `undefined` where that is not known. */
interface ValueChoice {
  value: string;
  calls: number | undefined;
}

/** The counts of a response; none where it has none, or other ones than the contract's. */
function toCounts(counts: readonly ValueCount[] | undefined): readonly ValueCount[] {
  const isRight = (each: Partial<ValueCount> | null): boolean =>
    typeof each?.value === 'string' && (each.calls === null || Number.isSafeInteger(each.calls));
  return Array.isArray(counts) ? (counts as readonly ValueCount[]).filter(isRight) : [];
}

/**
 * The menu of a filter that takes several values: a box for each, with the calls that it lists under the other filters. Counts
 * are asked for when it opens, and again when it opens later; none is shown where the server knows none.
 */
export class CallValuesMenu extends BoxMenu {
  filter: ValueFilter = 'model';
  protected readonly panelSelector = '.values-panel';
  readonly #port: CallValuesPort;
  readonly #query: QueryController<ProjectCalls>;

  constructor(host: UsageElement, port: CallValuesPort) {
    super(host);
    this.#port = port;
    this.#query = new QueryController<ProjectCalls>(host, () => this.#toRequest(), {
      isSilent: true,
      onLoad: () => void this.#afterLoad(),
    });
  }

  protected get buttonSelector(): string {
    return `[data-filter="${this.filter}"]`;
  }

  /** Opens the menu of a filter, or closes it. */
  async toggle(filter: ValueFilter): Promise<void> {
    if (this.filter === filter) {
      await this.toggleMenu();
      return;
    }
    this.filter = filter;
    await this.show();
  }

  render(): TemplateResult {
    const { t } = this.host.localizer;
    const choices = this.#listChoices();
    const { status } = this.#query.state;
    return html`<div
      class="box-panel values-panel"
      part="filter-menu"
      popover="auto"
      role="group"
      tabindex="-1"
      aria-label=${t(FILTER_LABELS[this.filter])}
      aria-busy=${String(status === 'loading')}
      @toggle=${this.onToggle}
      @keydown=${this.onKey}
    >
      ${choices.map((choice) => this.#renderChoice(choice))}
      ${choices.length > 0 ? nothing : this.#renderNote()}
      ${
        this.#chosen.length === 0
          ? nothing
          : html`<button type="button" class="link" @click=${() => this.#clear()}>
              ${t(filterMessages.clearValues)}
            </button>`
      }
    </div>`;
  }

  /** What is asked while a menu is open. Its own values do not count, so that ticking one asks nothing again. */
  #toRequest(): ReturnType<typeof toRangeRequest<ProjectCalls>> {
    const appDid = this.#port.getAppDid();
    if (!appDid || !this.isOpen) return null;
    const { client } = this.host.settings;
    const others = { ...this.#port.getFilters(), [this.filter]: undefined };
    const params = { ...others, limit: 1, counts: 'true' } as const;
    return toRangeRequest(this.host, {
      route: 'projectCalls',
      appDid,
      params,
      send: (range, options) => client.getProjectCalls(appDid, { ...range, ...params }, options),
    });
  }

  get #chosen(): readonly string[] {
    return this.#port.getFilters()[this.filter] ?? [];
  }

  /** Those of the range in the server's order; known ones and chosen ones that it does not name have no calls there. */
  #listChoices(): ValueChoice[] {
    const counted = toCounts(getData(this.#query.state)?.counts?.[this.filter]);
    const found = new Map(counted.map(({ value, calls }) => [value, calls ?? undefined]));
    const isCounted = counted.length > 0 && counted.every(({ calls }) => calls !== null);
    const missing = isCounted ? 0 : undefined;
    // Statuses and types keep their places; of models the most used come first.
    const values = new Set([...KNOWN_VALUES[this.filter], ...found.keys(), ...this.#chosen]);
    return [...values].map((value) => ({
      value,
      calls: found.has(value) ? found.get(value) : missing,
    }));
  }

  #renderChoice({ value, calls }: ValueChoice): TemplateResult {
    const { localizer } = this.host;
    return html`<label
      ><input
        type="checkbox"
        .checked=${this.#chosen.includes(value)}
        @change=${() => this.#change(value)}
      /><span class="value">${formatFilterValue(localizer, this.filter, value)}</span>${
        calls === undefined ? nothing : this.#renderCalls(calls)
      }</label
    >`;
  }

  #renderCalls(calls: number): TemplateResult {
    const { t, formatters } = this.host.localizer;
    const count = formatCount(formatters, calls);
    return html`<span class="value-calls" aria-hidden="true">${count}</span
      ><span class="sr-only">${t(callMessages.callsTotal, { count }, calls)}</span>`;
  }

  /** In place of models that are not there yet, or cannot be. */
  #renderNote(): TemplateResult {
    const { t } = this.host.localizer;
    const { status } = this.#query.state;
    const isWaiting = status === 'loading' || status === 'idle';
    const text = isWaiting
      ? filterMessages.valuesLoading
      : status === 'failed'
        ? filterMessages.valuesFailed
        : callMessages.callsEmptyTitle;
    return html`<p class="note" role="status">${t(text)}</p>`;
  }

  #change(value: string): void {
    const chosen = this.#chosen;
    const next = chosen.includes(value)
      ? chosen.filter((each) => each !== value)
      : [...chosen, value];
    this.#set(next);
  }

  #clear(): void {
    // The button goes with the values.
    this.focusFirst();
    this.#set([]);
  }

  #set(values: readonly string[]): void {
    const filters = this.#port.getFilters();
    this.#port.onChange({ ...filters, [this.filter]: values.length === 0 ? undefined : values });
  }

  /** The panel is wider with counts, and had the focus while it had no boxes. */
  async #afterLoad(): Promise<void> {
    await this.host.updateComplete;
    this.place();
    if (this.find(this.panelSelector)?.matches(':focus') === true) this.focusFirst();
  }
}
