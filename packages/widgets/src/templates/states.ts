import { html, nothing, type TemplateResult } from 'lit';
import type { QuerySource } from '../controllers/query-controller.js';
import type { ContentLoader } from '../base/content-loader.js';
import type { UsageElement } from '../base/usage-element.js';
import type { UsageRequestError } from '../client/usage-request-error.js';
import { stateMessages } from '../locales/en/states.js';
import type { Localizer } from '../locales/localizer.js';

/** A request that failed, and when it is sent again, epoch milliseconds. */
export interface Failure {
  error: UsageRequestError;
  retryAtMs: number | null;
}

/** What says what is wrong: `templates/problems.ts`. */
export interface Problems {
  toOfflineNotice(host: UsageElement): Notice;
  toErrorNotice(host: UsageElement, query: QuerySource<unknown>, failure: Failure): Notice;
  renderOldDataProblem(
    host: UsageElement,
    query: QuerySource<unknown>,
  ): TemplateResult | typeof nothing;
}

/** An element that shows a query. */
export interface DataHost extends UsageElement {
  /** Loaded after the first paint. */
  readonly problems: ContentLoader<Problems>;
}

/** Text in place of content: why there is nothing to see and what can be done. */
export interface Notice {
  icon: TemplateResult;
  title: string;
  text: string;
  action?: TemplateResult;
  /** Takes only the space it needs: the state is final, so no later content shifts the page. */
  isCompact?: boolean;
}

/** What is shown in place of content. */
interface Placeholders {
  /** Placeholder of the final size; also reserves the space of notices. */
  skeleton: () => TemplateResult;
  /** Reserves the space of a notice where the skeleton is too tall for one. */
  spacer?: () => TemplateResult;
}

/** How an element looks in each state. */
export interface StateViews<T, Content = undefined> extends Placeholders {
  ready: (data: T, content: Content) => TemplateResult;
  /** Loads what {@link StateViews.ready} shows the data with; the placeholder until then. */
  loader?: ContentLoader<Content>;
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
export function renderBody<T, Content = undefined>(
  host: DataHost,
  query: QuerySource<T>,
  views: StateViews<T, Content>,
): TemplateResult {
  const { state } = query;
  if (views.inputProblem != null) return renderNotice(views, views.inputProblem, 'status');
  switch (state.status) {
    case 'idle':
      return renderSkeleton(host, views);
    case 'loading':
      if (state.placeholder !== undefined) return renderData(host, views, state.placeholder, true);
      if (!host.settings.store.isOnline) {
        return renderFailure(host, views, (problems) => problems.toOfflineNotice(host), 'status');
      }
      return renderSkeleton(host, views);
    case 'ready':
    case 'refreshing':
      return renderData(host, views, state.data, false);
    case 'failed':
      if (state.data !== undefined) return renderData(host, views, state.data, false);
      return renderFailure(
        host,
        views,
        (problems) => problems.toErrorNotice(host, query, state),
        'alert',
      );
  }
}

function renderData<T, Content>(
  host: DataHost,
  views: StateViews<T, Content>,
  data: T,
  isDimmed: boolean,
): TemplateResult {
  const { loader } = views;
  if (loader?.content === null) return renderMissing(host, views, loader);
  const empty = views.empty?.(data) ?? null;
  if (empty !== null) return renderNotice(views, { ...empty, isCompact: true }, 'status');
  return html`<div class="stack">
    <div class="content ${isDimmed ? 'dimmed' : ''}" part="content" aria-busy=${String(isDimmed)}>
      ${views.ready(data, loader?.content as Content)}
    </div>
  </div>`;
}

function renderSkeleton(host: UsageElement, views: Placeholders): TemplateResult {
  return html`<div class="stack">
    <div aria-hidden="true" part="skeleton">${views.skeleton()}</div>
    <span class="sr-only" role="status">${host.localizer.t(stateMessages.loading)}</span>
  </div>`;
}

function renderNotice(
  views: Placeholders,
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

/** In place of content: what is wrong. */
function renderFailure(
  host: DataHost,
  views: Placeholders,
  toNotice: (problems: Problems) => Notice,
  role: 'status' | 'alert',
): TemplateResult {
  const { content } = host.problems;
  if (content === null) return renderMissing(host, views, host.problems);
  return renderNotice(views, toNotice(content), role);
}

/** In place of what is loaded later: the placeholder, and why it cannot be loaded. */
function renderMissing(
  host: DataHost,
  views: Placeholders,
  { brokenNotice }: ContentLoader<unknown>,
): TemplateResult {
  if (brokenNotice === null) return renderSkeleton(host, views);
  return renderNotice(views, brokenNotice, 'alert');
}

/** The button that tries again. */
export function renderRetry({ t }: Localizer, onRetry: () => void): TemplateResult {
  return html`<button class="button" part="retry" type="button" @click=${onRetry}>
    ${t(stateMessages.retry)}
  </button>`;
}
