import { html, nothing, type TemplateResult } from 'lit';
import { alertMessages } from '../../locales/en/alerts.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import * as icons from '../../templates/icons.js';
import type { RuleView } from './usage-alerts.view.js';

/** What can be done with a rule. */
export interface RuleActions {
  isBusy: boolean;
  /** Whether its deletion is to be confirmed. */
  isConfirming: boolean;
  onAcknowledge: () => void;
  onSnooze: (isSnoozed: boolean) => void;
  onEdit: () => void;
  onDelete: () => void;
  onConfirm: () => void;
  onCancel: () => void;
}

/** A rule with its state, its history and its buttons. @param actions `null`: nothing can be changed */
export function renderRule(
  localizer: Localizer,
  view: RuleView,
  actions: RuleActions | null,
): TemplateResult {
  const { t } = localizer;
  return html`<li class="alert" part="alert">
    <div class="line">
      <strong>${view.name}</strong>
      <span class="chip ${view.state}" part="state">${view.stateText}</span>
    </div>
    <p>${view.value}</p>
    <p class="muted">${view.watched}. ${view.levels}</p>
    ${view.notes.length === 0 ? nothing : html`<p class="muted">${view.notes.join(', ')}</p>`}
    <details part="history">
      <summary>${icons.chevron()} ${t(alertMessages.alertHistory)}</summary>
      ${
        view.history.length === 0
          ? html`<p class="muted">${t(alertMessages.alertHistoryNone)}</p>`
          : html`<ul class="history">
              ${view.history.map((line) => html`<li>${line}</li>`)}
            </ul>`
      }
    </details>
    ${actions === null ? nothing : renderActions(localizer, view, actions)}
  </li>`;
}

function renderActions({ t }: Localizer, view: RuleView, actions: RuleActions): TemplateResult {
  const button = (label: MessageDefinition, onClick: () => void): TemplateResult =>
    html`<button
      class="button"
      type="button"
      aria-label="${t(label)}: ${view.name}"
      ?disabled=${actions.isBusy}
      @click=${onClick}
    >
      ${t(label)}
    </button>`;
  if (actions.isConfirming) {
    return html`<div class="choices" role="group">
      <span>${t(alertMessages.alertDeleteConfirm, { name: view.name })}</span>
      ${button(alertMessages.alertDelete, actions.onConfirm)}
      ${button(alertMessages.alertCancel, actions.onCancel)}
    </div>`;
  }
  const snooze = view.isSnoozed ? alertMessages.alertUnsnooze : alertMessages.alertSnooze;
  return html`<div class="choices">
    ${view.canAcknowledge ? button(alertMessages.alertAcknowledge, actions.onAcknowledge) : nothing}
    ${button(snooze, () => {
      actions.onSnooze(view.isSnoozed);
    })}
    ${
      view.canEdit
        ? html`${button(alertMessages.alertEdit, actions.onEdit)}
          ${button(alertMessages.alertDelete, actions.onDelete)}`
        : nothing
    }
  </div>`;
}
