import { formatDecimal } from '../../values/decimal.js';
import { parseBaseUnits } from '../../values/base-units.js';
import type { QuotaBalance } from '../quota-provider.js';
import type { Meter } from './account.js';
import { fail, readField, requireBaseUnits, requireObject } from './read-values.js';

/** Amounts of one currency, in base units. */
export interface Credits {
  /** Of the grants in effect now. */
  totalBase: bigint;
  /** The rest of them, before pending use. */
  leftBase: bigint;
  /** Use that is reported and not taken from a grant yet; never negative. */
  pendingBase: bigint;
}

/**
 * Reads the credits of the meter's currency. A missing currency means no grant, which is a known zero; so is a missing pending
 * amount.
 *
 * @param summary payment-kit's summary of grants, by currency id
 * @param pending its pending amounts, by currency id
 * @throws QuotaProviderError when an amount cannot be read, or the decimals of the currency differ from the meter's
 */
export function readCredits(summary: unknown, pending: unknown, meter: Meter): Credits {
  const ofGrants = readField(requireObject(summary, 'The summary of grants'), meter.currencyId);
  const ofPending = readField(requireObject(pending, 'The pending amount'), meter.currencyId);
  const pendingBase = ofPending == null ? 0n : requireBaseUnits(ofPending, 'The pending amount');
  const credits = { totalBase: 0n, leftBase: 0n, pendingBase: pendingBase > 0n ? pendingBase : 0n };
  if (ofGrants == null) return credits;
  const grants = requireObject(ofGrants, 'The summary of a currency');
  checkDecimals(grants['paymentCurrency'], meter);
  return {
    ...credits,
    totalBase: requireBaseUnits(grants['totalAmount'], 'The total'),
    leftBase: requireBaseUnits(grants['remainingAmount'], 'The remaining amount'),
  };
}

/** Decimals that differ would shift every amount by powers of ten. */
function checkDecimals(currency: unknown, meter: Meter): void {
  const decimals = parseBaseUnits((currency as { decimal?: unknown } | null)?.decimal);
  if (decimals !== null && decimals !== BigInt(meter.currency.decimal)) {
    fail('The summary and the meter disagree on the decimals of the currency', 'provider');
  }
}

/**
 * Computes the balance net of pending use: `remaining = left − pending`, negative when overdrawn, and `used = total −
 * remaining`. The overdrawn amount is `overdue`.
 */
export function toBalance(
  { totalBase, leftBase, pendingBase }: Credits,
  { currency }: Meter,
): Omit<QuotaBalance, 'topUpUrl' | 'billingUrl'> {
  const remainingBase = leftBase - pendingBase;
  const toDecimal = (base: bigint): string => formatDecimal(base, currency.decimal);
  return {
    status: 'ok',
    currency,
    total: toDecimal(totalBase),
    used: toDecimal(totalBase - remainingBase),
    remaining: toDecimal(remainingBase),
    pending: toDecimal(pendingBase),
    overdue: toDecimal(remainingBase < 0n ? -remainingBase : 0n),
  };
}
