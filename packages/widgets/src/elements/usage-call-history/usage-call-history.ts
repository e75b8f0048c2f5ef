import type { CallItem, CallSort, ProjectCalls, SortOrder } from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type TemplateResult, type PropertyDeclarations } from 'lit';
import { DebounceController } from '../../controllers/debounce-controller.js';
import { ExportController } from '../../controllers/export-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { CopyController } from '../../templates/copy-button.js';
import { SPACER_ROWS, renderTableSkeleton } from '../../templates/data-table.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { renderPolledFooter } from '../../templates/polled-footer.js';
import { renderCard } from '../../templates/card.js';
import { renderBody, type Notice } from '../../templates/states.js';
import { ListCardElement } from '../../base/list-card-element.js';
import { checkProject } from '../../templates/input-problems.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { searchStyles } from '../../styles/search.styles.js';
import { tableStyles } from '../../styles/table.styles.js';
import { callCardStyles } from './call-card.styles.js';
import { CallDrawerController } from './call-drawer-controller.js';
import { ColumnsController } from './call-columns-controller.js';
import {
  DEFAULT_COLUMNS,
  hasMoreColumns,
  isChosenColumn,
  toCallColumns,
  type CallColumn,
  type CallTableColumn,
} from './call-columns.js';
import { createFeed, type CallFeed } from './call-feed.js';
import { FilterChipsController } from './call-filter-chips-controller.js';
import { FilterSheet } from './call-filter-sheet.js';
import { fillSearch, renderCallFilters, toSearch, type CallFilters } from './call-filters.js';
import { CallList } from './call-list.js';
import { renderCallList } from './call-table.js';
import { CallValuesController } from './call-values-controller.js';
import { toEmptyNotice } from './call-notices.js';
import {
  areDefaultColumns,
  readCallView,
  writeCallView,
  type CallView,
} from './call-view-state.js';
import { usageCallHistoryStyles } from './usage-call-history.styles.js';
import { toCallRow, type CallRow } from './usage-call-history.view.js';
import { callMessages } from '../../locales/en/calls.js';
import type { Localizer } from '../../locales/localizer.js';
import { memoizeItems } from '../../utils/memoize-items.js';
import { memoizeLast } from '../../utils/memoize-last.js';

const POLL_INTERVAL_MS = 30_000;

