import { html, nothing, type TemplateResult } from 'lit';
import type { QuerySource } from '../controllers/query-controller.js';
import { pollMessages } from '../locales/en/polling.js';
import type { MessageDefinition } from '../locales/messages.js';
import type { PollRate } from '../store/usage-store.js';
import { describeFreshness, renderProblem } from './freshness.js';
import type { UsageElement } from '../base/usage-element.js';
import type { DataHost } from './states.js';

const POLL_CHOICES: readonly { rate: PollRate; label: MessageDefinition }[] = [
  { rate: 'normal', label: pollMessages.pollChooseNormal },
  { rate: 'slow', label: pollMessages.pollChooseSlow },
  { rate: 'paused', label: pollMessages.pollChoosePaused },
];

/** Freshness, time zone and, over old data, what is wrong with it; always of the same height. */
export function renderPolledFooter(host: DataHost, query: QuerySource<unknown>): TemplateResult {
  const problem = renderProblem(host, query);
  const freshness = describeFreshness(host, query);
  return html`<div class="foot" part="footer">
    ${
      problem === nothing
        ? html`<span id="freshness">${freshness}</span>`
        : html`${problem}<span id="freshness" hidden>${freshness}</span>`
    }${renderPollChoice(host)}
  </div>`;
}

function renderPollChoice(host: UsageElement): TemplateResult {
  const { t } = host.localizer;
  const { store } = host.settings;
  const onChange = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const choice = POLL_CHOICES.find(({ rate }) => rate === value);
    if (choice !== undefined) store.setPollRate(choice.rate);
    host.requestUpdate();
  };
  return html`<label class="poll" part="poll">
    <span>${t(pollMessages.pollMenu)}:</span>
    <select class="select" @change=${onChange}>
      ${POLL_CHOICES.map(
        ({ rate, label }) =>
          html`<option value=${rate} .selected=${store.pollRate === rate}>${t(label)}</option>`,
      )}
    </select>
  </label>`;
}
