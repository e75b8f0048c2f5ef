import { QuotaProviderError } from '../quota-provider.js';

/** Filter and page of a list, as payment-kit's query parameters. */
export interface ListParams {
  customer_id: string;
  currency_id?: string;
  meter_id?: string;
  status?: string;
  /** Unix seconds. */
  start?: number;
  end?: number;
  page: number;
  pageSize: number;
  order: [string, 'ASC' | 'DESC'][];
}

/**
 * What is used of the `payment` client of `@blocklet/payment-js`, by its shape: the package is neither needed to build
 * nor to run. It authenticates the component rather than a user, so every id is checked before it gets here.
 */
export interface PaymentKitClient {
  meters: { retrieve(id: string): Promise<unknown> };
  customers: { retrieve(id: string): Promise<unknown> };
  creditGrants: {
    summary(params: { customer_id: string }): Promise<unknown>;
    list(params: ListParams): Promise<unknown>;
  };
  creditTransactions: {
    list(params: ListParams): Promise<unknown>;
    summary?(params: { customer_id: string; meter_id?: string }): Promise<unknown>;
  };
  meterEvents: {
    pendingAmount(params: { customer_id: string; currency_id: string }): Promise<unknown>;
  };
  paymentCurrencies?: {
    retrieve(id: string): Promise<unknown>;
    getRechargeConfig(id: string): Promise<unknown>;
  };
  autoRechargeConfigs?: { retrieve(id: string): Promise<unknown> };
  isPaymentRunning?(): boolean;
}

/** Who a read is for and how long it may take. */
export interface ReadContext {
  userDid: string;
  signal: AbortSignal;
}

/**
 * The reads of payment-kit, over its client or over HTTP. Each gives the body as it came; `null` where payment-kit knows
 * no such object. None of them creates anything.
 */
export interface PaymentKitReads {
  meter(context: ReadContext, name: string): Promise<unknown>;
  customer(context: ReadContext, id: string): Promise<unknown>;
  currency(context: ReadContext, id: string): Promise<unknown>;
  rechargeConfig(context: ReadContext, currencyId: string): Promise<unknown>;
  autoRecharge(context: ReadContext, configId: string): Promise<unknown>;
  creditSummary(context: ReadContext, customerId: string): Promise<unknown>;
  pendingAmount(context: ReadContext, customerId: string, currencyId: string): Promise<unknown>;
  grants(context: ReadContext, params: ListParams): Promise<unknown>;
  transactions(context: ReadContext, params: ListParams): Promise<unknown>;
  transactionSummary(context: ReadContext, customerId: string, meterId: string): Promise<unknown>;
}

/**
 * The reads through the host's client, which retries by itself. Ids in paths are encoded here because it does not, and
 * parameters are fresh objects because it writes into them.
 */
export function readsOfClient(client: PaymentKitClient): PaymentKitReads {
  const ask = async (read: () => Promise<unknown> | undefined): Promise<unknown> => {
    // Asked first, because a call to a component that does not run waits half a minute for it.
    if (client.isPaymentRunning?.() === false) {
      throw new QuotaProviderError('Payment Kit is not running', 'provider');
    }
    try {
      return (await read()) ?? null;
    } catch (error) {
      return answerOfFailure(statusOfError(error), error);
    }
  };
  const inPath = encodeURIComponent;
  return {
    meter: (_, name) => ask(() => client.meters.retrieve(inPath(name))),
    customer: (_, id) => ask(() => client.customers.retrieve(inPath(id))),
    currency: (_, id) => ask(() => client.paymentCurrencies?.retrieve(inPath(id))),
    rechargeConfig: (_, id) => ask(() => client.paymentCurrencies?.getRechargeConfig(inPath(id))),
    autoRecharge: (_, id) => ask(() => client.autoRechargeConfigs?.retrieve(inPath(id))),
    creditSummary: (_, id) => ask(() => client.creditGrants.summary({ customer_id: id })),
    pendingAmount: (_, id, currency) =>
      ask(() => client.meterEvents.pendingAmount({ customer_id: id, currency_id: currency })),
    grants: (_, params) => ask(() => client.creditGrants.list({ ...params })),
    transactions: (_, params) => ask(() => client.creditTransactions.list({ ...params })),
    transactionSummary: (_, id, meter) =>
      ask(() => client.creditTransactions.summary?.({ customer_id: id, meter_id: meter })),
  };
}

/** What an HTTP status means for the reader; `null` when no answer came at all. */
export function answerOfFailure(status: number | null, cause: unknown): null {
  if (status === 404) return null;
  const isAboutUser = status !== null && [400, 403, 409, 410, 422].includes(status);
  // The cause stays out of the message: an Axios error carries the request with its signature.
  throw new QuotaProviderError(
    `Payment Kit answered ${status ?? `nothing: ${readReason(cause)}`}`,
    isAboutUser ? 'user' : 'provider',
  );
}

function readReason(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown reason';
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

function statusOfError(error: unknown): number | null {
  const response: unknown =
    typeof error === 'object' && error !== null && 'response' in error ? error.response : null;
  const status: unknown =
    typeof response === 'object' && response !== null && 'status' in response
      ? response.status
      : null;
  return typeof status === 'number' ? status : null;
}