/**
 * A project's calls, newest first; refreshes every 30 seconds without moving the rows being read.
 *
 * @summary Calls of a project.
 * @slot back - a way back, shown where there is no such project
 * @csspart chip - a kind or type as a pill
 * @csspart columns-button - opens the menu of columns
 * @csspart columns-menu - the menu of columns
 * @csspart columns-reset - shows the default columns again
 * @csspart copy - the button that copies an identifier
 * @csspart close - the button that closes the drawer
 * @csspart copy-json - the button that copies a call as JSON
 * @csspart detail - the details of a call
 * @csspart drawer - the drawer with the details of a call
 * @csspart error-reason - why a call failed
 * @csspart expand - the button that opens a call
 * @csspart clear-filters - the button that takes all filters away
 * @csspart filter-button - opens the menu of a filter
 * @csspart filter-chip - a value of a filter, which a click takes away
 * @csspart filter-chips - the filters that are set
 * @csspart filter-done - closes the sheet of filters
 * @csspart filter-menu - the values of a filter
 * @csspart filter-sheet - the filters of a narrow card
 * @csspart filters - search, model, status, type and duration
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
 * @csspart search - the search field
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
    columns: { state: true },
    openId: { state: true },
  };
  static override styles: CSSResultGroup = [
    ListCardElement.styles,
    statesStyles,
    controlStyles,
    tableStyles,
    searchStyles,
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
  private columns: ReadonlySet<CallColumn> = DEFAULT_COLUMNS;
  private openId: string | null = null;

  /** Rows as they are read in a language and zone: a step of the drawer changes none of them. */
  readonly #rowsOf = memoizeLast(
    (localizer: Localizer, timeZone: string, asOf: string, slowAfterMs: number) =>
      memoizeItems((item: CallItem) => toCallRow(item, localizer, { timeZone, asOf, slowAfterMs })),
  );
  readonly #copy = new CopyController(this);
  readonly #debounce = new DebounceController(this);
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
  /** For what sets filters outside of their fields, the search included. */
  readonly #filters = {
    getFilters: () => this.filters,
    onChange: (filters: CallFilters) => this.#setFilters(filters),
  };
  readonly #values = new CallValuesController(this, {
    getFilters: this.#filters.getFilters,
    onChange: (filters) => (this.filters = filters),
    getAppDid: () => this.appDid,
  });
  readonly #chips = new FilterChipsController(this, this.#filters);
  readonly #sheet = new FilterSheet(this, {
    ...this.#filters,
    onMove: () => void this.#fillSearch(),
  });

  readonly #export = new ExportController(this, () => {
    const { appDid, filters, sortBy, sortOrder, data } = this;
    if (!appDid || data === undefined || this.query.state.status === 'loading') return null;
    return { kind: 'calls', params: { ...data.range, ...filters, appDid, sortBy, sortOrder } };
  });

  readonly #drawer = new CallDrawerController(this, {
    copy: this.#copy,
    getOpenId: () => this.openId,
    getAppDid: () => this.appDid,
    getFeed: () => this.#list.feed,
    toRow: (item) => this.#toRow(item),
    onOpen: (id) => (this.openId = id),
    onMore: () => this.#list.loadMore(),
  });

  readonly #columnsMenu = new ColumnsController(this, {
    getChoices: () => this.#allColumns().filter(isChosenColumn),
    getShown: () => this.columns,
    isDefault: () => areDefaultColumns(this.columns),
    onChange: (columns) => (this.columns = columns ?? DEFAULT_COLUMNS),
  });

  get #view(): CallView {
    const { filters, sortBy, sortOrder, columns, openId } = this;
    return { filters, sortBy, sortOrder, columns, openId };
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return writeCallView(this.#view);
  }

  protected override writeChoices(state: UsageViewState): void {
    const view = readCallView(state);
    if (view.filters.search !== this.filters.search) void this.#fillSearch();
    Object.assign(this, view);
  }

  protected override render(): TemplateResult {
    const { localizer } = this;
    return renderCard(this, {
      title: localizer.t(callMessages.callHistory),
      query: this.query,
      footer: renderPolledFooter,
      actions: html`${renderCallFilters(localizer, {
        filters: this.filters,
        sheet: this.#sheet,
        onChange: (filters) => (this.filters = filters),
        values: this.#values,
        onSearch: (text) => {
          this.#debounce.run(() => (this.filters = { ...this.filters, search: toSearch(text) }));
        },
      })}${this.#columnsMenu.render()}${this.#export.render()}`,
      body: html`${this.#chips.render()}${renderBody(this, this.query, {
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

  #setFilters(filters: CallFilters): void {
    this.filters = filters;
    void this.#fillSearch();
  }

  async #fillSearch(): Promise<void> {
    await this.updateComplete;
    fillSearch(this.renderRoot, this.filters.search);
  }

  #emptyNotice({ total, nextCursor }: ProjectCalls): Notice | null {
    // A search that stopped before its end has only not found anything yet.
    if (total !== 0 && nextCursor !== null) return null;
    if ((total ?? 0) > 0 || (this.#list.feed?.items.length ?? 0) > 0) return null;
    return toEmptyNotice(this.localizer, this.filters, () => this.#chips.clear());
  }

  #columns(): CallTableColumn[] {
    return this.#allColumns().filter(
      (column) => !isChosenColumn(column) || this.columns.has(column.id),
    );
  }

  #allColumns(): CallTableColumn[] {
    return toCallColumns(this.localizer, { copy: this.#copy, onOpen: this.#open });
  }

  #renderSkeleton(rows: number): TemplateResult {
    return html`<div class="list-head">
        <span class="skeleton-block skeleton-label">&nbsp;</span>
      </div>
      ${renderTableSkeleton(this.#columns(), rows, true)}
      <div class="more"><span class="skeleton-block skeleton-label">&nbsp;</span></div>`;
  }

  #renderList(feed: CallFeed): TemplateResult {
    const { items, pending } = this.rows.reveal(feed.items, ({ id }) => id);
    return html`${renderCallList(this.localizer, {
      feed,
      rows: items.map((item) => this.#toRow(item)),
      pending,
      columns: this.#columns(),
      openId: this.openId,
      isWide: hasMoreColumns(this.columns),
      onOpen: this.#open,
      onShowNew: this.#showNew,
      sorting: {
        by: this.sortBy,
        order: this.sortOrder,
        onSort: (by, order) => {
          // Times start with the newest, as durations with the longest.
          this.sortOrder = by === this.sortBy ? order : 'desc';
          this.sortBy = by;
        },
      },
    })}${this.#list.renderMore()}`;
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
    return this.#rowsOf(localizer, settings.timeZone, asOf, slowAfterMs)(item);
  }

  readonly #open = (id: string | null): void => void (this.openId = id);
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-call-history': UsageCallHistory;
  }
}
