import type { CallStatus, CallType } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { formatDurationTick } from '../../format/duration.js';
import * as icons from '../../templates/icons.js';
import type { Localizer } from '../../locales/localizer.js';
import { TYPE_LABELS } from '../../view-models/type-labels.js';
import type { FilterSheet } from './call-filter-sheet.js';
import { STATUS_LABELS } from './usage-call-history.view.js';
import { callMessages } from '../../locales/en/calls.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { modelMessages } from '../../locales/en/models.js';
import { tableMessages } from '../../locales/en/tables.js';
import { lookUp } from '../../utils/look-up.js';
import { VALUE_FILTERS, readFilterValues, type ValueFilter } from '../../utils/filter-values.js';

/** What the list is narrowed to; missing members do not narrow, lists are not empty. A type, not an interface: it is also query parameters. */
export type CallFilters = {
  model?: readonly string[] | undefined;
  status?: readonly CallStatus[] | undefined;
  type?: readonly CallType[] | undefined;
  /** Milliseconds. */
  minDurationMs?: number | undefined;
  /** Beginning of an id or a trace id. */
  search?: string | undefined;
};

/** What each filter of several values is called. */
export const FILTER_LABELS: Readonly<Record<ValueFilter, MessageDefinition>> = {
  model: modelMessages.model,
  status: callMessages.callStatus,
  type: callMessages.callType,
};

/** Values that a filter has whatever the range is. */
export const KNOWN_VALUES = {
  model: [],
  status: Object.keys(STATUS_LABELS) as CallStatus[],
  type: Object.keys(TYPE_LABELS) as CallType[],
} as const;

/** As the API takes it. */
const MAX_SEARCH_LENGTH = 128;
const MAX_VALUES = 20;
const DURATION = /^[1-9]\d{0,9}(\.\d{1,3})?$/;
/** To choose from, milliseconds; a link may name another one. */
const MIN_DURATIONS_MS: readonly number[] = [1_000, 3_000, 10_000, 30_000, 60_000, 300_000];

/** Filters from the choices of a view state, e.g. of a URL; an unknown status, type or duration is ignored. */
export function toCallFilters(choices: Readonly<Record<string, string>>): CallFilters {
  const [model, status, type] = VALUE_FILTERS.map((filter) => readFilterValues(choices[filter]));
  const toKnown = <Value extends string>(
    known: readonly Value[],
    values: readonly string[] = [],
  ): Value[] => known.filter((value) => values.includes(value));
  return {
    model: toList(model),
    status: toList(toKnown(KNOWN_VALUES.status, status)),
    type: toList(toKnown(KNOWN_VALUES.type, type)),
    minDurationMs: DURATION.test(choices['minDurationMs'] ?? '')
      ? Number(choices['minDurationMs'])
      : undefined,
    search: toSearch(choices['search'] ?? ''),
  };
}

function toList<Value>(values: readonly Value[] = []): readonly Value[] | undefined {
  return values.length === 0 ? undefined : values.slice(0, MAX_VALUES);
}

/** What is typed or stands in a link, as the API takes it: short, and without control characters. */
export function toSearch(text: string): string | undefined {
  const cut = text.trim().slice(0, MAX_SEARCH_LENGTH);
  return cut.replace(/\p{Cc}|\p{Cs}/gu, '').trim() || undefined;
}

/** A minimum duration as it is read: `≥ 3s`. */
export function formatMinDuration({ t, formatters }: Localizer, durationMs: number): string {
  return t(callMessages.atLeast, { value: formatDurationTick(formatters, durationMs) });
}

/** A value as it is read: a model by its name. */
export function formatFilterValue({ t }: Localizer, filter: ValueFilter, value: string): string {
  const label = lookUp<MessageDefinition>(
    filter === 'status' ? STATUS_LABELS : filter === 'type' ? TYPE_LABELS : {},
    value,
  );
  return label === undefined ? value : t(label);
}

/** How many values are set, of all filters. */
export function countFilters(filters: CallFilters): number {
  return Object.values(filters).flatMap((value) => value ?? []).length;
}

