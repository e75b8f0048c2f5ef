import { SECOND_MS } from '../../values/time.js';
import type { ListParams, PaymentKitReads, ReadContext } from './client.js';
import { hasKind, toTransactionRow, type LedgerRow, type RowReader } from './ledger-rows.js';
import { requireList } from './read-values.js';

/** Rows of a page of payment-kit; the maximum that is known to work. */
export const PAGE_ROWS = 100;
/** Two columns, so that the order of rows of the same instant is the same on all pages. */
export const NEWEST_FIRST: ListParams['order'] = [
  ['created_at', 'DESC'],
  ['id', 'DESC'],
];

/** Filter of transactions, half-open; `null` bounds are open. */
export interface TransactionFilter {
  customerId: string;
  meterId: string;
  fromMs: number | null;
  toMs: number | null;
}

/** The transactions of a filter, newest first, read page by page and each page once. */
export class TransactionList {
  /** Number of rows that match the filter. */
  readonly count: number;
  /** Whether the rows have their kind: then grants are among them. */
  readonly hasAllKinds: boolean;
  readonly #pages: Map<number, Promise<LedgerRow[]>>;
  readonly #load: (page: number) => Promise<LedgerRow[]>;
  readonly #pageRows: number;
  /** Rows before the first: payment-kit filters by whole seconds. */
  readonly #skipped: number;

  private constructor(
    first: LedgerRow[],
    load: (page: number) => Promise<LedgerRow[]>,
    figures: { count: number; skipped: number; hasAllKinds: boolean },
  ) {
    this.#pages = new Map([[1, Promise.resolve(first)]]);
    this.#load = load;
    this.#pageRows = Math.max(1, first.length);
    this.#skipped = figures.skipped;
    this.count = figures.count;
    this.hasAllKinds = figures.hasAllKinds;
  }

  /** Reads the first page, and the last one where the beginning of the filter cuts it. */
  static async open(
    reads: PaymentKitReads,
    context: ReadContext,
    filter: TransactionFilter,
    reader: RowReader,
  ): Promise<TransactionList> {
    const read = async (page: number) =>
      requireList(await reads.transactions(context, toParams(filter, page)), 'The transactions');
    const { count, list } = await read(1);
    const toRows = (wire: typeof list): LedgerRow[] =>
      wire.map((row) => toTransactionRow(row, reader)).sort((a, b) => b.atMs - a.atMs);
    const load = async (page: number): Promise<LedgerRow[]> => toRows((await read(page)).list);
    const first = toRows(list);
    const { fromMs, toMs } = filter;
    const lastPage = Math.ceil(count / Math.max(1, first.length));
    const last = fromMs === null || lastPage <= 1 ? first : await load(lastPage);
    const skipped = toMs === null ? 0 : first.filter(({ atMs }) => atMs >= toMs).length;
    const beyond = fromMs === null ? 0 : last.filter(({ atMs }) => atMs < fromMs).length;
    return new TransactionList(first, load, {
      count: Math.max(0, (first.length === 0 ? 0 : count) - skipped - beyond),
      skipped,
      hasAllKinds: list.some(hasKind),
    });
  }

  /** Reads the rows `[start, end)` of the list, at most to its end. @throws QuotaProviderError */
  async slice(start: number, end: number): Promise<LedgerRow[]> {
    const from = start + this.#skipped;
    const to = Math.min(end, this.count) + this.#skipped;
    if (from >= to) return [];
    const firstPage = Math.floor(from / this.#pageRows) + 1;
    const lastPage = Math.floor((to - 1) / this.#pageRows) + 1;
    const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) =>
      this.#page(firstPage + index),
    );
    const rows = (await Promise.all(pages)).flat();
    const offset = from - (firstPage - 1) * this.#pageRows;
    return rows.slice(offset, offset + to - from);
  }

  #page(page: number): Promise<LedgerRow[]> {
    const known = this.#pages.get(page);
    if (known) return known;
    const loading = this.#load(page);
    this.#pages.set(page, loading);
    return loading;
  }
}

function toParams(filter: TransactionFilter, page: number): ListParams {
  const { customerId, meterId, fromMs, toMs } = filter;
  return {
    customer_id: customerId,
    meter_id: meterId,
    ...(fromMs === null ? {} : { start: Math.floor(fromMs / SECOND_MS) }),
    ...(toMs === null ? {} : { end: Math.ceil(toMs / SECOND_MS) }),
    page,
    pageSize: PAGE_ROWS,
    order: NEWEST_FIRST,
  };
}
