import type { CreditBook } from './credit-book.js';
import type { CustomerRow, GrantRow, RechargeRow, TransactionRow } from './ledger-file.js';
import { DECIMALS, toBase, toIso, toSeconds } from './units.js';

/** Event name of the demo's meter. */
export const DEMO_METER = 'usage-kit-demo-meter';

/** The one currency, as every expanded object carries it. */
export const CURRENCY = {
  id: 'pc_demoCredits',
  payment_method_id: 'pm_demo',
  active: true,
  livemode: true,
  name: 'Credits',
  symbol: 'Credits',
  description: 'Credits of the demo',
  decimal: DECIMALS,
  type: 'credit',
  recharge_config: { base_price_id: 'price_demo', checkout_url: 'https://example.com/top-up' },
};

/** The one meter. */
export const METER = {
  id: 'mtr_demo',
  object: 'meter',
  name: 'Model calls',
  event_name: DEMO_METER,
  aggregation_method: 'sum',
  status: 'active',
  unit: 'Credits',
  livemode: true,
  currency_id: CURRENCY.id,
  paymentCurrency: CURRENCY,
};

type Wire = Record<string, unknown>;

/** A customer with the personal fields that payment-kit has too, so that one can see them stay there. */
export function customerToWire({ id, did }: CustomerRow): Wire {
  return {
    id,
    object: 'customer',
    did,
    livemode: true,
    name: 'Demo Person',
    email: 'person@example.com',
    phone: '+1 555 0100',
    address: { line1: '1 Example Road' },
    delinquent: false,
    metadata: {},
  };
}

/** A grant, with its status as of now. */
export function grantToWire(grant: GrantRow, customer: CustomerRow, nowMs: number): Wire {
  return {
    id: grant.id,
    object: 'credit_grant',
    amount: grant.amount,
    remaining_amount: grant.remaining_amount,
    currency_id: CURRENCY.id,
    customer_id: customer.id,
    name: grant.name,
    category: grant.category,
    priority: 50,
    status: toStatus(grant, nowMs),
    effective_at: toSeconds(grant.effective_at_ms),
    expires_at: grant.expires_at_ms === null ? 0 : toSeconds(grant.expires_at_ms),
    created_via: 'api',
    created_at: toIso(grant.effective_at_ms),
    updated_at: toIso(grant.effective_at_ms),
    customer: customerToWire(customer),
    paymentCurrency: CURRENCY,
  };
}

function toStatus({ remaining_amount, effective_at_ms, expires_at_ms }: GrantRow, nowMs: number) {
  if (effective_at_ms > nowMs) return 'pending';
  if (remaining_amount === '0') return 'depleted';
  return expires_at_ms !== null && expires_at_ms <= nowMs ? 'expired' : 'granted';
}

/** A transaction in the shape that is stored. */
export function transactionToWire(row: TransactionRow, customer: CustomerRow): Wire {
  return {
    id: row.id,
    object: 'credit_transaction',
    quantity: row.credit_amount,
    credit_amount: row.credit_amount,
    remaining_balance: row.remaining_balance,
    customer_id: customer.id,
    credit_grant_id: row.credit_grant_id,
    meter_id: METER.id,
    source: row.event_id,
    meter_event_name: METER.event_name,
    meter_unit: METER.unit,
    description: 'Model calls',
    transfer_status: null,
    created_at: toIso(row.created_at_ms),
    updated_at: toIso(row.created_at_ms),
    customer: customerToWire(customer),
    paymentCurrency: CURRENCY,
    meter: METER,
  };
}

/** By currency; a customer without a grant in effect has no entry. */
export async function summaryToWire(
  book: CreditBook,
  customer: CustomerRow,
  nowMs: number,
): Promise<Wire> {
  const inEffect = (await book.grants(customer.id)).filter((grant) =>
    ['granted', 'depleted'].includes(toStatus(grant, nowMs)),
  );
  if (inEffect.length === 0) return {};
  const sum = (field: 'amount' | 'remaining_amount'): string =>
    String(inEffect.reduce((total, grant) => total + BigInt(grant[field]), 0n));
  return {
    [CURRENCY.id]: {
      paymentCurrency: CURRENCY,
      totalAmount: sum('amount'),
      remainingAmount: sum('remaining_amount'),
      grantCount: inEffect.length,
    },
  };
}

/** Use that no grant covers, by currency; no entry without any. */
export async function pendingToWire(book: CreditBook, customer: CustomerRow): Promise<Wire> {
  const events = await book.events(customer.id);
  const pending = events.reduce((sum, event) => sum + BigInt(event.credit_pending), 0n);
  return pending === 0n ? {} : { [CURRENCY.id]: String(pending) };
}

/** What all transactions took. */
export async function transactionSumToWire(book: CreditBook, customer: CustomerRow): Promise<Wire> {
  const events = await book.events(customer.id);
  const total = (of: (event: (typeof events)[number]) => bigint): string =>
    String(events.reduce((sum, event) => sum + of(event), 0n));
  return {
    total_quantity: total((event) => toBase(event.value)),
    total_credit_amount: total((event) => BigInt(event.credit_consumed)),
    transaction_count: events.length,
    filters: { customer_id: customer.id },
  };
}

/** An auto-recharge with the payment data that payment-kit expands it with. */
export function rechargeToWire(row: RechargeRow): Wire {
  return {
    id: row.id,
    customer_id: row.customer_id,
    livemode: true,
    enabled: Boolean(row.enabled),
    threshold: row.threshold,
    currency_id: CURRENCY.id,
    quantity: row.quantity,
    price_id: 'price_demo',
    price: {
      id: 'price_demo',
      unit_amount: '100',
      metadata: { credit_config: { credit_amount: '100' } },
    },
    payment_settings: {
      payment_method_options: {
        stripe: { payer: 'acct_demo', card_brand: 'visa', card_last4: '4242' },
      },
    },
    balanceResult: { sufficient: true, stripeContext: { client_secret: 'not-a-real-secret' } },
  };
}
