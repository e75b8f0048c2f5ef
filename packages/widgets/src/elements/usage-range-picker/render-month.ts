import { html, nothing, type TemplateResult } from 'lit';
import type { Formatters } from '../../format/intl-cache.js';
import { formatCount } from '../../format/number.js';
import { toIsoDate, type CalendarDay } from '../../format/zoned-day.js';
import * as icons from '../../templates/icons.js';
import { listWeekdays, listWeeks, toUtcMs, type CalendarMonth } from './month.view.js';
import { findPlace, type CustomDays } from './range-panel.view.js';

/** A month, what is marked in it, and what a person does with its days. */
export interface MonthGrid {
  formatters: Formatters;
  month: CalendarMonth;
  /** 0 is Sunday. */
  firstWeekday: number;
  /** Later days cannot be chosen: nothing has been used in them. */
  today: CalendarDay;
  /** The day that Tab leads to. */
  focused: CalendarDay;
  /** From the first to the last marked day. */
  days: CustomDays;
  onChoose: (day: CalendarDay) => void;
  onPoint: (day: CalendarDay) => void;
}

/** A month as a grid of days (ARIA Authoring Practices, date picker). */
export function renderMonth(grid: MonthGrid): TemplateResult {
  const { formatters, month, firstWeekday } = grid;
  const name = formatters
    .date({ year: 'numeric', month: 'long', timeZone: 'UTC' })
    .format(toUtcMs({ ...month, day: 1 }));
  return html`<div class="month">
    <div class="month-name" aria-hidden="true">${name}</div>
    <table role="grid" aria-label=${name}>
      <thead>
        <tr>
          ${listWeekdays(formatters, firstWeekday).map(
            ({ short, long }) => html`<th scope="col" abbr=${long} title=${long}>${short}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${listWeeks(month, firstWeekday).map(
          (week) =>
            html`<tr>
              ${week.map((day) => renderDay(day, grid))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderDay(
  day: CalendarDay | null,
  { formatters, today, focused, days, onChoose, onPoint }: MonthGrid,
): TemplateResult {
  if (day === null) return html`<td></td>`;
  const text = toIsoDate(day);
  const place = findPlace(day, days);
  const name = formatters.date({ dateStyle: 'full', timeZone: 'UTC' }).format(toUtcMs(day));
  return html`<td class=${place} aria-selected=${String(place !== 'outside')}>
    <button
      type="button"
      data-day=${text}
      tabindex=${text === toIsoDate(focused) ? 0 : -1}
      aria-label=${name}
      aria-current=${text === toIsoDate(today) ? 'date' : nothing}
      ?disabled=${text > toIsoDate(today)}
      @click=${() => onChoose(day)}
      @mouseenter=${() => onPoint(day)}
    >
      ${formatCount(formatters, day.day)}
    </button>
  </td>`;
}

/** The button that leads to another month. */
export function renderStep(
  name: string,
  label: string,
  onPress: () => void,
  isDisabled = false,
): TemplateResult {
  return html`<button
    type="button"
    class="button quiet icon ${name}"
    aria-label=${label}
    ?disabled=${isDisabled}
    @click=${onPress}
  >
    ${icons.chevron()}
  </button>`;
}
