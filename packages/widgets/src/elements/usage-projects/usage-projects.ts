import type { Project, Projects, ProjectSort, SortOrder } from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type TemplateResult, type PropertyDeclarations } from 'lit';
import { DebounceController } from '../../controllers/debounce-controller.js';
import { ExportController } from '../../controllers/export-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import { readPage, readSort, writeSort } from '../../controllers/view-state-controller.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { UsageProjectSelectEvent } from '../../events/usage-project-select.js';
import {
  SPACER_ROWS,
  renderDataTable,
  renderTableSkeleton,
  type Column,
} from '../../templates/data-table.js';
import * as icons from '../../templates/icons.js';
import { renderPager } from '../../templates/pager.js';
import { toShownMetric } from '../../view-models/figure.js';
import { describeConversion } from '../../view-models/money-figure.js';
import { toProjectHref } from '../../view-models/project-name.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { checkRange } from '../../templates/input-problems.js';
import { memoizeLast } from '../../utils/memoize-last.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { renderCard } from '../../templates/card.js';
import { renderBody, type Notice } from '../../templates/states.js';
import { goTo, toSafeUrl } from '../../utils/safe-url.js';
import { ListCardElement } from '../../base/list-card-element.js';
import { logoStyles } from '../../styles/logo.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { compactRowsStyles } from '../../styles/compact-rows.styles.js';
import { searchStyles } from '../../styles/search.styles.js';
import { tableStyles } from '../../styles/table.styles.js';
import { PROJECT_SORTS, toProjectColumns, type ProjectLinks } from './project-columns.js';
import { RowDrawingController, toSparklineMetric } from './row-drawing-controller.js';
import { usageProjectsStyles } from './usage-projects.styles.js';
import { toProjectRows, type ProjectRow } from './usage-projects.view.js';
import { projectMessages } from '../../locales/en/projects.js';

/**
 * The user's projects with their figures: search, sorting by any column, pages of 20.
 *
 * @summary Projects of a range.
 * @fires usage-project-select - when a person opens a project; cancelable, else `project-href` is followed
 * @csspart export-button - opens the menu of files
 * @csspart export-cancel - ends the download
 * @csspart export-item - a format in the menu
 * @csspart export-menu - the menu of files
 * @csspart export-progress - how much of the file has come
 * @csspart export-retry - makes the file again
 * @csspart page-button - goes to the page before or after
 * @csspart pager - the line with the page
 * @csspart project-link - the name of a project
 * @csspart search - the search field
 * @csspart share - the bar behind a figure of the sorted column
 * @csspart sparkline - the line of a project over time
 */
export class UsageProjects extends ListCardElement<Projects> {
  static readonly tagName: string = 'usage-projects';
  static override properties: PropertyDeclarations = {
    projectHref: { attribute: 'project-href' },
    pageSize: { attribute: 'page-size', type: Number },
    noExport: { type: Boolean, attribute: 'no-export' },
    search: { state: true },
    sortBy: { state: true },
    sortOrder: { state: true },
    page: { state: true },
    expanded: { state: true },
  };
  static override styles: CSSResultGroup = [
    ListCardElement.styles,
    statesStyles,
    logoStyles,
    controlStyles,
    statusFooterStyles,
    tableStyles,
    compactRowsStyles,
    searchStyles,
    usageProjectsStyles,
  ];

  /** Where a project's page is, with `{appDid}` in it, e.g. `/usage/projects/{appDid}`. */
  projectHref: string | undefined;
  /** Rows a page, 1 to 100. */
  pageSize = 20;
  /** Offers no file of what is shown. */
  noExport = false;
  private search = '';
  private sortBy: ProjectSort = 'calls';
  private sortOrder: SortOrder = 'desc';
  private page = 1;
  /** Projects of which all figures are shown on a phone. */
  private expanded: ReadonlySet<string> = new Set();

  readonly #debounce = new DebounceController(this);
  readonly #toRows = memoizeLast(toProjectRows);
  readonly #drawing = new RowDrawingController(this, () => this.data);
  protected readonly query = new QueryController<Projects>(this, () => {
    const { search, sortOrder, page, pageSize } = this;
    const sortBy = this.#shownSort;
    const sparkline = toSparklineMetric(sortBy);
    const params = { search, sortBy, sortOrder, page, pageSize, sparkline };
    return toRangeRequest(this, {
      route: 'projects',
      params,
      send: (range, options) =>
        this.settings.client.getProjects(
          { ...range, ...params, search: search === '' ? undefined : search },
          options,
        ),
    });
  });

