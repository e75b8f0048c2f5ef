import { LRUCache } from 'lru-cache';
import type { Currency } from '../../contract/quota.js';
import { MINUTE_MS } from '../../values/time.js';
import { QuotaProviderError } from '../quota-provider.js';
import type { PaymentKitReads, ReadContext } from './client.js';
import {
  fail,
  readField,
  requireDecimals,
  requireObject,
  toObject,
  toText,
} from './read-values.js';

/** A DID, bare or as a URI, or the id of a customer. */
const CUSTOMER =
  /^(z[1-9A-HJ-NP-Za-km-z]{20,60}|did:abt:z[1-9A-HJ-NP-Za-km-z]{20,60}|cus_[A-Za-z0-9]{1,64})$/;
const OBJECT_ID = /^[A-Za-z0-9_-]{1,64}$/;

const METER_TTL_MS = 10 * MINUTE_MS;
const CUSTOMER_TTL_MS = 30 * MINUTE_MS;
const MAX_CUSTOMERS = 10_000;

/** A meter and its currency. */
export interface Meter {
  id: string;
  currencyId: string;
  currency: Currency;
}

/** The user's customer in payment-kit. */
export interface Customer {
  id: string;
  did: string;
}

/** Reads the meter and the user's customer; both rarely change and are cached for some minutes. */
export interface AccountReader {
  meter(context: ReadContext): Promise<Meter>;
  /** `null` when payment-kit has no such customer; none is created. */
  customer(context: ReadContext): Promise<Customer | null>;
}

/**
 * Makes an account reader.
 *
 * @param meterName the meter's event name
 * @param customerIdOf returns the DID or customer id of a user
 */
export function createAccountReader(
  reads: PaymentKitReads,
  meterName: string,
  customerIdOf: (userDid: string) => string,
): AccountReader {
  const meters = new LRUCache<string, Meter>({ max: 1, ttl: METER_TTL_MS });
  const customers = new LRUCache<string, Customer>({ max: MAX_CUSTOMERS, ttl: CUSTOMER_TTL_MS });
  return {
    meter: async (context) => {
      const known = meters.get(meterName);
      if (known) return known;
      const meter = await readMeter(reads, context, meterName);
      meters.set(meterName, meter);
      return meter;
    },
    customer: async (context) => {
      const known = customers.get(context.userDid);
      if (known) return known;
      const customer = await readCustomer(reads, context, customerIdOf(context.userDid));
      // A missing customer is not cached, so that a first purchase shows immediately.
      if (customer !== null) customers.set(context.userDid, customer);
      return customer;
    },
  };
}

/** Returns an id of an object of payment-kit. @throws QuotaProviderError for an invalid id */
export function requireObjectId(value: unknown, what: string): string {
  return typeof value === 'string' && OBJECT_ID.test(value)
    ? value
    : fail(`${what} has no usable id`, 'provider');
}

async function readMeter(
  reads: PaymentKitReads,
  context: ReadContext,
  name: string,
): Promise<Meter> {
  const meter = requireObject(await reads.meter(context, name), 'The meter');
  const currencyId = requireObjectId(meter['currency_id'], 'The currency of the meter');
  const currency =
    toObject(meter['paymentCurrency']) ??
    requireObject(await reads.currency(context, currencyId), 'The currency');
  const symbol = toText(currency['symbol']) ?? toText(meter['unit']) ?? 'Credits';
  return {
    id: requireObjectId(meter['id'], 'The meter'),
    currencyId,
    currency: {
      symbol,
      name: toText(currency['name']) ?? symbol,
      decimal: requireDecimals(readField(currency, 'decimal')),
    },
  };
}

async function readCustomer(
  reads: PaymentKitReads,
  context: ReadContext,
  requestedId: string,
): Promise<Customer | null> {
  if (!CUSTOMER.test(requestedId)) {
    throw new QuotaProviderError('The user has neither a DID nor a customer id', 'user');
  }
  const response = await reads.customer(context, requestedId);
  if (response === null) return null;
  const customer = requireObject(response, 'The customer');
  const id = requireObjectId(customer['id'], 'The customer');
  const did = toText(customer['did']) ?? requestedId;
  // Payment-kit does not check the id; a response about another customer must not be shown.
  if (id !== requestedId && bareDid(did) !== bareDid(requestedId))
    fail('the response is about another customer', 'user');
  return { id, did };
}

function bareDid(did: string): string {
  return did.replace(/^did:abt:/, '');
}
