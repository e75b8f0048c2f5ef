import { html, nothing, type TemplateResult } from 'lit';
import type { QuerySource } from '../controllers/query-controller.js';
import { formatClock } from '../format/clock.js';
import { stateMessages } from '../locales/en/states.js';
import type { UsageElement } from '../base/usage-element.js';
import type { DataHost } from './states.js';

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
  host: DataHost,
  query: QuerySource<unknown>,
): TemplateResult | typeof nothing {
  const { content, brokenNotice } = host.problems;
  if (content !== null) return content.renderOldDataProblem(host, query);
  const { state } = query;
  if (brokenNotice === null || state.status !== 'failed' || state.data === undefined)
    return nothing;
  return html`<span class="problem" part="banner" role="status"
    >${brokenNotice.title}
    <button class="link" type="button" part="retry" @click=${() => host.problems.retry()}>
      ${host.localizer.t(stateMessages.retry)}
    </button></span
  >`;
}
