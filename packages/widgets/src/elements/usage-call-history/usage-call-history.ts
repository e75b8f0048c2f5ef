import type {
  CallItem,
  CallSort,
  ProjectCalls,
  ProjectModels,
  SortOrder,
} from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type TemplateResult, type PropertyDeclarations } from 'lit';
import { ExportController } from '../../controllers/export-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { formatCount } from '../../format/number.js';
import { CopyController } from '../../templates/copy-button.js';
import {
  SPACER_ROWS,
  renderDataTable,
  renderTableSkeleton,
  type Column,
} from '../../templates/data-table.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { renderPolledFooter } from '../../templates/polled-footer.js';
import { renderCard } from '../../templates/card.js';
import { renderBody, type Notice } from '../../templates/states.js';
import { ListCardElement } from '../../base/list-card-element.js';
import { checkProject } from '../../templates/input-problems.js';
import { getData } from '../../store/query-state.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { tableStyles } from '../../styles/table.styles.js';
import { callCardStyles } from './call-card.styles.js';
import { CallDrawerController } from './call-drawer-controller.js';
import { toCallColumns } from './call-columns.js';
import { createFeed, type CallFeed } from './call-feed.js';
import { renderCallFilters, type CallFilters } from './call-filters.js';
import { CallList } from './call-list.js';
import { toEmptyNotice, renderNewCalls } from './call-notices.js';
import { readCallView, writeCallView, type CallView } from './call-view-state.js';
import { usageCallHistoryStyles } from './usage-call-history.styles.js';
import { toCallRow, type CallRow } from './usage-call-history.view.js';
import { callMessages } from '../../locales/en/calls.js';

const POLL_INTERVAL_MS = 30_000;

/**
 * A project's calls, newest first; refreshes every 30 seconds without moving the rows being read.
 *
 * @summary Calls of a project.
 * @slot back - a way back, shown where there is no such project
 * @csspart chip - a kind or type as a pill
 * @csspart copy - the button that copies an identifier
 * @csspart close - the button that closes the drawer
 * @csspart copy-json - the button that copies a call as JSON
 * @csspart detail - the details of a call
 * @csspart drawer - the drawer with the details of a call
 * @csspart error-reason - why a call failed
 * @csspart expand - the button that opens a call
 * @csspart filters - model, status and type
 * @csspart load-more - the button below
 * @csspart next - the button to the next call
 * @csspart new-calls - the button that shows calls that came meanwhile
 * @csspart previous - the button to the previous call
 * @csspart export-button - opens the menu of files
 * @csspart export-cancel - ends the download
 * @csspart export-item - a format in the menu
 * @csspart export-menu - the menu of files
 * @csspart export-progress - how much of the file has come
 * @csspart export-retry - makes the file again
 * @csspart poll - the choice of how often it refreshes
 * @csspart status - dot and word of a row's state
 */
export class UsageCallHistory extends ListCardElement<ProjectCalls> {
  static readonly tagName: string = 'usage-call-history';
  static override properties: PropertyDeclarations = {
    appDid: { attribute: 'app-did' },
    pageSize: { attribute: 'page-size', type: Number },
    noExport: { type: Boolean, attribute: 'no-export' },
    slowAfterMs: { attribute: 'slow-after-ms', type: Number },
    filters: { state: true },
    sortBy: { state: true },
    sortOrder: { state: true },
    openId: { state: true },
    areFiltersOpen: { state: true },
  };
  static override styles: CSSResultGroup = [
    ListCardElement.styles,
    statesStyles,
    controlStyles,
    tableStyles,
    usageCallHistoryStyles,
    callCardStyles,
  ];

  /** The project; no request is sent while it is missing. */
  appDid: string | undefined;

  /** Rows a page, 1 to 100. */
  pageSize = 25;
  /** Calls slower than this many milliseconds are marked. */
  slowAfterMs = 10_000;
  /** Offers no file of what is shown. */
  noExport = false;
  private filters: CallFilters = {};
  private sortBy: CallSort = 'time';
  private sortOrder: SortOrder = 'desc';
  private openId: string | null = null;
  private areFiltersOpen = false;

