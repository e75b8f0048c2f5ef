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
 * The members of the `payment` client of `@blocklet/payment-js` that are used. Declared here, so that hosts without that package
 * can build. The client authenticates the component rather than a user, so every id is checked before it is passed.
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

/** The user and the signal of a read. */
export interface ReadContext {
  userDid: string;
  signal: AbortSignal;
}

/**
 * Reads of payment-kit, through its client or over HTTP. Each returns the body unchanged; `null` where payment-kit has no such
 * object. None of them creates an object. They throw `QuotaProviderError`.
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
 * Makes reads through the host's client, which retries. Ids in paths are encoded here because the client does not, and
 * parameters are new objects because the client changes them.
 */
export function createClientReads(client: PaymentKitClient): PaymentKitReads {
  const request = async (read: () => Promise<unknown> | undefined): Promise<unknown> => {
    // Checked first, because the client waits half a minute for a component that is not running.
    if (client.isPaymentRunning?.() === false) {
      throw new QuotaProviderError('Payment Kit is not running', 'provider');
    }
    try {
      return (await read()) ?? null;
    } catch (error) {
      return handleFailure(readStatus(error), error);
    }
  };
  const encode = encodeURIComponent;
  return {
    meter: (_, name) => request(() => client.meters.retrieve(encode(name))),
    customer: (_, id) => request(() => client.customers.retrieve(encode(id))),
    currency: (_, id) => request(() => client.paymentCurrencies?.retrieve(encode(id))),
    rechargeConfig: (_, id) =>
      request(() => client.paymentCurrencies?.getRechargeConfig(encode(id))),
    autoRecharge: (_, id) => request(() => client.autoRechargeConfigs?.retrieve(encode(id))),
    creditSummary: (_, id) => request(() => client.creditGrants.summary({ customer_id: id })),
    pendingAmount: (_, id, currency) =>
      request(() => client.meterEvents.pendingAmount({ customer_id: id, currency_id: currency })),
    grants: (_, params) => request(() => client.creditGrants.list({ ...params })),
    transactions: (_, params) => request(() => client.creditTransactions.list({ ...params })),
    transactionSummary: (_, id, meter) =>
      request(() => client.creditTransactions.summary?.({ customer_id: id, meter_id: meter })),
  };
}

/**
 * Converts a failure to a result.
 *
 * @param status of the response; `null` without a response
 * @returns `null` for 404
 * @throws QuotaProviderError for every other status
 */
export function handleFailure(status: number | null, cause: unknown): null {
  if (status === 404) return null;
  const isAboutUser = status !== null && [400, 403, 409, 410, 422].includes(status);
  // Without the cause: an Axios error has the request with its signature.
  throw new QuotaProviderError(
    status === null
      ? `Payment Kit did not respond: ${readReason(cause)}`
      : `Payment Kit responded with ${status}`,
    isAboutUser ? 'user' : 'provider',
  );
}

function readReason(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown reason';
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

function readStatus(error: unknown): number | null {
  const response: unknown =
    typeof error === 'object' && error !== null && 'response' in error ? error.response : null;
  const status: unknown =
    typeof response === 'object' && response !== null && 'status' in response
      ? response.status
      : null;
  return typeof status === 'number' ? status : null;
}
