import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { QuotaProviderError } from '../quota-provider.js';
import {
  handleFailure,
  type ListParams,
  type PaymentKitReads,
  type ReadContext,
} from './client.js';

/** Request headers that authenticate the host to payment-kit. */
export type PaymentKitCredentials =
  | Readonly<Record<string, string>>
  | ((
      userDid: string,
    ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** Settings of {@link createHttpReads}. */
export interface HttpReadsOptions {
  baseUrl: string;
  credentials: PaymentKitCredentials;
  livemode: boolean;
  fetch: typeof fetch;
}

/** Far above the size of any response that is used here; a larger one is refused. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A failure that is retried; {@link handleFailure} handles the last one. */
class TransientFailure extends Error {
  constructor(
    readonly status: number | null,
    cause: unknown,
  ) {
    super('Transient failure', { cause });
  }
}

/** Random pauses of about 50 to 500 ms, so that many readers do not retry concurrently. */
const retries = retry(
  handleWhen((error) => error instanceof TransientFailure),
  { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 60, maxDelay: 500 }) },
);

type Query = Readonly<Record<string, string | number>>;

/**
 * Makes reads over HTTP. Failures of the network and 5xx are retried until the signal is aborted; 4xx are not.
 *
 * @throws TypeError for a base URL that is not `https:`, or `http:` on this machine
 */
export function createHttpReads(options: HttpReadsOptions): PaymentKitReads {
  const base = checkBaseUrl(options.baseUrl);
  const get = (context: ReadContext, path: string, query: Query = {}): Promise<unknown> =>
    getJson(options, `${base}/api/${path}`, query, context);
  const encode = encodeURIComponent;
  return {
    meter: (context, name) => get(context, `meters/${encode(name)}`),
    customer: (context, id) => get(context, `customers/${encode(id)}`),
    currency: (context, id) => get(context, `payment-currencies/${encode(id)}`),
    rechargeConfig: (context, id) =>
      get(context, `payment-currencies/${encode(id)}/recharge-config`),
    autoRecharge: (context, id) => get(context, `auto-recharge-configs/retrieve/${encode(id)}`),
    creditSummary: (context, id) => get(context, 'credit-grants/summary', { customer_id: id }),
    pendingAmount: (context, id, currency) =>
      get(context, 'meter-events/pending-amount', { customer_id: id, currency_id: currency }),
    grants: (context, params) => get(context, 'credit-grants', flatten(params)),
    transactions: (context, params) => get(context, 'credit-transactions', flatten(params)),
    transactionSummary: (context, id, meter) =>
      get(context, 'credit-transactions/summary', { customer_id: id, meter_id: meter }),
  };
}

/** Flattens arrays in the format of `qs`, which payment-kit reads: `order[0][0]=created_at&order[0][1]=DESC`. */
function flatten({ order, ...params }: ListParams): Query {
  const flat: Record<string, string | number> = { ...params };
  for (const [index, [column, direction]] of order.entries()) {
    flat[`order[${index}][0]`] = column;
    flat[`order[${index}][1]`] = direction;
  }
  return flat;
}

async function getJson(
  options: HttpReadsOptions,
  address: string,
  query: Query,
  { userDid, signal }: ReadContext,
): Promise<unknown> {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  url.searchParams.set('livemode', String(options.livemode));
  const { credentials } = options;
  const headers = typeof credentials === 'function' ? await credentials(userDid) : credentials;
  try {
    return await retries.execute(
      (attempt) => getOnce(options.fetch, url, { ...headers }, attempt.signal),
      signal,
    );
  } catch (error) {
    if (error instanceof TransientFailure) return handleFailure(error.status, error.cause);
    throw error;
  }
}

async function getOnce(
  fetchUrl: typeof fetch,
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<unknown> {
  const response = await tryFetch(fetchUrl, url, headers, signal);
  if (!response.ok) {
    await response.body?.cancel();
    if (response.status >= 500) throw new TransientFailure(response.status, null);
    return handleFailure(response.status, null);
  }
  return parseJson(await readText(response, signal));
}

async function tryFetch(
  fetchUrl: typeof fetch,
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    // A redirect would carry the credentials to another address.
    return await fetchUrl(url, {
      headers: { ...headers, accept: 'application/json' },
      signal,
      redirect: 'error',
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new TransientFailure(null, error);
  }
}

async function readText(response: Response, signal: AbortSignal): Promise<string> {
  const tooLarge = new QuotaProviderError(
    `Payment Kit sent more than ${MAX_BYTES} bytes`,
    'provider',
  );
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    // Leaving the loop early cancels the rest of the body.
    for await (const chunk of response.body ?? []) {
      bytes += (chunk as Uint8Array).byteLength;
      if (bytes > MAX_BYTES) throw tooLarge;
      text += decoder.decode(chunk as Uint8Array, { stream: true });
    }
  } catch (error) {
    if (error === tooLarge || signal.aborted) throw error;
    throw new TransientFailure(null, error);
  }
  return text + decoder.decode();
}

/** Parses a body; an empty one is `null`, because some servers send that. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new QuotaProviderError('Payment Kit sent a body that is not JSON', 'provider', {
      cause: error,
    });
  }
}

/** `http:` does not encrypt credentials, so it is only allowed for a payment-kit on this machine. */
function checkBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const isLocal = url !== null && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (url === null || !isAllowed || url.username !== '' || url.search !== '') {
    throw new TypeError(
      'paymentKitQuota: baseUrl must be an https address without credentials or query (http only on this machine)',
    );
  }
  return url.href.replace(/\/+$/, '');
}