  readonly #copy = new CopyController(this);
  readonly #list = new CallList(this, {
    getAppDid: () => this.appDid,
    getParams: () => this.#params(),
  });
  protected readonly query = new QueryController<ProjectCalls>(
    this,
    () => {
      const { appDid } = this;
      if (!appDid) return null;
      const params = this.#params();
      return toRangeRequest(this, {
        route: 'projectCalls',
        appDid,
        params,
        intervalMs: POLL_INTERVAL_MS,
        send: (range, options) =>
          this.settings.client.getProjectCalls(appDid, { ...range, ...params }, options),
      });
    },
    { onLoad: (page) => this.#list.receive(page) },
  );
  // The same query as that of usage-project-models: on a project's page it costs no request. It is sent once there are calls,
  // so that a server that fails one request does not get the other.
  readonly #models = new QueryController<ProjectModels>(
    this,
    () => {
      const { appDid } = this;
      if (!appDid || this.#list.feed === null) return null;
      return toRangeRequest(this, {
        route: 'projectModels',
        appDid,
        send: (range, options) => this.settings.client.getProjectModels(appDid, range, options),
      });
    },
    { isSilent: true },
  );

  readonly #export = new ExportController(this, () => {
    const { appDid, filters, sortBy, sortOrder, data } = this;
    if (!appDid || data === undefined || this.query.state.status === 'loading') return null;
    return { kind: 'calls', params: { ...data.range, ...filters, appDid, sortBy, sortOrder } };
  });

  readonly #drawer = new CallDrawerController(this, {
    copy: this.#copy,
    getOpenId: () => this.openId,
    getCalls: () => {
      const feed = this.#list.feed;
      return feed && { items: feed.items, total: feed.total, hasMore: feed.nextCursor !== null };
    },
    toRow: (item) => this.#toRow(item),
    onOpen: (id) => (this.openId = id),
    onMore: () => this.#list.loadMore(),
    find: (id) => this.#list.find(id),
  });

  get #view(): CallView {
    const { filters, sortBy, sortOrder, openId } = this;
    return { filters, sortBy, sortOrder, openId };
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return writeCallView(this.#view);
  }

  protected override writeChoices(state: UsageViewState): void {
    Object.assign(this, readCallView(state));
  }

  protected override render(): TemplateResult {
    const { localizer } = this;
    const models = getData(this.#models.state)?.items ?? [];
    return renderCard(this, {
      title: localizer.t(callMessages.callHistory),
      query: this.query,
      footer: renderPolledFooter,
      actions: html`${renderCallFilters(localizer, {
        filters: this.filters,
        models: [...new Set(models.map(({ model }) => model))],
        isOpen: this.areFiltersOpen,
        onToggle: () => (this.areFiltersOpen = !this.areFiltersOpen),
        onChange: (filters) => (this.filters = filters),
      })}${this.#export.render()}`,
      body: html`${renderBody(this, this.query, {
        inputProblem: checkProject(this),
        skeleton: () => this.#renderSkeleton(this.pageSize),
        spacer: () => this.#renderSkeleton(SPACER_ROWS),
        empty: (page) => this.#emptyNotice(page),
        ready: (page) => this.#renderList(this.#list.feed ?? createFeed(page)),
      })}${this.#drawer.render()}`,
    });
  }

  #params(): CallFilters & { sortBy: CallSort; sortOrder: SortOrder; limit: number } {
    const { filters, sortBy, sortOrder, pageSize } = this;
    return { ...filters, sortBy, sortOrder, limit: pageSize };
  }

  #emptyNotice({ total, nextCursor }: ProjectCalls): Notice | null {
    // A search that stopped before its end has only not found anything yet.
    if (total !== 0 && nextCursor !== null) return null;
    if ((total ?? 0) > 0 || (this.#list.feed?.items.length ?? 0) > 0) return null;
    return toEmptyNotice(this.localizer, this.filters, () => (this.filters = {}));
  }

  #columns(): Column<CallRow, CallSort>[] {
    return toCallColumns(this.localizer, {
      copy: this.#copy,
      onOpen: (id) => this.#open(id),
    });
  }

  #renderSkeleton(rows: number): TemplateResult {
    return html`<div class="list-head">
        <span class="skeleton-block skeleton-label">&nbsp;</span>
      </div>
      ${renderTableSkeleton(this.#columns(), rows, true)}
      <div class="more"><span class="skeleton-block skeleton-label">&nbsp;</span></div>`;
  }

  #renderList(feed: CallFeed): TemplateResult {
    const { localizer } = this;
    const { t, formatters } = localizer;
    const { items: calls, pending } = this.rows.reveal(feed.items, ({ id }) => id);
    const rows = calls.map((item) => this.#toRow(item));
    const known = feed.total ?? feed.items.length;
    const total = feed.total === null ? callMessages.callsSoFar : callMessages.callsTotal;
    const count = formatCount(formatters, known);
    return html`<div class="list-head">
        <span>${t(total, { count }, known)}</span>${renderNewCalls(localizer, feed, this.#showNew)}
      </div>
      ${renderDataTable(localizer, {
        caption: t(callMessages.callHistory),
        columns: this.#columns(),
        rows,
        pending,
        getKey: ({ item }) => item.id,
        rowClass: ({ item: { status, id } }) =>
          `${status === 'failed' ? 'failed-row' : ''} ${id === this.openId ? 'open-row' : ''}`,
        onRowClick: ({ item }) => this.#open(item.id),
        sorting: {
          by: this.sortBy,
          order: this.sortOrder,
          onSort: (by, order) => {
            // Times start with the newest, as durations with the longest.
            this.sortOrder = by === this.sortBy ? order : 'desc';
            this.sortBy = by;
          },
        },
      })}
      ${this.#list.renderMore()}`;
  }

  readonly #showNew = async (): Promise<void> => {
    this.#list.showNew();
    await this.updateComplete;
    // The button is gone; focus moves to the first row, which the person chose to see.
    this.renderRoot.querySelector<HTMLElement>('.expand')?.focus();
  };

  #toRow(item: CallItem): CallRow {
    const { localizer, settings, slowAfterMs } = this;
    const asOf = this.#list.feed?.latest.freshness.asOf ?? item.startedAt;
    return toCallRow(item, localizer, { timeZone: settings.timeZone, asOf, slowAfterMs });
  }

  readonly #open = (id: string | null): void => {
    this.openId = id;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-call-history': UsageCallHistory;
  }
}
