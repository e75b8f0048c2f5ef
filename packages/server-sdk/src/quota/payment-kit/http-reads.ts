import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { QuotaProviderError } from '../quota-provider.js';
import {
  answerOfFailure,
  type ListParams,
  type PaymentKitReads,
  type ReadContext,
} from './client.js';

/** Request headers that payment-kit knows the caller by. */
export type PaymentKitCredentials =
  | Readonly<Record<string, string>>
  | ((
      userDid: string,
    ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** Payment-kit over HTTP. */
export interface HttpReadsOptions {
  baseUrl: string;
  credentials: PaymentKitCredentials;
  livemode: boolean;
  fetch: typeof fetch;
}

/** No answer that is used here comes near this; a larger one would only fill the memory. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A read that failed and may work when asked again; how it turned out is for {@link answerOfFailure}. */
class TransientFailure extends Error {
  constructor(
    readonly status: number | null,
    cause: unknown,
  ) {
    super('Transient failure', { cause });
  }
}

/** Waits of about 50 to 500 ms, drawn anew each time, so that many readers do not come back at once. */
const retries = retry(
  handleWhen((error) => error instanceof TransientFailure),
  { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 60, maxDelay: 500 }) },
);

type Query = Readonly<Record<string, string | number>>;

/**
 * The reads over HTTP. Failures of the network and 5xx are tried again until the signal aborts; 4xx are not.
 *
 * @throws TypeError for a base URL that is not `https:`, or `http:` on this machine
 */
export function readsOverHttp(options: HttpReadsOptions): PaymentKitReads {
  const base = checkBaseUrl(options.baseUrl);
  const get = (context: ReadContext, path: string, query: Query = {}): Promise<unknown> =>
    getJson(options, `${base}/api/${path}`, query, context);
  const inPath = encodeURIComponent;
  return {
    meter: (context, name) => get(context, `meters/${inPath(name)}`),
    customer: (context, id) => get(context, `customers/${inPath(id)}`),
    currency: (context, id) => get(context, `payment-currencies/${inPath(id)}`),
    rechargeConfig: (context, id) =>
      get(context, `payment-currencies/${inPath(id)}/recharge-config`),
    autoRecharge: (context, id) => get(context, `auto-recharge-configs/retrieve/${inPath(id)}`),
    creditSummary: (context, id) => get(context, 'credit-grants/summary', { customer_id: id }),
    pendingAmount: (context, id, currency) =>
      get(context, 'meter-events/pending-amount', { customer_id: id, currency_id: currency }),
    grants: (context, params) => get(context, 'credit-grants', flatten(params)),
    transactions: (context, params) => get(context, 'credit-transactions', flatten(params)),
    transactionSummary: (context, id, meter) =>
      get(context, 'credit-transactions/summary', { customer_id: id, meter_id: meter }),
  };
}

/** Arrays as `qs` writes them, which is what payment-kit reads: `order[0][0]=created_at&order[0][1]=DESC`. */
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
    if (error instanceof TransientFailure) return answerOfFailure(error.status, error.cause);
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
    return answerOfFailure(response.status, null);
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

/** An empty body is how some servers say `null`. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new QuotaProviderError('Payment Kit sent something else than JSON', 'provider', {
      cause: error,
    });
  }
}

/** Credentials travel in the open over `http:`, so it is only for a payment-kit on this machine. */
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
