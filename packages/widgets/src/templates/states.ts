import { html, nothing, type TemplateResult } from 'lit';
import type { UsageErrorCode, UsageRequestError } from '../client/usage-request-error.js';
import type { QuerySource } from '../controllers/query-controller.js';
import { formatClock } from '../format/date.js';
import * as icons from './icons.js';
import { lookUp } from '../utils/look-up.js';
import type { MessageDefinition } from '../locales/messages.js';
import type { UsageElement } from '../base/usage-element.js';
import { stateMessages } from '../locales/en/states.js';

/** Text in place of content: why there is nothing to see and what can be done. */
export interface Notice {
  icon: TemplateResult;
  title: string;
  text: string;
  action?: TemplateResult;
  /** Takes only the space it needs: the state is final, so no later content shifts the page. */
  isCompact?: boolean;
}

/** How an element looks in each state. */
export interface StateViews<T> {
  /** Placeholder of the final size; also reserves the space of notices. */
  skeleton: () => TemplateResult;
  /** Reserves the space of a notice where the skeleton is too tall for one. */
  spacer?: () => TemplateResult;
  ready: (data: T) => TemplateResult;
  /** The reason when the data is empty; `null` when it is not. */
  empty?: (data: T) => Notice | null;
  /** Why there is no request to send, e.g. a missing attribute. */
  inputProblem?: Notice | null;
}

/**
 * The body of an element in the state its query is in.
 *
 * Old data stays readable whatever fails: the status footer says how old it is.
 */
export function renderBody<T>(
  host: UsageElement,
  query: QuerySource<T>,
  views: StateViews<T>,
): TemplateResult {
  const { state } = query;
  if (views.inputProblem != null) return renderNotice(views, views.inputProblem, 'status');
  switch (state.status) {
    case 'idle':
      return renderSkeleton(host, views);
    case 'loading':
      if (state.placeholder !== undefined) return renderData(views, state.placeholder, true);
      if (!host.settings.store.isOnline)
        return renderNotice(views, toOfflineNotice(host), 'status');
      return renderSkeleton(host, views);
    case 'ready':
    case 'refreshing':
      return renderData(views, state.data, false);
    case 'failed':
      if (state.data !== undefined) return renderData(views, state.data, false);
      return renderNotice(views, toErrorNotice(host, query, state.error, state.retryAtMs), 'alert');
  }
}

function renderData<T>(views: StateViews<T>, data: T, isDimmed: boolean): TemplateResult {
  const empty = views.empty?.(data) ?? null;
  if (empty !== null) return renderNotice(views, { ...empty, isCompact: true }, 'status');
  return html`<div class="stack">
    <div class="content ${isDimmed ? 'dimmed' : ''}" part="content" aria-busy=${String(isDimmed)}>
      ${views.ready(data)}
    </div>
  </div>`;
}

function renderSkeleton<T>(host: UsageElement, views: StateViews<T>): TemplateResult {
  return html`<div class="stack">
    <div aria-hidden="true" part="skeleton">${views.skeleton()}</div>
    <span class="sr-only" role="status">${host.localizer.t(stateMessages.loading)}</span>
  </div>`;
}

function renderNotice<T>(
  views: StateViews<T>,
  notice: Notice,
  role: 'status' | 'alert',
): TemplateResult {
  const { isCompact = false } = notice;
  return html`<div class="stack">
    ${isCompact ? nothing : html`<div class="spacer" aria-hidden="true">${(views.spacer ?? views.skeleton)()}</div>`}
    <div class="notice ${isCompact ? 'compact' : ''}" part="notice" role=${role}>
      <span class="muted">${notice.icon}</span>
      <span class="notice-title">${notice.title}</span>
      <span>${notice.text}</span>
      ${notice.action ?? nothing}
    </div>
  </div>`;
}

function toOfflineNotice({ localizer: { t } }: UsageElement): Notice {
  return {
    icon: icons.offline(24),
    title: t(stateMessages.offlineTitle),
    text: t(stateMessages.offlineText),
  };
}

function toErrorNotice<T>(
  host: UsageElement,
  query: QuerySource<T>,
  error: UsageRequestError,
  retryAtMs: number | null,
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
      : t(stateMessages.retryingAt, {
          time: formatClock(formatters, retryAtMs, store.now(), timeZone),
        });
  const isWaiting = error.retryAfterMs !== null && retryAtMs !== null;
  const requestId =
    error.requestId === null ? null : t(stateMessages.requestId, { id: error.requestId });
  return {
    icon,
    title,
    text,
    action: html`
      ${isWaiting ? html`<span>${retryAt}</span>` : renderRetry(host, query)}
      ${
        requestId === null
          ? nothing
          : html`<span class="request-id" part="request-id">${requestId}</span>`
      }
    `,
  };
}

/** The button that sends the request again. */
export function renderRetry(
  { localizer }: UsageElement,
  query: QuerySource<unknown>,
): TemplateResult {
  return html`<button class="button" part="retry" type="button" @click=${() => query.retry()}>
    ${localizer.t(stateMessages.retry)}
  </button>`;
}

type Icon = (size?: number) => TemplateResult;

type Problem = readonly [icon: Icon, title: MessageDefinition, text: MessageDefinition];

const SERVER_PROBLEM: Problem = [
  icons.warning,
  stateMessages.errorTitle,
  stateMessages.errorServer,
];
/** By what a person can do about it: the code where that says more, else the status. */
const PROBLEMS = {
  // Any other 404 is an address that has no endpoints behind it, e.g. a wrong base-url.
  PROJECT_NOT_FOUND: [icons.empty, stateMessages.notFoundTitle, stateMessages.notFoundText],
  BASE_URL_INVALID: [icons.warning, stateMessages.errorTitle, stateMessages.errorSettings],
  TOKEN_REFUSED: [icons.warning, stateMessages.errorTitle, stateMessages.errorSettings],
  TIMEOUT: [icons.warning, stateMessages.errorTitle, stateMessages.errorTimeout],
  NETWORK: [icons.warning, stateMessages.errorTitle, stateMessages.errorNetwork],
  400: [icons.warning, stateMessages.errorTitle, stateMessages.errorBadRequest],
  401: [icons.lock, stateMessages.signedOutTitle, stateMessages.signedOutText],
  403: [icons.lock, stateMessages.forbiddenTitle, stateMessages.forbiddenText],
  429: [icons.clock, stateMessages.rateLimitedTitle, stateMessages.rateLimitedText],
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
