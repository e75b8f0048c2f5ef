import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount } from '../../format/number.js';
import type { Localizer } from '../../locales/localizer.js';
import { adviceMessages as messages } from '../../locales/en/advice.js';
import * as icons from '../../templates/icons.js';
import { toSafeUrl } from '../../utils/safe-url.js';
import type { renderArithmeticTable } from './advice-arithmetic.js';
import type { AdviceListView, AdviceView, EvidenceView } from './usage-advice.view.js';

/** Links to calls of a piece; the server may name more projects. */
const MAX_EVIDENCE = 3;

/** What a person can do about a piece. */
export type AdviceChange = 'dismissed' | 'done' | 'reopen';

/** What the list can do, and what it is doing. */
export interface AdviceActions {
  /** The piece whose change is being stored. */
  busyId: string | null;
  /** The piece whose change could not be stored. */
  failedId: string | null;
  onChange: (id: string, change: AdviceChange) => void;
  /** Pieces that are shown, the largest; the others on demand. */
  maxOpen: number;
  onShowAll: () => void;
  /** Renders an arithmetic; `null` before the first was opened. */
  renderTable: typeof renderArithmeticTable | null;
  onOpen: () => void;
  /** Where the calls are; `null`: only the event says so. */
  toHref: (evidence: EvidenceView) => string | null;
  onEvidence: (event: Event, evidence: EvidenceView) => void;
}

/** Open advice, then what was done or dismissed, then how the figures are to be read. */
export function renderAdviceList(
  localizer: Localizer,
  { open, settled, notes }: AdviceListView,
  actions: AdviceActions,
): TemplateResult {
  const { t, formatters } = localizer;
  const renderItems = (items: readonly AdviceView[]): TemplateResult =>
    html`<ul class="pieces">
      ${repeat(
        items,
        ({ id }) => id,
        (item) => renderItem(localizer, item, actions),
      )}
    </ul>`;
  const count = { count: formatCount(formatters, settled.length) };
  const shown = open.slice(0, actions.maxOpen);
  const more = open.length - shown.length;
  const moreCount = { count: formatCount(formatters, more) };
  return html`${shown.length === 0 ? nothing : renderItems(shown)}
  ${
    more === 0
      ? nothing
      : html`<button class="button more" part="more" type="button" @click=${actions.onShowAll}>
          ${t(messages.adviceMore, moreCount, more)}
        </button>`
  }
  ${
    settled.length === 0
      ? nothing
      : html`<details class="settled" part="settled">
          <summary>${icons.chevron()}${t(messages.adviceKept, count, settled.length)}</summary>
          ${renderItems(settled)}
        </details>`
  }
  ${notes.length === 0 ? nothing : html`<p class="notes" part="notes">${notes.join(' ')}</p>`}`;
}

function renderItem(
  localizer: Localizer,
  item: AdviceView,
  actions: AdviceActions,
): TemplateResult {
  const { id, state, sentence, saving, isLoss } = item;
  const isOpen = state === 'open';
  return html`<li class="piece ${isOpen ? '' : 'closed'}" part="advice" data-id=${id}>
    <div class="claim">
      <p class="sentence" part="claim">
        ${isOpen ? nothing : renderState(localizer, state)}${sentence}
      </p>
      ${
        saving === null || !isOpen
          ? nothing
          : html`<span class="saving ${isLoss ? 'loss' : ''}" part="saving" title=${saving.title}
              >${saving.text}</span
            >`
      }
    </div>
    ${isOpen ? renderReasons(localizer, item, actions) : renderOutcome(item)}
    ${renderChoices(localizer, item, actions)}
  </li>`;
}

function renderState({ t }: Localizer, state: AdviceView['state']): TemplateResult {
  const message = state === 'done' ? messages.adviceIsDone : messages.adviceIsDismissed;
  return html`<span class="chip ${state === 'done' ? 'good' : ''}">${t(message)}</span> `;
}

function renderReasons(
  localizer: Localizer,
  item: AdviceView,
  actions: AdviceActions,
): TemplateResult {
  const { details, assumption, evidence } = item;
  return html`<p class="details">${details.join(' · ')}</p>
    ${assumption === null ? nothing : html`<p class="assumption" part="assumption">${assumption}</p>`}
    ${renderArithmetic(localizer, item, actions)}
    ${
      evidence.length === 0
        ? nothing
        : html`<p class="evidence">
            ${evidence.slice(0, MAX_EVIDENCE).map((each) => renderEvidence(each, actions))}
          </p>`
    }`;
}

function renderEvidence(evidence: EvidenceView, actions: AdviceActions): TemplateResult {
  const href = actions.toHref(evidence);
  const onClick = (event: Event): void => {
    actions.onEvidence(event, evidence);
  };
  return toSafeUrl(href) === null
    ? html`<button class="link" type="button" part="evidence" @click=${onClick}>
        ${evidence.label}
      </button>`
    : html`<a href=${toSafeUrl(href)} part="evidence" @click=${onClick}>${evidence.label}</a>`;
}

function renderArithmetic(
  localizer: Localizer,
  { arithmetic }: AdviceView,
  { renderTable, onOpen }: AdviceActions,
): TemplateResult | typeof nothing {
  if (arithmetic === null) return nothing;
  return html`<details class="arithmetic" part="arithmetic" @toggle=${onOpen}>
    <summary>${icons.chevron()}${localizer.t(messages.adviceArithmetic)}</summary>
    ${renderTable?.(localizer, arithmetic) ?? nothing}
  </details>`;
}

function renderOutcome({ outcome }: AdviceView): TemplateResult | typeof nothing {
  if (outcome.length === 0) return nothing;
  return html`<p class="details" part="outcome">${outcome.join(' · ')}</p>`;
}

function renderChoices(
  { t }: Localizer,
  { id, state, sentence }: AdviceView,
  { busyId, failedId, onChange }: AdviceActions,
): TemplateResult {
  const button = (change: AdviceChange, label: string): TemplateResult =>
    html`<button
      class="button ${change === 'done' ? '' : 'quiet'}"
      type="button"
      aria-disabled=${String(busyId !== null)}
      @click=${() => {
        onChange(id, change);
      }}
    >
      ${label}
    </button>`;
  return html`<div
    class="choices"
    role="group"
    aria-label=${t(messages.adviceActionsOf, { claim: sentence })}
  >
    ${
      state === 'open'
        ? [button('done', t(messages.adviceDone)), button('dismissed', t(messages.adviceDismiss))]
        : button('reopen', t(messages.adviceUndo))
    }
    <span class="failure" role="status"
      >${failedId === id ? t(messages.adviceChangeFailed) : nothing}</span
    >
  </div>`;
}
