import type { AutoRecharge } from '../../contract/quota.js';
import { formatDecimal, parseDecimal } from '../../values/decimal.js';
import type { Customer, Meter } from './account.js';
import { toHumanDecimal, toObject } from './read-values.js';

/**
 * Converts an auto-recharge to the fields that a page may show: no payment method, limits, card or secret of a form.
 *
 * Its amounts are human decimals on the wire, unlike those of grants. The result is `null` for a configuration of
 * another customer or currency.
 */
export function toAutoRecharge(
  response: unknown,
  customer: Customer,
  meter: Meter,
): AutoRecharge | null {
  const config = toObject(response);
  if (config === null || typeof config['enabled'] !== 'boolean') return null;
  if (config['customer_id'] !== customer.id || config['currency_id'] !== meter.currencyId) {
    return null;
  }
  return {
    enabled: config['enabled'],
    threshold: toHumanDecimal(config['threshold']),
    creditsPerPurchase: toPurchase(config['price'], config['quantity']),
  };
}

/** Multiplies the credits of the price with the quantity; `null` when either is unknown. */
function toPurchase(price: unknown, quantity: unknown): string | null {
  const creditConfig = toObject(toObject(toObject(price)?.['metadata'])?.['credit_config']);
  const credits = toHumanDecimal(creditConfig?.['credit_amount']);
  if (credits === null || !Number.isSafeInteger(quantity) || (quantity as number) < 1) return null;
  const base = parseDecimal(credits, 36);
  return base === null ? null : formatDecimal(base * BigInt(quantity as number), 36);
}
