import { LEDGER_KINDS, type LedgerKind } from '../../contract/quota.js';
import { requireObjectId } from './account.js';
import type { LinkMaker } from './links.js';
import {
  fail,
  requireAmount,
  requireBaseUnits,
  toEpochMs,
  toObject,
  toText,
  type WireObject,
} from './read-values.js';

/** A row of the ledger with its amount in base units. */
export interface LedgerRow {
  id: string;
  kind: LedgerKind;
  /** What the row adds to the balance, base units. */
  amountBase: bigint;
  atMs: number;
  expiresAtMs: number | null;
  /** What is left of a grant, base units; `null` where it is not known, and of other kinds. */
  leftBase: bigint | null;
  description: string | null;
  category: string | null;
  url: string | null;
}

/** Settings to read rows with. */
export interface RowReader {
  decimals: number;
  nowMs: number;
  page: LinkMaker['page'];
}

/**
 * Reads a transaction in either of its formats: the stored one (`credit_amount`) and the published one (`type`, `amount`).
 * The sign of the amount is only used for adjustments: grants add, all other kinds take.
 *
 * @throws QuotaProviderError when it has no usable id, amount or time
 */
export function toTransactionRow(row: WireObject, reader: RowReader): LedgerRow {
  const kind = readKind(row);
  const amount =
    kind === 'grant'
      ? (row['amount'] ?? row['credit_amount'])
      : (row['credit_amount'] ?? row['amount']);
  const id = requireObjectId(row['id'], 'A transaction');
  return {
    id,
    kind,
    amountBase: withSign(
      kind,
      requireAmount(amount, reader.decimals, 'The amount of a transaction'),
    ),
    atMs: requireTime(row['created_at'] ?? row['timestamp'], 'A transaction'),
    expiresAtMs: kind === 'grant' ? toEpochMs(row['expires_at']) : null,
    leftBase: null,
    description: describeTransaction(row, kind),
    category: toText(row['category']),
    url: reader.page(
      `/customer/credit-${kind === 'grant' ? 'grant' : 'transaction'}/${encodeURIComponent(id)}`,
    ),
  };
}

/** Whether a row has its kind; rows of the stored format do not. */
export function hasKind(row: WireObject): boolean {
  return isKind(row['type']) || row['activity_type'] === 'grant';
}

function readKind(row: WireObject): LedgerKind {
  if (isKind(row['type'])) return row['type'];
  return row['activity_type'] === 'grant' ? 'grant' : 'consumption';
}

function isKind(value: unknown): value is LedgerKind {
  return LEDGER_KINDS.some((kind) => kind === value);
}

function withSign(kind: LedgerKind, amountBase: bigint): bigint {
  if (kind === 'adjustment') return amountBase;
  const magnitude = amountBase < 0n ? -amountBase : amountBase;
  return kind === 'grant' ? magnitude : -magnitude;
}

function describeTransaction(row: WireObject, kind: LedgerKind): string | null {
  const own = toText(row['description']);
  if (kind === 'grant') return toText(row['name']) ?? own;
  return (
    toText(toObject(row['subscription'])?.['description']) ?? own ?? toText(row['meter_event_name'])
  );
}

/**
 * Makes the rows of a grant: the grant once it is in effect, and its rest when it expired (payment-kit has no such
 * transaction) or was voided.
 *
 * @throws QuotaProviderError when it has no usable id, amount or time
 */
export function toGrantRows(grant: WireObject, reader: RowReader): LedgerRow[] {
  const { nowMs } = reader;
  const created = requireTime(grant['created_at'], 'A grant');
  const atMs = toEpochMs(grant['effective_at']) ?? created;
  if (atMs > nowMs || grant['status'] === 'pending') return [];
  const id = requireObjectId(grant['id'], 'A grant');
  const expiresAtMs = toEpochMs(grant['expires_at']);
  const leftBase = requireBaseUnits(grant['remaining_amount'], 'The rest of a grant');
  const end = leftBase > 0n ? readEnd(grant, expiresAtMs, nowMs) : null;
  const row: LedgerRow = {
    id,
    kind: 'grant',
    amountBase: requireBaseUnits(grant['amount'], 'The amount of a grant'),
    atMs,
    expiresAtMs,
    leftBase: end === null ? leftBase : 0n,
    description: toText(grant['name']) ?? toText(grant['description']),
    category: toText(grant['category']),
    url: toGrantUrl(grant, id, reader.page),
  };
  if (end === null) return [row];
  const ending = { ...row, ...end, amountBase: -leftBase, expiresAtMs: null, leftBase: null };
  return [row, ending];
}

/** Returns the page of a grant; of a purchase, that of its invoice. */
function toGrantUrl(grant: WireObject, id: string, page: LinkMaker['page']): string | null {
  const invoice = toText(toObject(grant['metadata'])?.['invoice_id']);
  return invoice === null
    ? page(`/customer/credit-grant/${encodeURIComponent(id)}`)
    : page(`/customer/invoice/${encodeURIComponent(invoice)}`);
}

type Ending = Pick<LedgerRow, 'id' | 'kind' | 'atMs'>;

function readEnd(grant: WireObject, expiresAtMs: number | null, nowMs: number): Ending | null {
  const id = String(grant['id']);
  if (grant['status'] === 'voided') {
    const reason = toObject(grant['chain_detail'])?.['voided_reason'];
    const atMs =
      toEpochMs(grant['voided_at']) ?? requireTime(grant['updated_at'], 'A voided grant');
    const kind = reason === 'expired' ? 'expiration' : 'adjustment';
    return { id: `${id}-voided`, kind, atMs };
  }
  // A grant past its expiry does not count, even before payment-kit has changed its status.
  const isOver = grant['status'] === 'expired' || (expiresAtMs !== null && expiresAtMs <= nowMs);
  if (!isOver) return null;
  const atMs = expiresAtMs ?? requireTime(grant['updated_at'], 'An expired grant');
  return { id: `${id}-expired`, kind: 'expiration', atMs: Math.min(atMs, nowMs) };
}

function requireTime(value: unknown, what: string): number {
  return toEpochMs(value) ?? fail(`${what} has no usable time`, 'user');
}
