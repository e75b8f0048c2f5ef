import { LRUCache } from 'lru-cache';
import { MINUTE_MS } from '../../values/time.js';
import type { PaymentKitReads, ReadContext } from './client.js';
import { toHttpsUrl, toObject, toText } from './read-values.js';

/** Addresses of pages about the balance; `https:` only. */
export interface LinkOptions {
  /** Address at which browsers reach payment-kit, e.g. `https://pay.example.com/payment`. */
  publicUrl: string | null;
  topUpUrl: string | null;
  billingUrl: string | null;
}

/** Makes the links of responses. */
export interface LinkMaker {
  /** Returns the address of the option, or the currency's checkout, or its payment link below `publicUrl`. */
  topUpUrl(context: ReadContext, currencyId: string): Promise<string | null>;
  billingUrl: string | null;
  /** Returns the address of a page of payment-kit; the segments of the path are encoded. `null` without `publicUrl`. */
  readonly page: (path: string) => string | null;
}

const TTL_MS = 10 * MINUTE_MS;

/** Makes a link maker. @throws TypeError for an option that is no https address */
export function createLinkMaker(reads: PaymentKitReads, options: LinkOptions): LinkMaker {
  for (const name of ['publicUrl', 'topUpUrl', 'billingUrl'] as const) {
    if (options[name] !== null && toHttpsUrl(options[name]) === null) {
      throw new TypeError(`paymentKitQuota: ${name} must be an https address`);
    }
  }
  const { publicUrl } = options;
  const page = (path: string): string | null =>
    publicUrl === null ? null : `${publicUrl.replace(/\/+$/, '')}${path}`;
  const checkouts = new LRUCache<string, { url: string | null }>({ max: 10, ttl: TTL_MS });
  return {
    page,
    billingUrl: options.billingUrl ?? page('/customer?creditTab=transactions'),
    topUpUrl: async (context, currencyId) => {
      if (options.topUpUrl !== null) return options.topUpUrl;
      const known = checkouts.get(currencyId);
      if (known) return known.url;
      const url = await readCheckout(reads, context, currencyId, page);
      checkouts.set(currencyId, { url });
      return url;
    },
  };
}

async function readCheckout(
  reads: PaymentKitReads,
  context: ReadContext,
  currencyId: string,
  page: LinkMaker['page'],
): Promise<string | null> {
  const response = toObject(await reads.rechargeConfig(context, currencyId));
  // Documented as a currency that contains the configuration; responses are either.
  const config = toObject(response?.['recharge_config']) ?? response;
  const checkout = toHttpsUrl(config?.['checkout_url']);
  if (checkout !== null) return checkout;
  const link = toText(config?.['payment_link_id']);
  return link === null ? null : page(`/checkout/pay/${encodeURIComponent(link)}`);
}
