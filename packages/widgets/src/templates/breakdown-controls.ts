import type { TrendGrouping } from '@usage-kit/server-sdk/contract';
import { html, type TemplateResult } from 'lit';
import { trendMessages } from '../locales/en/trends.js';
import type { Localizer } from '../locales/localizer.js';
import type { MessageDefinition } from '../locales/messages.js';

const LABELS: Readonly<Record<TrendGrouping, MessageDefinition>> = {
  model: trendMessages.breakdownModel,
  provider: trendMessages.breakdownProvider,
  type: trendMessages.breakdownType,
  project: trendMessages.breakdownProject,
};

/** What a person chose, and what a choice does. */
export interface BreakdownChoice {
  /** What the element can be broken down by. */
  groupings: readonly TrendGrouping[];
  /** `undefined`: it is not broken down. */
  groupBy: TrendGrouping | undefined;
  compare: boolean;
  onGroupBy: (groupBy: TrendGrouping | undefined) => void;
  onCompare: (compare: boolean) => void;
}

/** The choice by what a trend is broken down, and the button that compares it with the period before. */
export function renderBreakdownControls(
  { t }: Localizer,
  { groupings, groupBy, compare, onGroupBy, onCompare }: BreakdownChoice,
): TemplateResult {
  const onChange = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    onGroupBy(groupings.find((known) => known === value));
  };
  return html`<span class="breakdown">
    <select
      class="select"
      part="breakdown"
      aria-label=${t(trendMessages.breakdown)}
      @change=${onChange}
    >
      <option value="" .selected=${groupBy === undefined}>${t(trendMessages.breakdownNone)}</option>
      ${groupings.map(
        (value) =>
          html`<option value=${value} .selected=${value === groupBy}>${t(LABELS[value])}</option>`,
      )}
    </select>
    <button
      class="button"
      part="compare"
      type="button"
      title=${t(trendMessages.compareHint)}
      aria-pressed=${String(compare)}
      @click=${() => onCompare(!compare)}
    >
      ${t(trendMessages.compare)}
    </button>
  </span>`;
}
