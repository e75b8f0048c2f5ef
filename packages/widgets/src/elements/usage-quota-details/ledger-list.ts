import type { LedgerEntry, QuotaDetails } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageElement } from '../../base/usage-element.js';
import type { RowsController } from '../../controllers/rows-controller.js';
import { ledgerMessages } from '../../locales/en/ledger.js';
import { ledgerRowMessages } from '../../locales/en/ledger-rows.js';
import { renderDataTable, type Column } from '../../templates/data-table.js';
import { renderPager } from '../../templates/pager.js';
import { adoptStyles } from '../../utils/adopt-styles.js';
import { toSafeUrl } from '../../utils/safe-url.js';
import type { Figure } from '../../view-models/figure.js';
import * as icons from '../../templates/icons.js';
import type { DayItem, DayTexts, LedgerDays } from './ledger-day.js';
import { LEDGER_COLUMNS, type LedgerColumnId } from './ledger-columns.js';
import { ledgerListStyles } from './ledger-list.styles.js';
import {
  toLedgerRow,
  toNextExpiryText,
  toSumText,
  type LedgerRow,
} from './usage-quota-details.view.js';
import { importPart } from '../../utils/import-part.js';

/** The element that shows the ledger. */
export interface LedgerPort {
  rows: RowsController;
  /** Whether rows of every kind are shown: below those of one, a sum of all would read as theirs. */
  hasAllKinds: () => boolean;
  getZoneLabel: () => string;
  getTexts: () => DayTexts;
  onPage: (page: number) => void;
}

/** Entries of a day that are loaded first. */
const FIRST_ENTRIES = 25;

/** A line of the table: a row, an entry of an opened day, or the placeholder of one that is loading. */
interface Line {
  key: string;
  row: LedgerRow | null;
  isOfDay: boolean;
  /** What can be done below the line. */
  action: unknown;
}

type Part = Pick<Column<Line, never>, 'label' | 'title'> & { cell: (row: LedgerRow) => unknown };

/** The rows of the ledger, what they add up to, and their pages. */
export class LedgerList {
  readonly #host: UsageElement;
  readonly #port: LedgerPort;
  /** Ids of days that are open. */
  readonly #open = new Set<string>();
  /** Loaded with the first day that is opened; `null` while it is not, or could not be. */
  #days: LedgerDays | null = null;

  constructor(host: UsageElement, port: LedgerPort) {
    this.#host = host;
    this.#port = port;
    adoptStyles(host, ledgerListStyles);
  }

  render({ items, total, page, pageSize, sum, grants, freshness }: QuotaDetails): TemplateResult {
    const { localizer, settings } = this.#host;
    const { rows: shown, hasAllKinds, onPage } = this.#port;
    const sumText = hasAllKinds() ? toSumText(sum, localizer) : null;
    const nextText = toNextExpiryText(grants, localizer, settings.timeZone);
    const notes = [sumText, nextText].filter((text) => text !== null).join(' ');
    const { items: entries, pending } = shown.reveal(items, ({ id }) => id);
    const toRow = (entry: LedgerEntry): LedgerRow =>
      toLedgerRow(entry, localizer, settings.timeZone, freshness.asOf);
    const rows = entries.flatMap((entry) => this.#toLines(entry, toRow));
    return html`${renderDataTable(localizer, {
      caption: localizer.t(ledgerMessages.quotaDetails),
      columns: this.#columns(),
      rows,
      pending,
      getKey: ({ key }) => key,
      rowClass: ({ isOfDay }) => (isOfDay ? 'of-day' : ''),
      detail: ({ action }) => action,
    })}
    ${notes === '' ? nothing : html`<p class="sum" part="sum">${notes}</p>`}
    ${renderPager(localizer, { page, pageSize, total, onPage })}`;
  }

  /** A row, and below one that is an opened day the rows of its entries. */
  #toLines(entry: LedgerEntry, toRow: (entry: LedgerEntry) => LedgerRow): Line[] {
    const line = { key: entry.id, row: toRow(entry), isOfDay: false, action: nothing };
    if (!isDay(entry) || !this.#open.has(entry.id)) return [line];
    const { entries, waiting, action } = this.#days?.show(entry, line.row.time.text) ?? {
      ...{ entries: [], waiting: Math.min(entry.day.entries, FIRST_ENTRIES), action: nothing },
    };
    const lines: Line[] = [
      line,
      ...entries.map((each) => ({
        ...{ key: `${entry.id} ${each.id}`, row: toRow(each), isOfDay: true, action: nothing },
      })),
      ...Array.from({ length: waiting }, (_, index) => ({
        ...{ key: `${entry.id} ${index} waiting`, row: null, isOfDay: true, action: nothing },
      })),
    ];
    const last = lines.at(-1);
    if (last) last.action = action;
    return lines;
  }

