import type { CallStatus, CallType } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { formatDurationTick } from '../../format/duration.js';
import * as icons from '../../templates/icons.js';
import type { Localizer } from '../../locales/localizer.js';
import { TYPE_LABELS } from '../../view-models/type-labels.js';
import { STATUS_LABELS } from './usage-call-history.view.js';
import { callMessages } from '../../locales/en/calls.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { modelMessages } from '../../locales/en/models.js';
import { tableMessages } from '../../locales/en/tables.js';

/** What the list is narrowed to; missing members do not narrow. A type, not an interface: it is also query parameters. */
export type CallFilters = {
  model?: string | undefined;
  status?: CallStatus | undefined;
  type?: CallType | undefined;
  /** Milliseconds. */
  minDurationMs?: number | undefined;
  /** Beginning of an id or a trace id. */
  search?: string | undefined;
};

const STATUSES = Object.keys(STATUS_LABELS) as CallStatus[];
const TYPES = Object.keys(TYPE_LABELS) as CallType[];

/** As the API takes it. */
const MAX_SEARCH_LENGTH = 128;
const DURATION = /^[1-9]\d{0,9}(\.\d{1,3})?$/;
/** To choose from, milliseconds; a link may name another one. */
const MIN_DURATIONS_MS: readonly number[] = [1_000, 3_000, 10_000, 30_000, 60_000, 300_000];

/** Filters from the choices of a view state, e.g. of a URL; an unknown status, type or duration is ignored. */
export function toCallFilters(choices: Readonly<Record<string, string>>): CallFilters {
  return {
    model: choices['model'] || undefined,
    status: STATUSES.find((status) => status === choices['status']),
    type: TYPES.find((type) => type === choices['type']),
    minDurationMs: DURATION.test(choices['minDurationMs'] ?? '')
      ? Number(choices['minDurationMs'])
      : undefined,
    search: toSearch(choices['search'] ?? ''),
  };
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

/** How many filters are set. */
export function countFilters(filters: CallFilters): number {
  return Object.values(filters).filter((value) => value !== undefined).length;
}

/** The filters with what they can be set to. */
export interface CallFilterControls {
  filters: CallFilters;
  models: readonly string[];
  /** On a narrow element the choices are behind a button. */
  isOpen: boolean;
  onToggle: () => void;
  onChange: (filters: CallFilters) => void;
  onSearch: (text: string) => void;
}

/** The search, and model, status, type and duration as native selects; a disclosure on a narrow card. */
export function renderCallFilters(
  localizer: Localizer,
  controls: CallFilterControls,
): TemplateResult {
  const { t } = localizer;
  const { filters, isOpen, onToggle } = controls;
  const count = countFilters(filters);
  return html`<div class="filters" part="filters">
    <button
      type="button"
      class="button filters-toggle"
      aria-expanded=${String(isOpen)}
      @click=${onToggle}
    >
      ${icons.filter()}${t(tableMessages.filters)}${count === 0 ? nothing : html` (${count})`}
    </button>
    <div class="filter-list ${isOpen ? 'open' : ''}">
      ${renderSearch(localizer, controls)}
      ${toChoices(localizer, controls).map((choice) => renderChoice(localizer, choice, controls))}
    </div>
  </div>`;
}

/** A filter with one of several values. */
interface Choice {
  label: MessageDefinition;
  /** Empty: all. */
  chosen: string;
  options: readonly { value: string; label: string }[];
  toFilter: (value: string) => CallFilters;
}

function toChoices(localizer: Localizer, { filters, models }: CallFilterControls): Choice[] {
  const { t } = localizer;
  const { model = '', status = '', type = '', minDurationMs } = filters;
  const durations = new Set([...MIN_DURATIONS_MS, ...(minDurationMs ? [minDurationMs] : [])]);
  return [
    {
      label: modelMessages.model,
      chosen: model,
      // A link may name a model that the range does not know.
      options: [...(model && !models.includes(model) ? [model] : []), ...models].map(toOption),
      toFilter: (value) => ({ model: value || undefined }),
    },
    {
      label: callMessages.callStatus,
      chosen: status,
      options: STATUSES.map((value) => ({ value, label: t(STATUS_LABELS[value]) })),
      toFilter: (value) => ({ status: STATUSES.find((one) => one === value) }),
    },
    {
      label: callMessages.callType,
      chosen: type,
      options: TYPES.map((value) => ({ value, label: t(TYPE_LABELS[value]) })),
      toFilter: (value) => ({ type: TYPES.find((one) => one === value) }),
    },
    {
      label: callMessages.callDuration,
      chosen: minDurationMs?.toString() ?? '',
      options: [...durations]
        .sort((a, b) => a - b)
        .map((ms) => ({ value: String(ms), label: formatMinDuration(localizer, ms) })),
      toFilter: (value) => ({ minDurationMs: Number(value) || undefined }),
    },
  ];
}

const toOption = (value: string): { value: string; label: string } => ({ value, label: value });

function renderChoice(
  { t }: Localizer,
  { label, chosen, options, toFilter }: Choice,
  { filters, onChange }: CallFilterControls,
): TemplateResult {
  const choose = (event: Event): void => {
    onChange({ ...filters, ...toFilter((event.target as HTMLSelectElement).value) });
  };
  return html`<label class="filter"
    ><span>${t(label)}</span>
    <select class="select" @change=${choose}>
      <option value="" .selected=${chosen === ''}>${t(tableMessages.all)}</option>
      ${options.map(
        (option) =>
          html`<option value=${option.value} .selected=${option.value === chosen}>
            ${option.label}
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
