import type { LedgerEntry } from '../../contract/quota.js';
import { formatDecimal } from '../../values/decimal.js';
import { toInstant } from '../../values/time.js';
import type { LedgerRequest } from '../quota-provider.js';
import type { LedgerRow } from './ledger-rows.js';
import { PAGE_ROWS, type TransactionList } from './transaction-list.js';

/** Transactions that are read from the newest on, so that the balance after each is known; later pages read only their rows. */
const PREFIX_ROWS = 500;

/** The rows that a page is a part of. */
export interface LedgerParts {
  transactions: TransactionList;
  /** Grants and their ends, newest first, within the range of the filter. */
  grants: readonly LedgerRow[];
  /** The balance before pending use, when the newest row of the filter is the newest of all; `null` otherwise. */
  balanceBase: bigint | null;
}

/** A page of rows, each with the balance after it where that is known. */
export interface RowPage {
  rows: { row: LedgerRow; balanceBase: bigint | null }[];
  total: number;
}

type PageQuery = Pick<LedgerRequest, 'kind' | 'page' | 'pageSize'>;

/**
 * Reads a page of grants and transactions merged by time.
 *
 * Payment-kit pages its transactions by offset, without the rows of grants. Those are few and all are in memory, so the row at
 * index `p` of the ledger is among the transactions from `p − grants` to `p`: page 500 costs as much as page 1.
 */
export async function readPage(parts: LedgerParts, query: PageQuery): Promise<RowPage> {
  if (parts.transactions.hasAllKinds) return readNamedPage(parts, query);
  switch (query.kind) {
    case null:
      return readMergedPage(parts, query);
    case 'consumption':
      return readTransactionPage(parts, query);
    case 'grant':
    case 'adjustment':
    case 'expiration':
      return readGrantPage(parts, query);
  }
}

async function readMergedPage(parts: LedgerParts, { page, pageSize }: PageQuery): Promise<RowPage> {
  const { transactions, grants } = parts;
  const first = (page - 1) * pageSize;
  const end = first + pageSize;
  const fromIndex = end <= PREFIX_ROWS ? 0 : Math.max(0, first - grants.length);
  const rows = await transactions.slice(fromIndex, end);
  const merged = merge(rows, grants);
  const known = fromIndex === 0 ? withBalances(merged, parts.balanceBase) : withoutBalances(merged);
  // Grants newer than the first transaction read precede it here as in the ledger, so every row from there on has an index
  // that is smaller by `fromIndex`; the page starts there or later.
  const offset = first - fromIndex;
  return {
    rows: known.slice(offset, offset + pageSize),
    total: transactions.count + grants.length,
  };
}

async function readTransactionPage(
  parts: LedgerParts,
  { page, pageSize }: PageQuery,
): Promise<RowPage> {
  const { transactions, grants, balanceBase } = parts;
  const first = (page - 1) * pageSize;
  const end = first + pageSize;
  const total = transactions.count;
  // The first page is read from the newest row on, however long it is.
  if (first > 0 && end > PREFIX_ROWS) {
    return { rows: withoutBalances(await transactions.slice(first, end)), total };
  }
  const merged = merge(await transactions.slice(0, end), grants);
  const known = withBalances(merged, balanceBase).filter(({ row }) => row.kind === 'consumption');
  return { rows: known.slice(first, end), total };
}

async function readGrantPage(
  parts: LedgerParts,
  { kind, page, pageSize }: PageQuery,
): Promise<RowPage> {
  const { transactions, grants, balanceBase } = parts;
  const rows = await transactions.slice(0, PAGE_ROWS);
  const oldest = rows.length < transactions.count ? rows.at(-1) : undefined;
  const known = withBalances(merge(rows, grants), balanceBase)
    .filter(({ row }) => row.kind === kind)
    // There are further transactions between the last one read and an older grant.
    .map((each) => (oldest && isOlder(each.row, oldest) ? { ...each, balanceBase: null } : each));
  const first = (page - 1) * pageSize;
  return { rows: known.slice(first, first + pageSize), total: known.length };
}

/** Reads a page of rows that have their kind; grants that are among them are not added again. */
async function readNamedPage(parts: LedgerParts, query: PageQuery): Promise<RowPage> {
  const { transactions, grants, balanceBase } = parts;
  const rows = await transactions.slice(0, PREFIX_ROWS);
  const oldest = rows.length < transactions.count ? rows.at(-1) : undefined;
  const ids = new Set(rows.map(({ id }) => id));
  const endings = new Set(rows.map(({ kind }) => kind));
  const added = grants.filter(
    (row) =>
      !ids.has(row.id) &&
      !(row.kind !== 'grant' && endings.has(row.kind)) &&
      !(oldest && isOlder(row, oldest)),
  );
  const { kind, page, pageSize } = query;
  const known = withBalances(merge(rows, added), balanceBase).filter(
    ({ row }) => kind === null || row.kind === kind,
  );
  const first = (page - 1) * pageSize;
  return { rows: known.slice(first, first + pageSize), total: known.length };
}

/** A grant is older than the use of the same instant. */
function isNewer(grant: LedgerRow, row: LedgerRow): boolean {
  return grant.atMs > row.atMs;
}

function isOlder(row: LedgerRow, oldest: LedgerRow): boolean {
  return row.atMs < oldest.atMs || (row.atMs === oldest.atMs && row.kind !== oldest.kind);
}

/** Merges rows, both newest first; transactions stay in the order of payment-kit. */
function merge(rows: readonly LedgerRow[], grants: readonly LedgerRow[]): LedgerRow[] {
  const merged: LedgerRow[] = [];
  let next = 0;
  for (const row of rows) {
    for (let grant = grants[next]; grant && isNewer(grant, row); grant = grants[next]) {
      merged.push(grant);
      next += 1;
    }
    merged.push(row);
  }
  return [...merged, ...grants.slice(next)];
}

/** Computes the balance after each row, back from the current one. */
function withBalances(rows: readonly LedgerRow[], balanceBase: bigint | null): RowPage['rows'] {
  if (balanceBase === null) return withoutBalances(rows);
  let afterBase = balanceBase;
  return rows.map((row) => {
    const known = { row, balanceBase: afterBase };
    afterBase -= row.amountBase;
    return known;
  });
}

function withoutBalances(rows: readonly LedgerRow[]): RowPage['rows'] {
  return rows.map((row) => ({ row, balanceBase: null }));
}

/** Converts a row to an entry of a response. @param lefts what is left of grants by their ids, base units */
export function toEntry(
  { row, balanceBase }: RowPage['rows'][number],
  decimals: number,
  lefts: ReadonlyMap<string, bigint>,
): LedgerEntry {
  const leftBase = row.kind === 'grant' ? (lefts.get(row.id) ?? null) : null;
  return {
    id: row.id,
    kind: row.kind,
    amount: formatDecimal(row.amountBase, decimals),
    balanceAfter: balanceBase === null ? null : formatDecimal(balanceBase, decimals),
    description: row.description,
    occurredAt: toInstant(row.atMs),
    expiresAt: row.expiresAtMs === null ? null : toInstant(row.expiresAtMs),
    remaining: leftBase === null ? null : formatDecimal(leftBase, decimals),
    category: row.category,
    url: row.url,
  };
}
