import type { FailureItem, ProjectFailures } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { CardBody } from '../../base/loaded-card-element.js';
import type { UsageElement } from '../../base/usage-element.js';
import { formatCount } from '../../format/number.js';
import { failureMessages } from '../../locales/en/failures.js';
import { adoptStyles } from '../../rules/adopt-styles.js';
import * as icons from '../../templates/icons.js';
import type { Notice } from '../../templates/states.js';
import { failuresStyles } from './failures.styles.js';
import { toFailuresView, type FailureView } from './usage-project-failures.view.js';

/** What a person can do with the list. */
interface FailureActions {
  showsAll: () => boolean;
  onShowAll: () => void;
  onSelect: (failures: ProjectFailures, item: FailureItem) => void;
}

/** Reasons that are shown before a person asks for the others: as many as the placeholder has room for. */
const MAX_SHOWN = 4;

/** Shows why calls failed; loaded with the first. */
export class FailuresBody implements CardBody<ProjectFailures> {
  readonly #host: UsageElement;
  readonly #actions: FailureActions;

  constructor(host: UsageElement, actions: FailureActions) {
    this.#host = host;
    this.#actions = actions;
    adoptStyles(host, failuresStyles);
  }

  /** As {@link CardBody}. */
  toEmptyNotice({ failedCalls }: ProjectFailures): Notice | null {
    if (failedCalls > 0) return null;
    const { t } = this.#host.localizer;
    return {
      icon: icons.success(),
      title: t(failureMessages.failuresEmptyTitle),
      text: t(failureMessages.failuresEmptyText),
    };
  }

  /** As {@link CardBody}. */
  render(failures: ProjectFailures): TemplateResult {
    const { localizer, settings } = this.#host;
    const { t, formatters } = localizer;
    const { items, note } = toFailuresView(failures, localizer, settings.timeZone);
    const isLong = this.#actions.showsAll();
    const shown = isLong ? items : items.slice(0, MAX_SHOWN);
    const more = items.length - shown.length;
    return html`<div class="reasons">
      <ol part="failures">
        ${shown.map((view) => this.#renderFailure(failures, view))}
      </ol>
      ${
        more === 0
          ? nothing
          : html`<button
              class="button more"
              part="more"
              type="button"
              @click=${this.#actions.onShowAll}
            >
              ${t(failureMessages.failuresMore, { count: formatCount(formatters, more) }, more)}
            </button>`
      }
      ${note === '' ? nothing : html`<p class="note" part="note">${note}</p>`}
    </div>`;
  }

  #renderFailure(failures: ProjectFailures, view: FailureView): TemplateResult {
    const { reason, code, calls, shareText, share, models, modelsTitle, last, lastTitle } = view;
    return html`<li class="reason" part="failure">
      <button
        class="link name"
        type="button"
        aria-label=${view.label}
        @click=${() => this.#actions.onSelect(failures, view.item)}
      >
        ${reason}
      </button>
      ${code === '' ? nothing : html`<span class="code">${code}</span>`}
      <span class="calls">${calls}</span>
      <span class="share">${shareText}</span>
      <svg class="track" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="part" width=${share * 100} height="1"></rect>
      </svg>
      <span class="more-of"
        ><span title=${modelsTitle}>${models}</span><span title=${lastTitle}>${last}</span></span
      >
    </li>`;
  }
}
