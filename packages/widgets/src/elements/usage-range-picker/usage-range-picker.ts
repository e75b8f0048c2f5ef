import { html, type CSSResultGroup, type TemplateResult } from 'lit';
import { UsageRangeChangeEvent } from '../../events/usage-range-change.js';
import { formatCount } from '../../format/number.js';
import type { RangeInput } from '../../format/range-input.js';
import { resolveElementRange } from '../../controllers/range-query.js';
import { renderSegments, type Segment } from '../../templates/segments.js';
import { UsageElement } from '../../base/usage-element.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { segmentsStyles } from '../../styles/segments.styles.js';
import { usageRangePickerStyles } from './usage-range-picker.styles.js';
import { AskedRange } from './asked-range.js';
import { RangePanelController } from './range-panel-controller.js';
import { findPreset, formatDays, PRESET_DAYS } from './usage-range-picker.view.js';
import { rangeMessages } from '../../locales/en/range.js';

/**
 * Chooses the range of everything in the same provider: 7, 30 or 90 days, which follow now, or two days.
 *
 * @summary The range of the page.
 * @fires usage-range-change - when a person chooses; cancel it to set the provider's range yourself, within 1.5 seconds
 * @csspart custom - the panel in which two days are chosen
 * @csspart picker - everything
 * @csspart segments - the row of choices
 * @csspart zone - the time zone
 */
export class UsageRangePicker extends UsageElement {
  static readonly tagName: string = 'usage-range-picker';
  static override styles: CSSResultGroup = [
    UsageElement.styles,
    controlStyles,
    segmentsStyles,
    usageRangePickerStyles,
  ];

  readonly #asked = new AskedRange(this);
  readonly #panel = new RangePanelController(this, (days) => this.#set(days));

  protected override render(): TemplateResult {
    const { t, formatters } = this.localizer;
    const preset = findPreset(this.#asked.range);
    const segments: Segment[] = [
      ...PRESET_DAYS.map((days) => ({
        value: String(days),
        label: t(rangeMessages.rangeDays, { count: formatCount(formatters, days) }, days),
      })),
      { value: 'custom', label: this.#customLabel, isExpanded: this.#panel.isOpen },
    ];
    return html`<div class="picker" part="picker">
      ${renderSegments(t(rangeMessages.range), segments, preset, (value) => this.#choose(value))}
      <span class="zone" part="zone">${this.timeZoneLabel}</span>
      ${this.#panel.render()}
    </div>`;
  }

  /** The days themselves, where no preset is chosen. */
  get #customLabel(): string {
    const { range } = this.#asked;
    const { timeZone } = this.settings;
    const resolved = findPreset(range) === 'custom' ? resolveElementRange(this, range) : null;
    return resolved === null
      ? this.localizer.t(rangeMessages.rangeCustom)
      : formatDays(this.localizer.formatters, resolved, timeZone);
  }

  #choose(value: string): void {
    if (value === 'custom') void this.#panel.show();
    else this.#set({ from: `last-${value}-days`, to: '' });
  }

  #set(range: RangeInput): void {
    const isAllowed = this.dispatchEvent(new UsageRangeChangeEvent(range));
    if (!isAllowed) return this.#asked.show(range);
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
