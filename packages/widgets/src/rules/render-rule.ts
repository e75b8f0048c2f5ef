import { html, nothing, type TemplateResult } from 'lit';
import { alertMessages } from '../locales/en/alerts.js';
import type { Localizer } from '../locales/localizer.js';
import type { MessageDefinition } from '../locales/messages.js';
import * as icons from '../templates/icons.js';
import type { NoteView, RuleBaseView } from './rule-base.view.js';
import type { RuleProblem } from './rule-changes.js';

/** What can be done with a rule. */
export interface RuleActions {
  /** Whether the page may change anything. */
  canWrite: boolean;
  isBusy: boolean;
  /** Whether its deletion is to be confirmed. */
  isConfirming: boolean;
  problem: RuleProblem | null;
  onAcknowledge: () => void;
  onSnooze: () => void;
  onEdit: () => void;
  onDelete: () => void;
  onKeep: () => void;
  onConfirm: () => void;
}

/** The name of a rule, its state and remarks. @param tone how the state is meant */
export function renderRuleHead(
  view: RuleBaseView,
  state: string,
  tone: 'good' | 'warning' | 'bad' | 'neutral',
): TemplateResult {
  return html`<div class="rule-head">
    <span class="rule-name">${view.name}</span>
    <span class="chip ${tone}" part="state">${state}</span>
    ${view.notes.map(renderNote)}
  </div>`;
}

function renderNote({ text, title = '' }: NoteView): TemplateResult {
  return html`<span class="note" part="note" title=${title}>${text}</span>`;
}

/** What did not work. */
export function renderProblem(
  { t }: Localizer,
  problem: RuleProblem | null,
): TemplateResult | typeof nothing {
  if (problem === null) return nothing;
  const { message, detail } = problem;
  return html`<p class="failure" part="failure" role="alert">
    ${icons.warning(14)}<span>${t(message, { detail })}</span>
  </p>`;
}

/** The history of a rule and its buttons. */
export function renderRuleFoot(
  localizer: Localizer,
  view: RuleBaseView,
  actions: RuleActions,
): TemplateResult {
  return html`<div class="rule-foot">
      ${renderHistory(localizer, view)}
      ${actions.canWrite ? renderActions(localizer, view, actions) : nothing}
    </div>
    ${renderProblem(localizer, actions.problem)}`;
}

function renderHistory(
  { t, formatters }: Localizer,
  { history, isFiring }: RuleBaseView,
): TemplateResult {
  if (history.length === 0) {
    // What fires because of imported calls has made no event.
    return html`<span class="quiet-line"
      >${isFiring ? nothing : t(alertMessages.alertHistoryNone)}</span
    >`;
  }
  const count = formatters.number({}).format(history.length);
  return html`<details class="history" part="history">
    <summary>${icons.chevron()}${t(alertMessages.alertHistory)} (${count})</summary>
    <ol class="events">
      ${history.map(
        ({ type, time, text }) =>
          html`<li class=${type}><span class="event-time">${time}</span><span>${text}</span></li>`,
      )}
    </ol>
  </details>`;
}

function renderActions({ t }: Localizer, view: RuleBaseView, actions: RuleActions): TemplateResult {
  const button = (
    label: MessageDefinition,
    focus: string,
    onClick: () => void,
    look = 'quiet',
  ): TemplateResult =>
    html`<button
      class="button ${look}"
      type="button"
      data-focus=${focus}
      aria-label="${t(label)}: ${view.name}"
      aria-disabled=${String(actions.isBusy)}
      @click=${onClick}
    >
      ${t(label)}
    </button>`;
  if (actions.isConfirming) {
    return html`<div class="choices confirm" part="confirm" role="group">
      <span>${t(alertMessages.alertDeleteConfirm, { name: view.name })}</span>
      ${button(alertMessages.alertCancel, 'cancel', actions.onKeep, '')}
      ${button(alertMessages.alertDelete, 'confirm', actions.onConfirm, 'danger')}
    </div>`;
  }
  const snooze = view.isSnoozed ? alertMessages.alertUnsnooze : alertMessages.alertSnooze;
  return html`<div class="choices">
    ${
      view.canAcknowledge
        ? button(alertMessages.alertAcknowledge, 'acknowledge', actions.onAcknowledge, '')
        : nothing
    }
    ${view.canSnooze ? button(snooze, 'snooze', actions.onSnooze) : nothing}
    ${
      view.canEdit
        ? html`${button(alertMessages.alertEdit, 'edit', actions.onEdit)}
          ${button(alertMessages.alertDelete, 'delete', actions.onDelete)}`
        : nothing
    }
  </div>`;
}
