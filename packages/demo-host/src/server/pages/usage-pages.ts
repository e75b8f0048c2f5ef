import { createFirstCall } from '../../first-call.js';
import { html, type SafeHtml } from './html.js';
import { renderDocument } from './layout.js';
import type { PageContext } from './page-context.js';

/** A range as the elements write it: `last-30-days`, dates or instants; an empty `to` is now. */
export interface PageRange {
  from: string;
  to: string;
}

/** The range that the URL names, and the one that holds when it names none. */
export interface PageRanges {
  shown: PageRange;
  fallback: PageRange;
}

/** Wraps the elements of a page in the settings they share. */
function withProvider(page: PageContext, ranges: PageRanges, content: SafeHtml): SafeHtml {
  return html`<usage-provider
    base-url="/api/usage"
    locale="${page.locale}"
    from="${ranges.shown.from}"
    to="${ranges.shown.to}"
    data-default-from="${ranges.fallback.from}"
    data-default-to="${ranges.fallback.to}"
  >
    <noscript><p class="muted">${page.t('needsScript')}</p></noscript>
    ${content}
  </usage-provider>`;
}

/**
 * `/plain/dashboard`: quota, overview, trend, activity, projects, quota details, budgets and alerts, advice.
 * @param guide whether to show how to make a first call, for a user who has never made one
 */
export function renderDashboardPage(page: PageContext, ranges: PageRanges, guide: boolean): string {
  const content = html`<div class="page" data-page="dashboard">
    <div class="page-head">
      <h1>${page.t('dashboard')}</h1>
      ${!guide && html`<usage-range-picker></usage-range-picker>`}
    </div>
    <usage-quota show-alerts></usage-quota>
    ${guide ? renderGuide(page) : renderFigures()}
    <usage-quota-details></usage-quota-details>
    ${!guide && renderRules()}
    ${!guide && html`<usage-advice project-href="/plain/projects/{appDid}"></usage-advice>`}
  </div>`;
  return renderDocument(page, page.t('dashboard'), withProvider(page, ranges, content));
}

/** `/plain/projects/:appDid`: figures, then trend and models in one row, durations and failures in one, the call history, budgets and alerts. */
export function renderProjectPage(
  page: PageContext,
  ranges: PageRanges,
  project: { appDid: string; name: string | null },
): string {
  const { appDid, name } = project;
  const title = name ?? appDid;
  const content = html`<div class="page" data-page="project">
    <div class="page-head">
      <nav>
        <a class="back" href="/plain/dashboard" data-keep-range>← ${page.t('backToDashboard')}</a>
      </nav>
      <usage-range-picker></usage-range-picker>
    </div>
    <usage-project-stats app-did="${appDid}" heading-level="1">
      <a slot="back" class="back" href="/plain/dashboard" data-keep-range
        >← ${page.t('backToDashboard')}</a
      >
    </usage-project-stats>
    <div class="row">
      <usage-project-trends app-did="${appDid}"></usage-project-trends>
      <usage-project-models app-did="${appDid}"></usage-project-models>
    </div>
    <div class="row even">
      <usage-project-latency app-did="${appDid}"></usage-project-latency>
      <usage-project-failures app-did="${appDid}"></usage-project-failures>
    </div>
    <usage-call-history app-did="${appDid}"></usage-call-history>
    ${renderRules(appDid)}
  </div>`;
  return renderDocument(page, title, withProvider(page, ranges, content));
}

/** For an address that leads nowhere. */
export function renderNotFoundPage(page: PageContext): string {
  const content = html`<section class="sign-in">
    <h1>${page.t('notFoundTitle')}</h1>
    <p><a href="/usage/dashboard">${page.t('notFoundText')}</a></p>
  </section>`;
  return renderDocument(page, page.t('notFoundTitle'), content);
}

const COPY_ICON = html`<svg
  viewBox="0 0 24 24"
  aria-hidden="true"
  fill="none"
  stroke="currentColor"
  stroke-width="1.5"
>
  <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
  <path d="M15.5 5.5v-1h-11v11h1" />
</svg>`;

/** What stands between the credits and their history when there are calls to show. */
function renderFigures(): SafeHtml {
  return html`<usage-overview></usage-overview>
    <usage-trends hide-range></usage-trends>
    <usage-activity></usage-activity>
    <usage-projects></usage-projects>`;
}

/** Budgets next to alerts: the account's, or those of a project. */
function renderRules(appDid = ''): SafeHtml {
  return html`<div class="row even">
    <usage-budget app-did="${appDid}"></usage-budget>
    <usage-alerts app-did="${appDid}"></usage-alerts>
  </div>`;
}

/** How to make a first call, with code to copy. */
function renderGuide(page: PageContext): SafeHtml {
  const code = createFirstCall(page.user?.userDid ?? '');
  return html`<section class="guide" data-guide>
    <div class="guide-text">
      <h2>${page.t('guideTitle')}</h2>
      <p>${page.t('guideText')}</p>
      <p><a href="/quick-start">${page.t('guideLink')}</a></p>
    </div>
    <div class="guide-code">
      <pre tabindex="0"><code>${code}</code></pre>
      <button
        class="tool"
        type="button"
        data-copy="${code}"
        data-copied="${page.t('copied')}"
        aria-label="${page.t('guideCopy')}"
      >
        ${COPY_ICON}
      </button>
    </div>
  </section>`;
}
