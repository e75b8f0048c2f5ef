import type { AlertMetric } from '../../contract/alerts.js';
import type { Quota } from '../../contract/quota.js';
import { divideUp, roundUnits } from './amounts.js';
import type { Measure } from './measure-rule.js';
import { parseDecimal } from '../../values/decimal.js';

/** More decimals than any currency has. */
const DECIMALS = 36;
const SURPLUS = 10n ** 26n;

/**
 * Reads the value of a rule from a quota; unknown without one, when the provider does not respond, and of an account without a
 * limit. A snapshot of before is not a value of now.
 */
export function measureQuota(metric: AlertMetric, quota: Quota | null): Measure {
  const isKnown = quota !== null && quota.status === 'ok' && quota.stale === null;
  const value = isKnown ? readValue(metric, quota) : null;
  return { value, liveValue: value };
}

function readValue(metric: AlertMetric, { remaining, runway }: Quota): bigint | null {
  if (metric === 'daysRemaining') return runway.days === null ? null : roundUnits(runway.days);
  if (remaining === null) return null;
  const units = parseDecimal(remaining, DECIMALS);
  // Rounded up: what is left is at a level or below exactly when its rounded value is.
  return units === null ? null : divideUp(units, SURPLUS);
}