  async #toggle(id: string): Promise<void> {
    if (!this.#open.delete(id)) this.#open.add(id);
    this.#host.requestUpdate();
    if (this.#days !== null) return;
    try {
      const { LedgerDays } = await importPart(() => import('./ledger-day.js'));
      this.#days ??= new LedgerDays(this.#host, this.#port.getTexts);
    } catch {
      // The next click loads it again.
      this.#open.clear();
    }
    this.#host.requestUpdate();
  }

  #columns(): Column<Line, never>[] {
    const { t } = this.#host.localizer;
    const zone = this.#port.getZoneLabel();
    const parts: Readonly<Record<LedgerColumnId, Part>> = {
      time: {
        label: t(ledgerRowMessages.ledgerTime),
        title: zone,
        cell: ({ time }) => figure(time),
      },
      kind: {
        label: t(ledgerMessages.ledgerKind),
        cell: ({ kind, kindText }) =>
          html`<span class="chip ${kind}" part="chip">${kindText}</span>`,
      },
      description: {
        label: t(ledgerRowMessages.ledgerDescription),
        cell: ({ id, day, time, description, url }) =>
          day !== null
            ? this.#renderDay(id, day, `${time.text}: `, description)
            : toSafeUrl(url) === null
              ? description
              : html`<a href=${toSafeUrl(url)}>${description}</a>`,
      },
      expires: {
        label: t(ledgerRowMessages.ledgerExpires),
        title: zone,
        cell: ({ expires }) => figure(expires),
      },
      left: {
        label: t(ledgerRowMessages.ledgerLeft),
        cell: ({ left }) => (left === null ? nothing : figure(left)),
      },
      amount: {
        label: t(ledgerRowMessages.ledgerAmount),
        cell: ({ amount, isIncrease }) =>
          html`<span class="amount ${isIncrease ? 'increase' : ''}" title=${amount.title}
            >${amount.text}</span
          >`,
      },
      balance: {
        label: t(ledgerRowMessages.ledgerBalance),
        cell: ({ balance }) => figure(balance),
      },
    };
    return LEDGER_COLUMNS.map((column) => {
      const { cell, ...part } = parts[column.id];
      return {
        ...column,
        ...part,
        cell: ({ row }) => {
          if (row !== null) return cell(row);
          // Use neither expires nor has a rest.
          return column.id === 'expires' || column.id === 'left' ? nothing : PLACEHOLDER;
        },
      };
    });
  }

  #renderDay(
    id: string,
    { calls }: NonNullable<LedgerRow['day']>,
    name: string,
    description: string,
  ): TemplateResult {
    const title =
      calls === null ? this.#host.localizer.t(ledgerRowMessages.ledgerDayCallsUnknown) : '';
    return html`<button
      class="day-toggle"
      part="day-toggle"
      type="button"
      title=${title}
      aria-expanded=${String(this.#open.has(id))}
      @click=${() => this.#toggle(id)}
    >
      <span class="day-icon">${icons.chevron()}</span
      ><span><span class="sr-only">${name}</span>${description}</span>
    </button>`;
  }
}

const PLACEHOLDER = html`<span class="skeleton-block">&nbsp;</span>`;

function isDay(entry: LedgerEntry): entry is DayItem {
  return entry.day !== undefined;
}

function figure({ text, title }: Figure): TemplateResult {
  return html`<span title=${title}>${text}</span>`;
}
