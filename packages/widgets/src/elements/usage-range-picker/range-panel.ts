import { html, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import { resolveElementRange } from '../../controllers/range-query.js';
import { formatCount } from '../../format/number.js';
import {
  parseIsoDate,
  toCalendarDay,
  toIsoDate,
  type CalendarDay,
} from '../../format/zoned-day.js';
import { rangeMessages } from '../../locales/en/range.js';
import { rangePanelMessages } from '../../locales/en/range-panel.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { adoptStyles } from '../../utils/adopt-styles.js';
import { getDocumentElement } from '../../utils/natives.js';
import { placePanel } from '../../utils/place-panel.js';
import {
  addMonths,
  followDay,
  getFirstWeekday,
  isBefore,
  moveDay,
  toOrdered,
  type CalendarMonth,
} from './month.view.js';
import { rangePanelStyles } from './range-panel.styles.js';
import {
  checkCustomDays,
  countDays,
  MAX_RANGE_DAYS,
  toCustomDays,
  type CustomDays,
} from './range-panel.view.js';
import { renderMonth, renderStep } from './render-month.js';

/** From this width of the window on, two months stand side by side; the styles have it too. */
const TWO_MONTHS_FROM_PX = 640;

/** The panel in which a person chooses two days: fields to type in, and months to click in. */
export class RangePanel {
  readonly #host: UsageElement;
  readonly #onApply: (days: CustomDays) => void;
  #isOpen = false;
  #days: CustomDays = { from: '', to: '' };
  /** The first day has been clicked, the second has not. */
  #isChoosingEnd = false;
  /** Below the pointer, or focused, while the second day is chosen. */
  #pointed: CalendarDay | null = null;
  /** The day that Tab leads to. */
  #focused: CalendarDay;
  /** The last month that is shown. */
  #month: CalendarMonth;
  #problem: MessageDefinition | null = null;

  constructor(host: UsageElement, onApply: (days: CustomDays) => void) {
    this.#host = host;
    this.#onApply = onApply;
    this.#focused = this.#today;
    this.#month = this.#today;
    adoptStyles(host, rangePanelStyles);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens the panel. From then on the browser opens and closes it when the button is pressed. */
  async show(): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const panel = this.#find('.range-panel');
    const button = this.#button;
    if (panel === null || button === null) return;
    button.popoverTargetElement = panel;
    panel.showPopover();
  }

  /** The browser closes what is removed, without saying so in time. */
  disconnect(): void {
    this.#isOpen = false;
  }

  render(): TemplateResult {
    const { t } = this.#host.localizer;
    const [earlier, later] = [addMonths(this.#month, -1), this.#month];
    const isLast = !isBefore(this.#month, this.#today);
    return html`<div
      class="range-panel"
      part="custom"
      popover="auto"
      role="dialog"
      aria-label=${t(rangeMessages.rangeCustom)}
      @beforetoggle=${this.#onBeforeToggle}
      @toggle=${this.#onToggle}
      @keydown=${this.#onKey}
    >
      <form novalidate @submit=${this.#onSubmit}>
        <div class="fields">
          ${this.#renderField('from', t(rangePanelMessages.rangeFrom))}
          ${this.#renderField('to', t(rangePanelMessages.rangeTo))}
        </div>
        <div class="months" @mouseleave=${() => this.#point(null)}>
          ${renderStep('step-back', t(rangePanelMessages.rangePreviousMonth), () => this.#turn(-1))}
          ${[earlier, later].map((month) => this.#renderMonth(month))}
          ${renderStep('step-on', t(rangePanelMessages.rangeNextMonth), () => this.#turn(1), isLast)}
        </div>
        <div class="range-actions">
          <span class="range-note" role="alert">${this.#renderNote()}</span>
          <button class="button" type="button" @click=${() => this.#close()}>
            ${t(rangePanelMessages.rangeCancel)}
          </button>
          <button class="button primary" type="submit">${t(rangePanelMessages.rangeApply)}</button>
        </div>
      </form>
    </div>`;
  }

  #renderField(name: keyof CustomDays, label: string): TemplateResult {
    return html`<label class="field"
      ><span>${label}</span
      ><input
        class="input"
        type="date"
        name=${name}
        required
        .value=${this.#days[name]}
        @input=${this.#onInput}
    /></label>`;
  }

  #renderMonth(month: CalendarMonth): TemplateResult {
    const { formatters } = this.#host.localizer;
    return renderMonth({
      formatters,
      month,
      firstWeekday: this.#firstWeekday,
      today: this.#today,
      focused: this.#focused,
      days: this.#shownDays,
      onChoose: (day) => this.#choose(day),
      onPoint: (day) => this.#point(day),
    });
  }

  #renderNote(): TemplateResult | string {
    const { t, formatters } = this.#host.localizer;
    if (this.#problem !== null) {
      return html`<span class="error">${t(this.#problem, { days: MAX_RANGE_DAYS })}</span>`;
    }
    const days = countDays(this.#shownDays);
    if (days === null) return '';
    return t(rangeMessages.rangeDays, { count: formatCount(formatters, days) }, days);
  }

  get #firstWeekday(): number {
    return getFirstWeekday(this.#host.localizer.formatters.locale);
  }

  get #today(): CalendarDay {
    const { localizer, settings } = this.#host;
    return toCalendarDay(localizer.formatters, settings.store.now(), settings.timeZone);
  }

  /** The days that are marked: those of the fields, or up to where the pointer is. */
  get #shownDays(): CustomDays {
    const start = parseIsoDate(this.#days.from);
    if (!this.#isChoosingEnd || start === null || this.#pointed === null) return this.#days;
    return toOrdered(start, this.#pointed);
  }

  get #button(): HTMLButtonElement | null {
    return this.#host.renderRoot.querySelector<HTMLButtonElement>('[aria-expanded]');
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }

  #choose(day: CalendarDay): void {
    const start = this.#isChoosingEnd ? parseIsoDate(this.#days.from) : null;
    this.#days = toOrdered(start ?? day, day);
    this.#isChoosingEnd = start === null;
    this.#problem = null;
    this.#focus(day);
  }

  #point(day: CalendarDay | null): void {
    if (!this.#isChoosingEnd) return;
    this.#pointed = day;
    this.#host.requestUpdate();
  }

  /** Makes a day the one that Tab leads to, and shows its month. */
  #focus(day: CalendarDay): void {
    this.#focused = day;
    this.#pointed = day;
    const shown = getDocumentElement().clientWidth >= TWO_MONTHS_FROM_PX ? 2 : 1;
    this.#month = followDay(day, this.#month, shown);
    this.#host.requestUpdate();
  }

  async #focusDay(): Promise<void> {
    await this.#host.updateComplete;
    this.#find('.range-panel [tabindex="0"]')?.focus();
  }

  #turn(months: number): void {
    this.#month = addMonths(this.#month, months);
    this.#focused = { ...this.#month, day: 1 };
    this.#host.requestUpdate();
  }

  /** Closes the panel by its own keys and buttons; a press elsewhere leaves the focus there. */
  #close(): void {
    this.#find('.range-panel')?.hidePopover();
    this.#button?.focus();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#close();
    if ((event.target as Element).closest('td') === null) return;
    const isRtl = getComputedStyle(this.#host).direction === 'rtl';
    const day = moveDay(this.#focused, event.key, this.#firstWeekday, isRtl);
    if (day === null) return;
    event.preventDefault();
    if (toIsoDate(day) > toIsoDate(this.#today)) return;
    this.#focus(day);
    void this.#focusDay();
  };

  readonly #onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    this.#days = { ...this.#days, [name]: value };
    this.#isChoosingEnd = false;
    this.#problem = null;
    const day = parseIsoDate(value);
    if (day !== null && toIsoDate(day) <= toIsoDate(this.#today)) this.#focus(day);
    this.#host.requestUpdate();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#problem = checkCustomDays(this.#days);
    this.#host.requestUpdate();
    if (this.#problem !== null) return;
    this.#close();
    this.#onApply(this.#days);
  };

  readonly #onBeforeToggle = (event: ToggleEvent): void => {
    if (event.newState !== 'open') return;
    const { localizer, settings } = this.#host;
    const resolved = resolveElementRange(this.#host);
    const today = this.#today;
    this.#days =
      resolved === null
        ? { from: '', to: '' }
        : toCustomDays(localizer.formatters, resolved, settings.timeZone);
    this.#isChoosingEnd = false;
    this.#problem = null;
    const last = parseIsoDate(this.#days.to) ?? today;
    const isFuture = toIsoDate(last) > toIsoDate(today);
    this.#month = isFuture ? today : last;
    this.#focus(isFuture ? today : last);
  };

  readonly #onToggle = async (event: ToggleEvent): Promise<void> => {
    this.#isOpen = event.newState === 'open';
    this.#host.requestUpdate();
    if (!this.#isOpen) return;
    await this.#host.updateComplete;
    const panel = this.#find('.range-panel');
    const button = this.#button;
    if (panel === null || button === null) return;
    placePanel(panel, button);
    await this.#focusDay();
  };
}
