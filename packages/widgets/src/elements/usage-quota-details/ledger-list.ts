import type { QuotaDetails } from '@usage-kit/server-sdk/contract';
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
import { LEDGER_COLUMNS, type LedgerColumnId } from './ledger-columns.js';
import { ledgerListStyles } from './ledger-list.styles.js';
import {
  toLedgerRow,
  toNextExpiryText,
  toSumText,
  type LedgerRow,
} from './usage-quota-details.view.js';

/** The element that shows the ledger. */
export interface LedgerPort {
  rows: RowsController;
  /** Whether rows of every kind are shown: below those of one, a sum of all would read as theirs. */
  hasAllKinds: () => boolean;
  getZoneLabel: () => string;
  onPage: (page: number) => void;
}

/** The rows of the ledger, what they add up to, and their pages. */
export class LedgerList {
  readonly #host: UsageElement;
  readonly #port: LedgerPort;

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
    const rows = entries.map((entry) =>
      toLedgerRow(entry, localizer, settings.timeZone, freshness.asOf),
    );
    return html`${renderDataTable(localizer, {
      caption: localizer.t(ledgerMessages.quotaDetails),
      columns: this.#columns(),
      rows,
      pending,
      getKey: ({ id }) => id,
    })}
    ${notes === '' ? nothing : html`<p class="sum" part="sum">${notes}</p>`}
    ${renderPager(localizer, { page, pageSize, total, onPage })}`;
  }

  #columns(): Column<LedgerRow, never>[] {
    const { t } = this.#host.localizer;
    const zone = this.#port.getZoneLabel();
    const parts: Readonly<Record<LedgerColumnId, Omit<Column<LedgerRow, never>, 'id'>>> = {
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
        cell: ({ description, url }) =>
          toSafeUrl(url) === null
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
    return LEDGER_COLUMNS.map((column) => ({ ...column, ...parts[column.id] }));
  }
}

function figure({ text, title }: Figure): TemplateResult {
  return html`<span title=${title}>${text}</span>`;
}
