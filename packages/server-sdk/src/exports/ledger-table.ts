import type { LedgerEntry, LedgerKind, QuotaDetails } from '../contract/quota.js';
import type { ExportCheck, LedgerTotals } from '../contract/exports.js';
import { UsageError } from '../errors.js';
import { formatDecimal, parseDecimal } from '../values/decimal.js';
import { parseInstant } from '../values/parse-instant.js';
import type { ExportDependencies } from './export-dependencies.js';
import { describeQuery, type ExportRequest, type LedgerExport } from './export-query.js';
import {
  ExportMismatchError,
  listUnits,
  type ExportColumn,
  type ExportRow,
  type ExportTable,
} from './export-table.js';

type Request = ExportRequest & { query: LedgerExport };

/** The largest page of `/quota-details`: each page is a request to the quota provider. */
const PAGE_SIZE = 100;

/**
 * The table of the ledger, page by page from the quota provider. It is no snapshot of a database: a provider that adds or
 * removes a row meanwhile, or stops responding, breaks the export.
 *
 * @throws UsageError `QUOTA_UNAVAILABLE` when the provider gives no page
 */
export async function createLedgerTable(
  { quota, database }: ExportDependencies,
  request: Request,
): Promise<ExportTable> {
  const { userDid, nowMs, query } = request;
  const readPage = async (page: number): Promise<QuotaDetails> => {
    const { ledgerKind: kind, fromMs, toMs } = query;
    const found = { kind, fromMs, toMs, page, pageSize: PAGE_SIZE };
    return quota.getQuotaDetails(userDid, found, nowMs);
  };
  const first = await readPage(1);
  if (first.status === 'unavailable') {
    throw new UsageError('QUOTA_UNAVAILABLE', 'The ledger is not available now. Try again later.');
  }
  const sums = new LedgerSums();
  const columns = createColumns(first);
  return {
    header: {
      record: 'header',
      version: 1,
      ...describeQuery(query),
      freshness: first.freshness,
      currency: database.calls.currency,
      quotaCurrency: first.currency,
      stale: first.stale,
      units: listUnits(columns),
      columns: columns.map(({ name }) => name),
    },
    columns,
    maxRows: first.total,
    readBatches: async function* () {
      for (let page = 1, details = first; ; page += 1, details = await readPage(page)) {
        requireSame(first, details);
        for (const entry of details.items) sums.add(entry);
        if (details.items.length > 0) yield details.items.map(toRow);
        if (page * PAGE_SIZE >= first.total) return;
      }
    },
    finish: () => {
      const checked = sums.check(first, query);
      const totals = sums.toTotals(first.sum);
      return { record: 'footer', rows: sums.rows, totals, checked, complete: true };
    },
  };
}

function createColumns({ currency }: QuotaDetails): ExportColumn[] {
  const unit = currency?.symbol ?? 'credits';
  return [
    { name: 'id', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'occurredAt', type: 'instant' },
    { name: 'amount', type: 'decimal', unit },
    { name: 'balanceAfter', type: 'decimal', unit },
    { name: 'description', type: 'text' },
    { name: 'category', type: 'text' },
    { name: 'expiresAt', type: 'instant' },
    { name: 'url', type: 'text' },
  ];
}

function toRow(entry: LedgerEntry): ExportRow {
  return [
    entry.id,
    entry.kind,
    parseInstant(entry.occurredAt),
    entry.amount,
    entry.balanceAfter,
    entry.description,
    entry.category,
    entry.expiresAt === null ? null : parseInstant(entry.expiresAt),
    entry.url,
  ];
}

/** @throws ExportMismatchError when a page is of another ledger than the first one */
function requireSame(first: QuotaDetails, page: QuotaDetails): void {
  const isSame = page.status === 'ok' && page.total === first.total;
  if (isSame && (page.stale === null) === (first.stale === null)) return;
  throw new ExportMismatchError('The ledger changed while it was read');
}

/** More than the decimals of any currency. */
const DECIMALS = 36;

/** Sums of the rows of a ledger. */
class LedgerSums {
  readonly #ids = new Set<string>();
  #rows = 0;
  #amount = 0n;
  readonly #byKind = new Map<LedgerKind, bigint>();

  get rows(): number {
    return this.#rows;
  }

  /** @throws ExportMismatchError for an amount that cannot be summed */
  add({ id, kind, amount }: LedgerEntry): void {
    this.#rows += 1;
    this.#ids.add(JSON.stringify([kind, id]));
    const units = toUnits(amount);
    this.#amount += units;
    this.#byKind.set(kind, (this.#byKind.get(kind) ?? 0n) + units);
  }

  /** @throws ExportMismatchError when a row is missing or twice, or the rows of all are not their sum */
  check(first: QuotaDetails, { ledgerKind, fromMs, toMs }: LedgerExport): ExportCheck {
    if (this.#rows !== first.total || this.#ids.size !== this.#rows) {
      throw new ExportMismatchError('The ledger has other rows than it counted');
    }
    const isWhole = ledgerKind === null && fromMs === null && toMs === null;
    if (!isWhole || first.sum === null || first.sum.unexplained === null) return 'rowCount';
    if (toUnits(first.sum.rows) !== this.#amount) {
      throw new ExportMismatchError('The rows of the ledger do not add up to their sum');
    }
    return 'totals';
  }

  toTotals(sum: QuotaDetails['sum']): LedgerTotals {
    const byKind = [...this.#byKind].map(([kind, units]) => [kind, formatDecimal(units, DECIMALS)]);
    return {
      amount: formatDecimal(this.#amount, DECIMALS),
      byKind: Object.fromEntries(byKind) as LedgerTotals['byKind'],
      sum,
    };
  }
}

/** @throws ExportMismatchError */
function toUnits(amount: string): bigint {
  const units = parseDecimal(amount, DECIMALS);
  if (units === null) throw new ExportMismatchError('An amount of the ledger is no decimal');
  return units;
}
