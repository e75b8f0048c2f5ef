import {
  html,
  nothing,
  type CSSResultGroup,
  type TemplateResult,
  type PropertyDeclarations,
} from 'lit';
import { UsageRangeChangeEvent } from '../../events/usage-range-change.js';
import { formatCount } from '../../format/number.js';
import type { RangeInput } from '../../format/range.js';
import { resolveElementRange } from '../../controllers/range-query.js';
import { renderSegments } from '../../templates/segments.js';
import { UsageElement } from '../../base/usage-element.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { segmentsStyles } from '../../styles/segments.styles.js';
import { usageRangePickerStyles } from './usage-range-picker.styles.js';
import {
  findPreset,
  checkCustomDays,
  MAX_RANGE_DAYS,
  PRESET_DAYS,
  toCustomDays,
  type CustomDays,
} from './usage-range-picker.view.js';
import { rangeMessages } from '../../locales/en/range.js';

/**
 * Chooses the range of everything in the same provider: 7, 30 or 90 days, which follow now, or two days.
 *
 * @summary The range of the page.
 * @fires usage-range-change - when a person chooses; cancelable, else the provider's range is set
 * @csspart custom - the form of two days
 * @csspart picker - everything
 * @csspart segments - the row of choices
 * @csspart zone - the time zone
 */
export class UsageRangePicker extends UsageElement {
  static readonly tagName: string = 'usage-range-picker';
  static override properties: PropertyDeclarations = {
    isCustomOpen: { state: true },
    problem: { state: true },
  };
  static override styles: CSSResultGroup = [
    UsageElement.styles,
    controlStyles,
    segmentsStyles,
    usageRangePickerStyles,
  ];

  private isCustomOpen = false;
  private problem: MessageDefinition | null = null;

  protected override render(): TemplateResult {
    const { t, formatters } = this.localizer;
    const { range } = this.settings;
    const preset = this.isCustomOpen ? 'custom' : findPreset(range);
    const segments = [
      ...PRESET_DAYS.map((days) => ({
        value: String(days),
        label: t(rangeMessages.rangeDays, { count: formatCount(formatters, days) }, days),
      })),
      { value: 'custom', label: t(rangeMessages.rangeCustom) },
    ];
    return html`<div class="picker" part="picker">
      ${renderSegments(t(rangeMessages.range), segments, preset, (value) => this.#choose(value))}
      <span class="zone" part="zone">${this.timeZoneLabel}</span>
      ${preset === 'custom' ? this.#renderCustom() : nothing}
    </div>`;
  }

  #renderCustom(): TemplateResult {
    const { t } = this.localizer;
    const resolved = resolveElementRange(this);
    const days: CustomDays =
      resolved === null
        ? { from: '', to: '' }
        : toCustomDays(this.localizer.formatters, resolved, this.settings.timeZone);
    const field = (name: keyof CustomDays, label: string): TemplateResult =>
      html`<label class="field"
        ><span>${label}</span>
        <input class="input" type="date" name=${name} required .value=${days[name]}
      /></label>`;
    return html`<form class="custom" part="custom" novalidate @submit=${this.#onSubmit}>
      ${field('from', t(rangeMessages.rangeFrom))} ${field('to', t(rangeMessages.rangeTo))}
      <button class="button" type="submit">${t(rangeMessages.rangeApply)}</button>
      <span class="error" role="alert"
        >${this.problem === null ? nothing : t(this.problem, { days: MAX_RANGE_DAYS })}</span
      >
    </form>`;
  }

  #choose(value: string): void {
    this.isCustomOpen = value === 'custom';
    this.problem = null;
    if (!this.isCustomOpen) this.#set({ from: `last-${value}-days`, to: '' });
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: keyof CustomDays): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    const days = { from: text('from'), to: text('to') };
    this.problem = checkCustomDays(days);
    if (this.problem !== null) return;
    this.isCustomOpen = false;
    this.#set(days);
  };

  #set(range: RangeInput): void {
    const isAllowed = this.dispatchEvent(new UsageRangeChangeEvent(range));
    if (!isAllowed) return;
    const { setRange } = this.settings;
    if (setRange !== undefined && this.from === undefined) return setRange(range);
    this.from = range.from;
    this.to = range.to;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-range-picker': UsageRangePicker;
  }
}
