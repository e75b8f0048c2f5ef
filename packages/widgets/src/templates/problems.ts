import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../base/usage-element.js';
import type { UsageErrorCode, UsageRequestError } from '../client/usage-request-error.js';
import type { QuerySource } from '../controllers/query-controller.js';
import { formatAge } from '../format/age.js';
import { formatClock } from '../format/clock.js';
import { problemMessages } from '../locales/en/problems.js';
import { stateMessages } from '../locales/en/states.js';
import type { MessageDefinition } from '../locales/messages.js';
import { lookUp } from '../utils/look-up.js';
import * as icons from './icons.js';
import { renderRetry, type Failure, type Notice } from './states.js';

/*
 * What is wrong, in place of content and over old data. Loaded after the first paint and before anything fails: a page that loses
 * its connection could not load it any more.
 */

/** No connection, before there is any data. */
export function toOfflineNotice({ localizer: { t } }: UsageElement): Notice {
  return {
    icon: icons.offline(24),
    title: t(problemMessages.offlineTitle),
    text: t(problemMessages.offlineText),
  };
}

/** Why the request failed, and what a person can do about it. */
export function toErrorNotice<T>(
  host: UsageElement,
  query: QuerySource<T>,
  { error, retryAtMs }: Failure,
): Notice {
  const { t, formatters } = host.localizer;
  const { store, timeZone } = host.settings;
  const { title, text, icon } = describeError(host, error);
  // A retry gives the same response, and no error has to be reported: what helps is the way back.
  if (error.code === 'PROJECT_NOT_FOUND') {
    return { icon, title, text, action: html`<slot name="back"></slot>`, isCompact: true };
  }
  const retryAt =
    retryAtMs === null
      ? ''
      : t(problemMessages.retryingAt, {
          time: formatClock(formatters, retryAtMs, store.now(), timeZone),
        });
  const isWaiting = error.retryAfterMs !== null && retryAtMs !== null;
  const requestId =
    error.requestId === null ? null : t(problemMessages.requestId, { id: error.requestId });
  return {
    icon,
    title,
    text,
    action: html`
      ${isWaiting ? html`<span>${retryAt}</span>` : renderRetry(host.localizer, () => query.retry())}
      ${
        requestId === null
          ? nothing
          : html`<span class="request-id" part="request-id">${requestId}</span>`
      }
    `,
  };
}

type Icon = (size?: number) => TemplateResult;

type Problem = readonly [icon: Icon, title: MessageDefinition, text: MessageDefinition];

const SERVER_PROBLEM: Problem = [
  icons.warning,
  stateMessages.errorTitle,
  problemMessages.errorServer,
];
/** By what a person can do about it: the code where that says more, else the status. */
const PROBLEMS = {
  // Any other 404 is an address that has no endpoints behind it, e.g. a wrong base-url.
  PROJECT_NOT_FOUND: [icons.empty, problemMessages.notFoundTitle, problemMessages.notFoundText],
  BASE_URL_INVALID: [icons.warning, stateMessages.errorTitle, problemMessages.errorSettings],
  TOKEN_REFUSED: [icons.warning, stateMessages.errorTitle, problemMessages.errorSettings],
  TIMEOUT: [icons.warning, stateMessages.errorTitle, problemMessages.errorTimeout],
  NETWORK: [icons.warning, stateMessages.errorTitle, stateMessages.errorNetwork],
  400: [icons.warning, stateMessages.errorTitle, problemMessages.errorBadRequest],
  401: [icons.lock, problemMessages.signedOutTitle, problemMessages.signedOutText],
  403: [icons.lock, problemMessages.forbiddenTitle, problemMessages.forbiddenText],
  429: [icons.clock, problemMessages.rateLimitedTitle, problemMessages.rateLimitedText],
} satisfies Partial<Record<UsageErrorCode | 400 | 401 | 403 | 429, Problem>>;

/** Title, reason and icon of a failure, by what a person can do about it. */
function describeError(
  { localizer: { t } }: UsageElement,
  { code, status, message }: UsageRequestError,
): Pick<Notice, 'title' | 'text' | 'icon'> {
  const [icon, title, text]: Problem =
    lookUp(PROBLEMS, code) ?? lookUp(PROBLEMS, String(status)) ?? SERVER_PROBLEM;
  return { icon: icon(24), title: t(title), text: t(text, { detail: message }) };
}

/** The failure behind old data, and its age; `nothing` while there is no failure. */
export function renderOldDataProblem(
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
        >${t(isSignedOut ? problemMessages.staleSignedOut : problemMessages.staleError, { age })}
        <button class="link" type="button" part="retry" @click=${() => query.retry()}>
          ${t(stateMessages.retry)}
        </button></span
      ></span
    >`;
  }
  if (!store.isOnline) {
    return html`<span class="problem" part="banner" role="status"
      >${icons.offline(14)} ${t(problemMessages.staleOffline, { age })}</span
    >`;
  }
  return nothing;
}
