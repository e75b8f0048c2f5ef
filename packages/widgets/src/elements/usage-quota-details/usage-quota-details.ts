import type { LedgerKind, QuotaDetails } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type CSSResultGroup,
  type TemplateResult,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import { ExportController } from '../../controllers/export-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import { readPage } from '../../controllers/view-state-controller.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { SPACER_ROWS, renderTableSkeleton } from '../../templates/data-table.js';
import * as icons from '../../templates/icons.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { renderCard } from '../../templates/card.js';
import { renderBody, renderRetry, type Notice } from '../../templates/states.js';
import { renderStale } from '../../templates/stale.js';
import { renderSegments } from '../../templates/segments.js';
import { ListCardElement } from '../../base/list-card-element.js';
import { toQueryKey } from '../../store/query-key.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { segmentsStyles } from '../../styles/segments.styles.js';
import { staleStyles } from '../../styles/stale.styles.js';
import { tableStyles } from '../../styles/table.styles.js';
import { usageQuotaDetailsStyles } from './usage-quota-details.styles.js';
import { UNGROUPED, readDays, renderGrouping } from './ledger-grouping.js';
import { LEDGER_COLUMNS } from './ledger-columns.js';
import { KIND_LABELS } from './ledger-kinds.js';
import type { LedgerList } from './ledger-list.js';
import { ledgerMessages } from '../../locales/en/ledger.js';
import { quotaFigureMessages } from '../../locales/en/quota-figures.js';
import { stateMessages } from '../../locales/en/states.js';
import { tableMessages } from '../../locales/en/tables.js';
import { importPart } from '../../utils/import-part.js';

const KINDS = Object.keys(KIND_LABELS) as LedgerKind[];

/**
 * The ledger behind the balance: grants, use, adjustments and expiry, newest first. Use is a row a day, which opens to its entries,
 * unless a person has chosen each entry.
 *
 * @summary Every row that explains the balance.
 * @csspart chip - a kind or type as a pill
 * @csspart day-more - shows more entries of an opened day
 * @csspart day-retry - loads the entries of an opened day again
 * @csspart day-toggle - opens and closes the entries of a day
 * @csspart export-button - opens the menu of files
 * @csspart export-cancel - ends the download
 * @csspart export-item - a format in the menu
 * @csspart export-menu - the menu of files
 * @csspart export-progress - how much of the file has come
 * @csspart export-retry - makes the file again
 * @csspart page-button - goes to the page before or after
 * @csspart pager - the line with the page
 * @csspart segments - the row of choices
 * @csspart stale - the age of cached values
 * @csspart sum - whether the rows add up to the balance
 */
export class UsageQuotaDetails extends ListCardElement<QuotaDetails> {
  static readonly tagName: string = 'usage-quota-details';
  static override properties: PropertyDeclarations = {
    pageSize: { attribute: 'page-size', type: Number },
    noExport: { type: Boolean, attribute: 'no-export' },
    kind: { state: true },
    isEach: { state: true },
    page: { state: true },
    isBroken: { state: true },
  };
  static override styles: CSSResultGroup = [
    ListCardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    segmentsStyles,
    tableStyles,
    staleStyles,
    usageQuotaDetailsStyles,
  ];

  /** Rows a page, 1 to 100. */
  pageSize = 10;
  /** Offers no file of what is shown. */
  noExport = false;
  private kind: LedgerKind | undefined;
  private isEach = false;
  private page = 1;
  private isBroken = false;
  #list: LedgerList | null = null;
  #loading: Promise<void> | null = null;

  protected readonly query = new QueryController<QuotaDetails>(this, () => {
    const { store, client, timeZone } = this.settings;
    const { kind, page, pageSize } = this;
    const days = this.#isByDay ? ({ groupBy: 'day', timeZone } as const) : {};
    const params = { kind, page, pageSize, ...days };
    return {
      store,
      intervalMs: null,
      group: 'quotaDetails',
      query: {
        key: toQueryKey('quotaDetails', params),
        fetch: (options) => readDays(client, params, options),
      },
    };
  });

