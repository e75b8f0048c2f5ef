import type { LedgerGrants, LedgerSum } from '../../contract/quota.js';
import { formatDecimal } from '../../values/decimal.js';
import { toInstant } from '../../values/time.js';
import type { LedgerPage, LedgerRequest } from '../quota-provider.js';
import type { Customer, Meter } from './account.js';
import type { Credits } from './balance.js';
import type { PaymentKitReads, ReadContext } from './client.js';
import { readPage, toEntry } from './ledger-page.js';
import { toGrantRows, type LedgerRow, type RowReader } from './ledger-rows.js';
import type { LinkMaker } from './links.js';
import { requireAmount, requireList, toObject, type WireObject } from './read-values.js';
import { NEWEST_FIRST, PAGE_ROWS, TransactionList } from './transaction-list.js';

/** Maximum number of pages of grants; amounts of further grants are unexplained in the sum. */
const MAX_GRANT_PAGES = 10;

/** Dependencies of the ledger of a user. */
export interface LedgerSource {
  reads: PaymentKitReads;
  context: ReadContext;
  meter: Meter;
  customer: Customer;
  page: LinkMaker['page'];
  /** Reads the current balance. */
  credits(): Promise<Credits>;
}

/** Reads a page of the ledger, and whether all rows explain the balance. @throws QuotaProviderError */
export async function readLedgerPage(
  source: LedgerSource,
  request: LedgerRequest,
): Promise<LedgerPage> {
  const { reads, context, meter, customer } = source;
  const decimals = meter.currency.decimal;
  const reader: RowReader = { decimals, nowMs: request.nowMs, page: source.page };
  const { fromMs, toMs } = request;
  const filter = { customerId: customer.id, meterId: meter.id, fromMs, toMs };
  const [credits, grants, transactions, reportedBase] = await Promise.all([
    source.credits(),
    readGrants(source, reader),
    TransactionList.open(reads, context, filter, reader),
    readReportedUse(source, decimals),
  ]);
  const isWhole = fromMs === null && toMs === null;
  const usedBase = await sumUse(transactions, isWhole, reportedBase);
  const sum = toSum(credits, grants, usedBase, decimals);
  const isExplained = sum.unexplained === null || sum.unexplained === '0';
  const inRange = grants.filter(
    ({ atMs }) => (fromMs === null || atMs >= fromMs) && (toMs === null || atMs < toMs),
  );
  const balanceBase = toMs === null && isExplained ? credits.leftBase : null;
  const { rows, total } = await readPage({ transactions, grants: inRange, balanceBase }, request);
  return {
    items: rows.map((row) => toEntry(row, decimals, toLefts(grants))),
    total,
    currency: meter.currency,
    sum,
    grants: toGrants(grants, credits.leftBase, decimals),
  };
}

function toLefts(grants: readonly LedgerRow[]): ReadonlyMap<string, bigint> {
  return new Map(
    grants.flatMap(({ id, leftBase }): [string, bigint][] =>
      leftBase === null ? [] : [[id, leftBase]],
    ),
  );
}

/** What is left of all grants; `null` where that is not the balance, e.g. because there are more than are read. */
function toGrants(
  grants: readonly LedgerRow[],
  balanceBase: bigint,
  decimals: number,
): LedgerGrants | null {
  const open = grants.filter(({ leftBase }) => leftBase !== null && leftBase > 0n);
  const leftBase = open.reduce((sum, grant) => sum + (grant.leftBase ?? 0n), 0n);
  if (leftBase !== balanceBase) return null;
  const [next] = open
    .flatMap((grant) => (grant.expiresAtMs === null ? [] : [{ ...grant, atMs: grant.expiresAtMs }]))
    .sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
  return {
    remaining: formatDecimal(leftBase, decimals),
    nextToExpire: next
      ? {
          id: next.id,
          description: next.description,
          remaining: formatDecimal(next.leftBase ?? 0n, decimals),
          expiresAt: toInstant(next.atMs),
        }
      : null,
  };
}

/** Reads every grant with its end, newest first. */
async function readGrants(source: LedgerSource, reader: RowReader): Promise<LedgerRow[]> {
  const { reads, context, meter, customer } = source;
  const read = async (page: number): Promise<{ count: number; list: WireObject[] }> => {
    const params = {
      customer_id: customer.id,
      currency_id: meter.currencyId,
      // Payment-kit omits voided grants unless they are listed.
      status: 'granted,pending,depleted,expired,voided',
      page,
      pageSize: PAGE_ROWS,
      order: NEWEST_FIRST,
    };
    return requireList(await reads.grants(context, params), 'The grants');
  };
  const first = await read(1);
  const pages = Math.ceil(first.count / Math.max(1, first.list.length));
  const others = await Promise.all(
    Array.from({ length: Math.max(0, Math.min(pages, MAX_GRANT_PAGES) - 1) }, (_, index) =>
      read(index + 2),
    ),
  );
  return [first, ...others]
    .flatMap(({ list }) => list)
    .filter((grant) => isOfCurrency(grant, meter))
    .flatMap((grant) => toGrantRows(grant, reader))
    .sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
}

function isOfCurrency(grant: WireObject, meter: Meter): boolean {
  return grant['currency_id'] === undefined || grant['currency_id'] === meter.currencyId;
}

/** Reads payment-kit's sum of all transactions; `null` when it has none. */
async function readReportedUse(source: LedgerSource, decimals: number): Promise<bigint | null> {
  const { reads, context, customer, meter } = source;
  try {
    const summary = toObject(await reads.transactionSummary(context, customer.id, meter.id));
    const used = summary?.['total_credit_amount'];
    if (used == null) return null;
    const usedBase = requireAmount(used, decimals, 'The sum of transactions');
    return usedBase < 0n ? -usedBase : usedBase;
  } catch (error) {
    // Undocumented, so it may be missing; then only the sum is unknown.
    if (context.signal.aborted) throw error;
    return null;
  }
}

/** Sums the credits of transactions where all are read; otherwise returns the reported sum. */
async function sumUse(
  transactions: TransactionList,
  isWhole: boolean,
  reportedBase: bigint | null,
): Promise<bigint | null> {
  if (transactions.hasAllKinds) return null;
  if (!isWhole || transactions.count > PAGE_ROWS) return reportedBase;
  const rows = await transactions.slice(0, transactions.count);
  return -rows.reduce((sum, { amountBase }) => sum + amountBase, 0n);
}

function toSum(
  { leftBase, pendingBase }: Credits,
  grants: readonly LedgerRow[],
  usedBase: bigint | null,
  decimals: number,
): LedgerSum {
  const toDecimal = (base: bigint): string => formatDecimal(base, decimals);
  const givenBase = grants.reduce((sum, { amountBase }) => sum + amountBase, 0n);
  const rowsBase = givenBase - (usedBase ?? 0n);
  return {
    balance: toDecimal(leftBase - pendingBase),
    rows: toDecimal(rowsBase),
    pending: toDecimal(-pendingBase),
    unexplained: usedBase === null ? null : toDecimal(leftBase - rowsBase),
  };
}
