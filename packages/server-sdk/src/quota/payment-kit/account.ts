import { LRUCache } from 'lru-cache';
import type { Currency } from '../../contract/quota.js';
import { MINUTE_MS } from '../../values/time.js';
import { QuotaProviderError } from '../quota-provider.js';
import type { PaymentKitReads, ReadContext } from './client.js';
import { fail, readField, needDecimals, needObject, toObject, toText } from './read-values.js';

/** A DID, bare or as a URI, or the id of a customer. */
const CUSTOMER =
  /^(z[1-9A-HJ-NP-Za-km-z]{20,60}|did:abt:z[1-9A-HJ-NP-Za-km-z]{20,60}|cus_[A-Za-z0-9]{1,64})$/;
const OBJECT_ID = /^[A-Za-z0-9_-]{1,64}$/;

const METER_TTL_MS = 10 * MINUTE_MS;
const CUSTOMER_TTL_MS = 30 * MINUTE_MS;
const MAX_CUSTOMERS = 10_000;

/** What is metered and the currency it is counted in. */
export interface Meter {
  id: string;
  currencyId: string;
  currency: Currency;
}

/** Who payment-kit knows the user as. */
export interface Customer {
  id: string;
  did: string;
}

/** Finds the meter and the user's customer; both hardly ever change and are remembered for a while. */
export interface AccountReader {
  meter(context: ReadContext): Promise<Meter>;
  /** `null` when payment-kit knows no such customer; none is created. */
  customer(context: ReadContext): Promise<Customer | null>;
}

/**
 * @param meterName the meter's event name
 * @param customerIdOf the DID or customer id of a user
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
      // One who is not known yet is asked for again: the first purchase shows at once.
      if (customer !== null) customers.set(context.userDid, customer);
      return customer;
    },
  };
}

/** An id that payment-kit gave to one of its objects. @throws QuotaProviderError for anything else */
export function needObjectId(value: unknown, what: string): string {
  return typeof value === 'string' && OBJECT_ID.test(value)
    ? value
    : fail(`${what} has no usable id`, 'provider');
}

async function readMeter(
  reads: PaymentKitReads,
  context: ReadContext,
  name: string,
): Promise<Meter> {
  const meter = needObject(await reads.meter(context, name), 'The meter');
  const currencyId = needObjectId(meter['currency_id'], 'The currency of the meter');
  const currency =
    toObject(meter['paymentCurrency']) ??
    needObject(await reads.currency(context, currencyId), 'The currency');
  const symbol = toText(currency['symbol']) ?? toText(meter['unit']) ?? 'Credits';
  return {
    id: needObjectId(meter['id'], 'The meter'),
    currencyId,
    currency: {
      symbol,
      name: toText(currency['name']) ?? symbol,
      decimal: needDecimals(readField(currency, 'decimal')),
    },
  };
}

async function readCustomer(
  reads: PaymentKitReads,
  context: ReadContext,
  asked: string,
): Promise<Customer | null> {
  if (!CUSTOMER.test(asked)) {
    throw new QuotaProviderError('The user has neither a DID nor a customer id', 'user');
  }
  const answer = await reads.customer(context, asked);
  if (answer === null) return null;
  const customer = needObject(answer, 'The customer');
  const id = needObjectId(customer['id'], 'The customer');
  const did = toText(customer['did']) ?? asked;
  // Payment-kit trusts the id it is given; an answer about somebody else must stop here.
  if (id !== asked && bareDid(did) !== bareDid(asked))
    fail('answered about another customer', 'user');
  return { id, did };
}

function bareDid(did: string): string {
  return did.replace(/^did:abt:/, '');
}