  readonly #export = new ExportController(this, () => {
    const { search, sortOrder, data } = this;
    if (data === undefined || this.query.state.status === 'loading') return null;
    const params = { ...data.range, sortBy: this.#shownSort, sortOrder };
    return {
      kind: 'projects',
      params: { ...params, search: search === '' ? undefined : search },
    };
  });

  /** A link may have been made where the other amount is shown. */
  get #shownSort(): ProjectSort {
    return toShownMetric(this.localizer, this.sortBy);
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return {
      search: this.search,
      sort: writeSort(this.sortBy, this.sortOrder, '-calls'),
      page: this.page === 1 ? undefined : String(this.page),
    };
  }

  protected override writeChoices({ search = '', sort, page }: UsageViewState): void {
    const isTyped = search === this.search;
    const { sortBy, sortOrder } = readSort(sort, PROJECT_SORTS, '-calls');
    Object.assign(this, { search, sortBy, sortOrder, page: readPage(page) });
    // Not bound in the template: that would take back what is being typed, spaces at the end first.
    if (!isTyped) void this.updateComplete.then(() => this.#fillSearch());
  }

  protected override render(): TemplateResult {
    const { localizer } = this;
    return renderCard(this, {
      title: localizer.t(projectMessages.projects),
      query: this.query,
      footer: renderStatusFooter,
      actions: html`${this.#renderSearch()}${this.#export.render()}`,
      body: renderBody(this, this.query, {
        inputProblem: checkRange(this),
        skeleton: () => this.#renderSkeleton(this.pageSize),
        spacer: () => this.#renderSkeleton(SPACER_ROWS),
        empty: (projects) => this.#emptyNotice(projects),
        ready: (projects) => this.#renderTable(projects),
      }),
    });
  }

  #renderSearch(): TemplateResult {
    const { t } = this.localizer;
    const onInput = (event: Event): void => {
      const { value } = event.target as HTMLInputElement;
      this.#debounce.run(() => {
        this.search = value.trim();
        this.page = 1;
      });
    };
    return html`<label class="search" part="search">
      ${icons.search()}<span class="sr-only">${t(projectMessages.searchProjects)}</span>
      <input
        class="input"
        type="search"
        autocomplete="off"
        placeholder=${t(projectMessages.searchProjectsHint)}
        @input=${onInput}
      />
    </label>`;
  }

  #fillSearch(): void {
    const input = this.renderRoot.querySelector<HTMLInputElement>('input[type=search]');
    if (input !== null) input.value = this.search;
  }

  #emptyNotice({ total }: Projects): Notice | null {
    if (total > 0) return null;
    const { t } = this.localizer;
    const { search } = this;
    if (search === '') {
      return {
        icon: icons.empty(24),
        title: t(projectMessages.projectsEmptyTitle),
        text: t(projectMessages.projectsEmptyText),
      };
    }
    const text = t(projectMessages.projectsNoMatchText, { search });
    return { icon: icons.search(24), title: t(projectMessages.projectsNoMatchTitle), text };
  }

  #columns(): Column<ProjectRow, ProjectSort>[] {
    const { localizer, projectHref } = this;
    const links: ProjectLinks = {
      getHref: ({ appDid }) =>
        projectHref === undefined ? null : toProjectHref(projectHref, appDid),
      onOpen: (project, event) => this.#open(project, event),
    };
    const currency = this.data?.items[0]?.totals.currency;
    const rate = currency === undefined ? null : describeConversion(localizer, currency);
    const titles = { zone: this.timeZoneLabel, rate };
    return toProjectColumns(localizer, links, titles, this.#drawing.toDrawings(this.#shownSort));
  }

  #renderSkeleton(rows: number): TemplateResult {
    return html`${renderTableSkeleton(this.#columns(), rows, true, this.#mainColumn)}
      <div class="pager"><span class="skeleton-block skeleton-label">&nbsp;</span></div>`;
  }

  #renderTable({ items, total, page, pageSize, freshness }: Projects): TemplateResult {
    const { localizer, settings } = this;
    const all = this.#toRows(items, localizer, settings.timeZone, freshness.asOf);
    const { items: rows, pending } = this.rows.reveal(all, ({ item }) => item.appDid);
    return html`${renderDataTable(localizer, {
      caption: localizer.t(projectMessages.projects),
      columns: this.#columns(),
      rows,
      pending,
      getKey: ({ item }) => item.appDid,
      onRowClick: ({ item }, event) => this.#open(item, event),
      compact: {
        main: this.#mainColumn,
        getName: ({ name }) => name,
        isExpanded: ({ item }) => this.expanded.has(item.appDid),
        onToggle: ({ item }) => this.#toggle(item.appDid),
      },
      sorting: {
        by: this.#shownSort,
        order: this.sortOrder,
        onSort: (by, order) => {
          this.sortBy = by;
          this.sortOrder = order;
          this.page = 1;
        },
      },
    })}
    ${renderPager(localizer, { page, pageSize, total, onPage: (next) => (this.page = next) })}`;
  }

  /** The figure that rows are sorted by; calls where they are sorted by name. */
  get #mainColumn(): string {
    const sort = this.#shownSort;
    return sort === 'name' || sort === 'lastCall' ? 'calls' : sort;
  }

  #toggle(appDid: string): void {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(appDid)) expanded.add(appDid);
    this.expanded = expanded;
  }

  #open(project: Project, event: MouseEvent): void {
    // With a modifier the browser opens the link elsewhere; that is not opening it here.
    const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (isElsewhere) return;
    const { appDid, name } = project;
    // A page may make links of the event's addresses.
    const [logoUrl, url] = [toSafeUrl(project.logoUrl), toSafeUrl(project.url)];
    const isAllowed = this.dispatchEvent(
      new UsageProjectSelectEvent({ appDid, name, logoUrl, url }),
    );
    const isLink = event.composedPath().some((target) => target instanceof HTMLAnchorElement);
    if (!isAllowed) event.preventDefault();
    else if (!isLink && this.projectHref !== undefined) {
      goTo(toProjectHref(this.projectHref, appDid));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-projects': UsageProjects;
  }
}
