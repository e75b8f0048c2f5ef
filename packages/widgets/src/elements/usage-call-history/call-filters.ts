import type { CallStatus, CallType } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import * as icons from '../../templates/icons.js';
import type { Localizer } from '../../locales/localizer.js';
import { TYPE_LABELS } from '../../view-models/type-labels.js';
import { STATUS_LABELS } from './usage-call-history.view.js';
import { callMessages } from '../../locales/en/calls.js';
import { modelMessages } from '../../locales/en/models.js';
import { tableMessages } from '../../locales/en/tables.js';

/** What the list is narrowed to; missing members do not narrow. A type, not an interface: it is also query parameters. */
export type CallFilters = {
  model?: string | undefined;
  status?: CallStatus | undefined;
  type?: CallType | undefined;
};

const STATUSES = Object.keys(STATUS_LABELS) as CallStatus[];
const TYPES = Object.keys(TYPE_LABELS) as CallType[];

/** Filters from the choices of a view state, e.g. of a URL; an unknown status or type is ignored. */
export function toCallFilters(choices: Readonly<Record<string, string>>): CallFilters {
  return {
    model: choices['model'] || undefined,
    status: STATUSES.find((status) => status === choices['status']),
    type: TYPES.find((type) => type === choices['type']),
  };
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
}

/** Model, status and type as native selects; a disclosure on a narrow card. */
export function renderCallFilters(
  { t }: Localizer,
  { filters, models, isOpen, onToggle, onChange }: CallFilterControls,
): TemplateResult {
  const count = countFilters(filters);
  const known = filters.model === undefined || models.includes(filters.model);
  const modelNames = known ? models : [filters.model ?? '', ...models];
  const select = (
    label: string,
    chosen: string | undefined,
    options: readonly { value: string; label: string }[],
    choose: (value: string) => CallFilters,
  ): TemplateResult =>
    html`<label class="filter"
      ><span>${label}</span>
      <select
        class="select"
        @change=${(event: Event) => onChange(choose((event.target as HTMLSelectElement).value))}
      >
        <option value="" .selected=${chosen === undefined}>${t(tableMessages.all)}</option>
        ${options.map(
          (option) =>
            html`<option value=${option.value} .selected=${option.value === chosen}>
              ${option.label}
            </option>`,
        )}
      </select></label
    >`;
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
      ${select(
        t(modelMessages.model),
        filters.model,
        modelNames.map((model) => ({ value: model, label: model })),
        (value) => ({ ...filters, model: value === '' ? undefined : value }),
      )}
      ${select(
        t(callMessages.callStatus),
        filters.status,
        STATUSES.map((status) => ({ value: status, label: t(STATUS_LABELS[status]) })),
        (value) => ({ ...filters, status: STATUSES.find((status) => status === value) }),
      )}
      ${select(
        t(callMessages.callType),
        filters.type,
        TYPES.map((type) => ({ value: type, label: t(TYPE_LABELS[type]) })),
        (value) => ({ ...filters, type: TYPES.find((type) => type === value) }),
      )}
    </div>
  </div>`;
}
