import type { StoredCall } from '../values/stored-call.js';

/** Returns a call with its cost and currency, as far as they can be known. Must not throw. */
export type PriceCall = (call: StoredCall) => StoredCall;

/** Adds the currency of the database to costs without one. @param currency ISO 4217 code */
export function createPriceCall(currency: string): PriceCall {
  return (call) => (call.costE10 !== null && call.currency === null ? { ...call, currency } : call);
}
