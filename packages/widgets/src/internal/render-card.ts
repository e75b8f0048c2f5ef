import { html, nothing, type TemplateResult } from 'lit';
import type { QuerySource } from '../controllers/query-controller.js';
import { formatAge, formatClock, formatTimeZone } from '../format/date.js';
import type { MessageKey } from '../locales/en.js';
import type { PollRate } from '../store/usage-store.js';
import { icons } from './icons.js';
import type { UsageElement } from './usage-element.js';

/** The parts of a card; the status line is added below. */
export interface CardParts {
  title: string;
  actions?: TemplateResult | typeof nothing;
  body: TemplateResult;
  query: QuerySource<unknown>;
  /** Offers to slow the automatic refresh down or pause it. */
  isPolled?: boolean;
}

const POLL_CHOICES: readonly { rate: PollRate; label: MessageKey }[] = [
  { rate: 'normal', label: 'pollChooseNormal' },
  { rate: 'slow', label: 'pollChooseSlow' },
  { rate: 'paused', label: 'pollChoosePaused' },
];

/** Frame of an element: heading, actions, body, and a line that says how fresh the figures are. */
export function renderCard(host: UsageElement, parts: CardParts): TemplateResult {
  const isLoading = parts.query.state.status === 'loading';
  return html`<section
    class="card"
    part="card"
    aria-labelledby="title"
    aria-busy=${String(isLoading)}
  >
    <div class="head" part="header">
      <div class="title" id="title" part="title" role="heading" aria-level=${host.headingLevel}>
        <slot name="title">${parts.title}</slot>
      </div>
      <div class="actions" part="actions">
        ${parts.actions ?? nothing}<slot name="actions"></slot>
      </div>
    </div>
    ${parts.body} ${renderStatusLine(host, parts.query, parts.isPolled ?? false)}
  </section>`;
}

/** Freshness, time zone and, over old data, what is wrong with it; always of the same height. */
export function renderStatusLine(
  host: UsageElement,
  query: QuerySource<unknown>,
  isPolled: boolean,
): TemplateResult {
  return html`<div class="foot" part="footer">
    ${renderFreshness(host, query)}${isPolled ? renderPollChoice(host) : nothing}
  </div>`;
}

function renderFreshness(host: UsageElement, query: QuerySource<unknown>): TemplateResult {
  const { t, formatters } = host.localizer;
  const { store, timeZone } = host.settings;
  const { state } = query;
  const nowMs = store.now();
  const zone = formatTimeZone(formatters, timeZone, nowMs);
  if (!('updatedAtMs' in state) || state.updatedAtMs === undefined)
    return html`<span>${zone}</span>`;
  const age = formatAge(formatters, nowMs - state.updatedAtMs);
  if (state.status === 'failed') {
    const isSignedOut = state.error.status === 401;
    return html`<span class="problem" part="banner" role="status"
      >${icons.warning(14)} ${t(isSignedOut ? 'staleSignedOut' : 'staleError', { age })}
      <button class="link" type="button" part="retry" @click=${() => query.retry()}>
        ${t('retry')}
      </button></span
    >`;
  }
  if (!store.isOnline) {
    return html`<span class="problem" part="banner" role="status"
      >${icons.offline(14)} ${t('staleOffline', { age })}</span
    >`;
  }
  const time = formatClock(formatters, state.updatedAtMs, nowMs, timeZone);
  return html`<span>${t('updatedAt', { time })} · ${zone}</span>`;
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
    <span>${t('pollMenu')}:</span>
    <select class="select" @change=${onChange}>
      ${POLL_CHOICES.map(
        ({ rate, label }) =>
          html`<option value=${rate} .selected=${store.pollRate === rate}>${t(label)}</option>`,
      )}
    </select>
  </label>`;
}
