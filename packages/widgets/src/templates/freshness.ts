import { html, nothing, type TemplateResult } from 'lit';
import type { QuerySource } from '../controllers/query-controller.js';
import { formatAge, formatClock } from '../format/date.js';
import { stateMessages } from '../locales/en/states.js';
import * as icons from './icons.js';
import type { UsageElement } from '../base/usage-element.js';

/** `Updated 15:32 · Europe/Berlin (GMT+1)`; the zone alone while there is no data. */
export function describeFreshness(host: UsageElement, { state }: QuerySource<unknown>): string {
  const { t, formatters } = host.localizer;
  const { store, timeZone } = host.settings;
  const nowMs = store.now();
  const zone = host.timeZoneLabel;
  if (!('updatedAtMs' in state) || state.updatedAtMs === undefined) return zone;
  const time = formatClock(formatters, state.updatedAtMs, nowMs, timeZone);
  return `${t(stateMessages.updatedAt, { time })} · ${zone}`;
}

/** The failure behind old data, and its age; `nothing` while there is no failure. */
export function renderProblem(
  host: UsageElement,
  query: QuerySource<unknown>,
): TemplateResult | typeof nothing {
  const { t, formatters } = host.localizer;
  const { store } = host.settings;
  const { state } = query;
  if (!('updatedAtMs' in state) || state.updatedAtMs === undefined) return nothing;
  const age = formatAge(formatters, store.now() - state.updatedAtMs) ?? t(stateMessages.momentAgo);
  if (state.status === 'failed') {
    const isSignedOut = state.error.status === 401;
    return html`<span class="problem" part="banner" role="status"
      >${icons.warning(14)}<span
        >${t(isSignedOut ? stateMessages.staleSignedOut : stateMessages.staleError, { age })}
        <button class="link" type="button" part="retry" @click=${() => query.retry()}>
          ${t(stateMessages.retry)}
        </button></span
      ></span
    >`;
  }
  if (!store.isOnline) {
    return html`<span class="problem" part="banner" role="status"
      >${icons.offline(14)} ${t(stateMessages.staleOffline, { age })}</span
    >`;
  }
  return nothing;
}