/** The filters with what they can be set to. */
export interface CallFilterControls {
  filters: CallFilters;
  /** Where they are on a narrow element. */
  sheet: FilterSheet;
  onChange: (filters: CallFilters) => void;
  onSearch: (text: string) => void;
  /** The menus of the filters that take several values. */
  values: {
    isOpen: (filter: ValueFilter) => boolean;
    toggle: (filter: ValueFilter) => unknown;
    render: () => unknown;
  };
}

/** The search, the menus of model, status and type, and the duration as a native select; on a narrow card in a sheet. */
export function renderCallFilters(
  localizer: Localizer,
  controls: CallFilterControls,
): TemplateResult {
  const { t } = localizer;
  const { filters, sheet, values } = controls;
  const count = countFilters(filters);
  const list = html`<div class="filter-list">
      ${renderSearch(localizer, controls)}
      ${VALUE_FILTERS.map((filter) => renderValueFilter(localizer, filter, controls))}
      ${renderDuration(localizer, controls)}
    </div>
    ${values.render()}`;
  return html`<div class="filters" part="filters">
    <button type="button" class="button filters-toggle" aria-haspopup="dialog" @click=${sheet.open}>
      ${icons.filter()}${t(tableMessages.filters)}${count === 0 ? nothing : html` (${count})`}
    </button>
    ${sheet.isOpen ? sheet.render(list) : list}
  </div>`;
}

/** A button that says what is chosen and opens the menu. */
function renderValueFilter(
  localizer: Localizer,
  filter: ValueFilter,
  { filters, values }: CallFilterControls,
): TemplateResult {
  const { t } = localizer;
  const [first, ...others] = filters[filter] ?? [];
  const label = t(FILTER_LABELS[filter]);
  const text =
    first === undefined ? t(tableMessages.all) : formatFilterValue(localizer, filter, first);
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return html`<div class="filter">
    <span aria-hidden="true">${label}</span>
    <button
      type="button"
      class="button select values-button"
      part="filter-button"
      data-filter=${filter}
      aria-label=${`${label}: ${text}${more}`}
      aria-expanded=${String(values.isOpen(filter))}
      @click=${() => values.toggle(filter)}
    >
      <span>${text}</span>${more}${icons.expand()}
    </button>
  </div>`;
}

function renderDuration(
  localizer: Localizer,
  { filters, onChange }: CallFilterControls,
): TemplateResult {
  const { t } = localizer;
  const { minDurationMs: chosen } = filters;
  const durations = new Set([...MIN_DURATIONS_MS, ...(chosen ? [chosen] : [])]);
  const choose = (event: Event): void => {
    const minDurationMs = Number((event.target as HTMLSelectElement).value) || undefined;
    onChange({ ...filters, minDurationMs });
  };
  return html`<label class="filter"
    ><span>${t(callMessages.callDuration)}</span>
    <select class="select" @change=${choose}>
      <option value="" .selected=${chosen === undefined}>${t(tableMessages.all)}</option>
      ${[...durations]
        .sort((a, b) => a - b)
        .map(
          (ms) =>
            html`<option value=${ms} .selected=${ms === chosen}>
              ${formatMinDuration(localizer, ms)}
            </option>`,
        )}
    </select></label
  >`;
}

/** Not bound to what is searched for: that would take back what is being typed. See {@link fillSearch}. */
function renderSearch({ t }: Localizer, { onSearch }: CallFilterControls): TemplateResult {
  return html`<label class="search" part="search">
    ${icons.search()}<span class="sr-only">${t(callMessages.searchCalls)}</span>
    <input
      class="input"
      type="search"
      autocomplete="off"
      spellcheck="false"
      maxlength=${MAX_SEARCH_LENGTH}
      placeholder=${t(callMessages.searchCallsHint)}
      @input=${(event: Event) => onSearch((event.target as HTMLInputElement).value)}
    />
  </label>`;
}

/** Writes a search that was not typed into its field. */
export function fillSearch(root: ParentNode, search: string | undefined): void {
  const input = root.querySelector<HTMLInputElement>('.search input');
  if (input !== null && toSearch(input.value) !== search) input.value = search ?? '';
}