  readonly #export = new ExportController(this, () => {
    const { data, kind } = this;
    const isLoading = this.query.state.status === 'loading';
    if (data === undefined || isLoading || data.status === 'unavailable') return null;
    return { kind: 'ledger', params: { kind } };
  });

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#loading = this.#load();
  }

  /** With what shows the rows. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    if (this.#list !== null || this.#loading === null) return isComplete;
    await this.#loading;
    return super.getUpdateComplete();
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return {
      kind: this.kind,
      groupBy: this.isEach ? UNGROUPED : undefined,
      page: this.page === 1 ? undefined : String(this.page),
    };
  }

  protected override writeChoices({ kind, groupBy, page }: UsageViewState): void {
    this.kind = KINDS.find((known) => known === kind);
    this.isEach = groupBy === UNGROUPED;
    this.page = readPage(page);
  }

  protected override render(): TemplateResult {
    const { t } = this.localizer;
    return renderCard(this, {
      title: t(ledgerMessages.quotaDetails),
      query: this.query,
      footer: renderStatusFooter,
      actions: html`${renderSegments(
        t(ledgerMessages.ledgerKind),
        [
          { value: '', label: t(tableMessages.all) },
          ...KINDS.map((kind) => ({ value: kind, label: t(KIND_LABELS[kind]) })),
        ],
        this.kind ?? '',
        (kind) => this.#choose(kind),
      )}${
        this.#hasUse
          ? renderGrouping(this.localizer, this.isEach, (isEach) => {
              this.isEach = isEach;
              this.page = 1;
            })
          : nothing
      }${this.#export.render()}`,
      body: renderBody(this, this.query, {
        skeleton: () => this.#renderSkeleton(this.pageSize),
        spacer: () => this.#renderSkeleton(Math.min(SPACER_ROWS, this.pageSize)),
        empty: (details) => this.#emptyNotice(details),
        ready: (details) =>
          html`${renderStale(this.localizer, details.stale)}${
            this.#list?.render(details) ?? this.#renderSkeleton(this.pageSize)
          }`,
      }),
    });
  }

  /** Whether the rows of this kind include use, which alone is grouped. */
  get #hasUse(): boolean {
    return this.kind === undefined || this.kind === 'consumption';
  }

  get #isByDay(): boolean {
    return this.#hasUse && !this.isEach;
  }

  #choose(kind: string): void {
    this.kind = KINDS.find((known) => known === kind);
    this.page = 1;
  }

  #emptyNotice({ total, status }: QuotaDetails): Notice | null {
    const { t } = this.localizer;
    const title = t(stateMessages.errorTitle);
    if (this.isBroken) {
      const text = t(stateMessages.errorNetwork);
      const action = html`<button
        class="button"
        part="retry"
        type="button"
        @click=${() => this.#load()}
      >
        ${t(stateMessages.retry)}
      </button>`;
      return { icon: icons.warning(24), title, text, action };
    }
    if (status === 'unavailable') {
      const text = t(quotaFigureMessages.quotaUnavailableText);
      // The element does not poll, and the payment system may respond the next time.
      return {
        icon: icons.warning(24),
        title,
        text,
        action: renderRetry(this.localizer, () => this.query.retry()),
      };
    }
    if (total > 0) return null;
    const text = t(
      this.kind === undefined ? ledgerMessages.ledgerEmptyText : ledgerMessages.ledgerNoMatchText,
    );
    return { icon: icons.empty(24), title: t(ledgerMessages.ledgerEmptyTitle), text };
  }

  #renderSkeleton(rows: number): TemplateResult {
    return html`${renderTableSkeleton(LEDGER_COLUMNS, rows)}
      ${this.kind === undefined ? html`<p class="sum"><span class="skeleton-block skeleton-line">&nbsp;</span></p>` : nothing}
      <div class="pager"><span class="skeleton-block skeleton-label">&nbsp;</span></div>`;
  }

  async #load(): Promise<void> {
    this.isBroken = false;
    try {
      const { LedgerList } = await importPart(() => import('./ledger-list.js'));
      this.#list = new LedgerList(this, {
        rows: this.rows,
        hasAllKinds: () => this.kind === undefined,
        getZoneLabel: () => this.timeZoneLabel,
        getTexts: () => ({
          loading: this.localizer.t(stateMessages.loading),
          retry: this.localizer.t(stateMessages.retry),
        }),
        onPage: (page) => (this.page = page),
      });
      this.requestUpdate();
    } catch {
      this.isBroken = true;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-quota-details': UsageQuotaDetails;
  }
}
