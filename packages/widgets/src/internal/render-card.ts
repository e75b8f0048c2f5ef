import { html, nothing, type TemplateResult } from 'lit';
import type { QuerySource } from '../controllers/query-controller.js';
import { formatAge, formatClock } from '../format/date.js';
import type { MessageKey } from '../locales/en.js';
import type { PollRate } from '../store/usage-store.js';
import { icons } from './icons.js';
import type { UsageElement } from './usage-element.js';

/** The parts of a card; the line that says how fresh it is is added below. */
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

/**
 * Frame of an element: heading, actions, body, footer.
 *
 * Cards that poll say in their footer how fresh they are; the others keep it in their description and in the title of
 * their heading, and use the footer only over old data.
 */
export function renderCard(host: UsageElement, parts: CardParts): TemplateResult {
  const { query, isPolled = false } = parts;
  const isLoading = query.state.status === 'loading';
  return html`<section
    class="card ${isPolled ? '' : 'quiet-card'}"
    part="card"
    aria-labelledby="title"
    aria-describedby="freshness"
    aria-busy=${String(isLoading)}
  >
    <div class="head" part="header">
      <div
        class="title"
        id="title"
        part="title"
        role="heading"
        aria-level=${host.headingLevel}
        title=${isPolled ? nothing : describeFreshness(host, query)}
      >
        <slot name="title">${parts.title}</slot>
      </div>
      <div class="actions" part="actions">
        ${parts.actions ?? nothing}<slot name="actions"></slot>
      </div>
    </div>
    ${parts.body} ${isPolled ? renderPolledFooter(host, query) : renderQuietFooter(host, query)}
  </section>`;
}

/** Freshness, time zone and, over old data, what is wrong with it; always of the same height. */
function renderPolledFooter(host: UsageElement, query: QuerySource<unknown>): TemplateResult {
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

/** What is wrong with old data, in the room that is the card's padding otherwise, so that nothing moves. */
export function renderQuietFooter(host: UsageElement, query: QuerySource<unknown>): TemplateResult {
  return html`<div class="foot quiet-foot" part="footer">${renderProblem(host, query)}</div>
    <span id="freshness" hidden>${describeFreshness(host, query)}</span>`;
}

/** `Updated 15:32 · Europe/Berlin (GMT+1)`; the zone alone while there is no data. */
export function describeFreshness(host: UsageElement, { state }: QuerySource<unknown>): string {
  const { t, formatters } = host.localizer;
  const { store, timeZone } = host.settings;
  const nowMs = store.now();
  const zone = host.zoneText;
  if (!('updatedAtMs' in state) || state.updatedAtMs === undefined) return zone;
  const time = formatClock(formatters, state.updatedAtMs, nowMs, timeZone);
  return `${t('updatedAt', { time })} · ${zone}`;
}

function renderProblem(
  host: UsageElement,
  query: QuerySource<unknown>,
): TemplateResult | typeof nothing {
  const { t, formatters } = host.localizer;
  const { store } = host.settings;
  const { state } = query;
  if (!('updatedAtMs' in state) || state.updatedAtMs === undefined) return nothing;
  const age = formatAge(formatters, store.now() - state.updatedAtMs);
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
  return nothing;
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
