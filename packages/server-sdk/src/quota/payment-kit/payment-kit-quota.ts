import type { QuotaProvider, QuotaRequest } from '../quota-provider.js';
import { createAccountReader, requireObjectId, type Customer, type Meter } from './account.js';
import { toAutoRecharge } from './auto-recharge.js';
import { readCredits, toBalance, type Credits } from './balance.js';
import { createClientReads, type PaymentKitClient, type PaymentKitReads } from './client.js';
import { createHttpReads, type PaymentKitCredentials } from './http-reads.js';
import { readLedgerPage } from './ledger.js';
import { createLinkMaker } from './links.js';

/** Ten pages of payment-kit, which are read concurrently. */
const MAX_LEDGER_ROWS = 1000;

/** Options of {@link paymentKitQuota} for both kinds of access. */
export interface PaymentKitMeterOptions {
  /** Event name of the meter that the calls are reported to; its currency is the quota's. */
  meter: string;
  /** The DID or customer id (`cus_…`) of a user. @default the user's DID itself */
  customerIdOf?: (userDid: string) => string;
  /**
   * Returns the id of a user's auto-recharge configuration. Payment-kit would create a configuration on a request by
   * customer, so no such request is made. @default none: the state of auto-recharge is unknown
   */
  autoRechargeIdOf?: (userDid: string) => string | null | Promise<string | null>;
  /** Address at which browsers reach payment-kit, for links to its pages. `https` only. @default no links */
  publicUrl?: string;
  /** Address of the top-up button. `https` only. @default the checkout of the currency */
  topUpUrl?: string;
  /** `https` only. @default the transactions page below `publicUrl` */
  billingUrl?: string;
}

/** Payment-kit through the `payment` client of `@blocklet/payment-js`, inside a Blocklet. */
export interface PaymentKitClientOptions extends PaymentKitMeterOptions {
  client: PaymentKitClient;
  baseUrl?: undefined;
}

/** Payment-kit over HTTP. */
export interface PaymentKitHttpOptions extends PaymentKitMeterOptions {
  client?: undefined;
  /** Base of the address of its `/api`, e.g. `https://pay.example.com/payment`; `http` only on this machine. */
  baseUrl: string;
  /** Headers of its requests, the same for all or by user, e.g. `{ authorization: 'Bearer …' }`. */
  credentials: PaymentKitCredentials;
  /** Whether the amounts are real. @default true */
  livemode?: boolean;
  /** @default the global fetch */
  fetch?: typeof fetch;
}

export type PaymentKitQuotaOptions = PaymentKitClientOptions | PaymentKitHttpOptions;

/**
 * Makes a provider over ArcBlock's Payment Kit.
 *
 * Amounts are converted from base units with exact arithmetic; the balance is net of pending use. Requests create no object.
 * Of responses only named fields are returned, none of them about a person or a card. The caller handles deadlines and
 * failures: see `QuotaProvider`.
 *
 * @throws TypeError for an invalid option
 */
export function paymentKitQuota(options: PaymentKitQuotaOptions): QuotaProvider {
  if (!/^[\w.:-]{1,128}$/.test(options.meter)) {
    throw new TypeError('paymentKitQuota: meter must be the event name of a meter');
  }
  const reads = toReads(options);
  const accounts = createAccountReader(
    reads,
    options.meter,
    options.customerIdOf ?? ((userDid) => userDid),
  );
  const links = createLinkMaker(reads, {
    publicUrl: options.publicUrl ?? null,
    topUpUrl: options.topUpUrl ?? null,
    billingUrl: options.billingUrl ?? null,
  });
  const open = async (request: QuotaRequest): Promise<Account> => {
    const context = { userDid: request.userDid, signal: request.signal };
    const [meter, customer] = await Promise.all([
      accounts.meter(context),
      accounts.customer(context),
    ]);
    return { context, meter, customer };
  };
  return {
    getQuota: async (request) => {
      const { context, meter, customer } = await open(request);
      const [credits, topUpUrl] = await Promise.all([
        customer && toCredits(reads, context, customer, meter),
        // A failure costs only the link, not the balance.
        links.topUpUrl(context, meter.currencyId).catch(() => null),
      ]);
      const shared = { topUpUrl, billingUrl: links.billingUrl };
      return credits === null
        ? { status: 'noAccount', currency: meter.currency, ...shared }
        : { ...toBalance(credits, meter), ...shared };
    },
    maxLedgerRows: MAX_LEDGER_ROWS,
    listLedger: async (request) => {
      const { context, meter, customer } = await open(request);
      if (customer === null) return { items: [], total: 0, currency: meter.currency, sum: null };
      const credits = (): Promise<Credits> => toCredits(reads, context, customer, meter);
      return readLedgerPage(
        { reads, context, meter, customer, page: links.page, credits },
        request,
      );
    },
    getAutoRecharge: async (request) => {
      const id = (await options.autoRechargeIdOf?.(request.userDid)) ?? null;
      if (id === null) return null;
      const { context, meter, customer } = await open(request);
      if (customer === null) return null;
      const config = await reads.autoRecharge(context, requireObjectId(id, 'The auto-recharge'));
      return toAutoRecharge(config, customer, meter);
    },
  };
}

interface Account {
  context: { userDid: string; signal: AbortSignal };
  meter: Meter;
  customer: Customer | null;
}

async function toCredits(
  reads: PaymentKitReads,
  context: Account['context'],
  customer: Customer,
  meter: Meter,
): Promise<Credits> {
  const [summary, pending] = await Promise.all([
    reads.creditSummary(context, customer.id),
    reads.pendingAmount(context, customer.did, meter.currencyId),
  ]);
  return readCredits(summary, pending, meter);
}

function toReads(options: PaymentKitQuotaOptions): PaymentKitReads {
  if (options.client !== undefined) return createClientReads(options.client);
  const { baseUrl, credentials, livemode = true } = options;
  return createHttpReads({ baseUrl, credentials, livemode, fetch: options.fetch ?? fetch });
}
