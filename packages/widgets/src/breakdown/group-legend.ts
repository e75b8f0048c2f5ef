import type { Trends } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { breakdownMessages } from '../locales/en/breakdown.js';
import type { Localizer } from '../locales/localizer.js';
import * as icons from '../templates/icons.js';
import type { GroupView } from './group-view.js';

/** What a person does with groups. */
export interface GroupActions {
  /** Shows one group only, or all of them again. */
  onIsolate: (index: number) => void;
  onToggle: (index: number) => void;
}

/** The groups with their figures of the range, each to be shown alone or hidden. */
export function renderGroupLegend(
  localizer: Localizer,
  groups: readonly GroupView[],
  actions: GroupActions,
): TemplateResult | typeof nothing {
  if (groups.length === 0) return nothing;
  const shown = groups.filter(({ isHidden }) => !isHidden);
  return html`<ul class="groups" part="legend" aria-label=${localizer.t(breakdownMessages.groups)}>
    ${groups.map((group) => renderGroup(localizer, group, shown, actions))}
  </ul>`;
}

/** The line of the period before; nothing where it is not shown. */
export function renderBeforeLegend(
  { t }: Localizer,
  { previous }: Trends,
): TemplateResult | typeof nothing {
  if (previous === undefined) return nothing;
  return html`<span class="legend-item"
    >${
      previous === null
        ? t(breakdownMessages.periodBeforeNone)
        : html`<span class="swatch dotted series-other"></span>${t(breakdownMessages.periodBefore)}`
    }</span
  >`;
}

function renderGroup(
  { t }: Localizer,
  { index, label, color, isHidden, figure, shareText }: GroupView,
  shown: readonly GroupView[],
  { onIsolate, onToggle }: GroupActions,
): TemplateResult {
  const isAlone = !isHidden && shown.length === 1;
  const isolate = isAlone
    ? t(breakdownMessages.groupShowAll)
    : t(breakdownMessages.groupIsolate, { group: label });
  const toggle = t(isHidden ? breakdownMessages.groupShow : breakdownMessages.groupHide, {
    group: label,
  });
  return html`<li class=${isHidden ? 'group hidden' : 'group'}>
    <button
      class="group-name"
      part="group"
      type="button"
      title=${isolate}
      aria-pressed=${String(isAlone)}
      @click=${() => onIsolate(index)}
    >
      <span class="swatch series-${color}"></span><span class="group-label">${label}</span>
      <span class="group-figure" title=${figure.title}>${figure.text}</span>
      <span class="muted">${shareText}</span>
    </button>
    <button
      class="group-eye"
      part="group-toggle"
      type="button"
      title=${toggle}
      aria-label=${toggle}
      @click=${() => onToggle(index)}
    >
      ${isHidden ? icons.eyeOff() : icons.eye()}
    </button>
  </li>`;
}
