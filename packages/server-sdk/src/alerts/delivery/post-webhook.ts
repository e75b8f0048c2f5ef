import { Agent, request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { lookup } from 'node:dns/promises';
import { startTimeout } from '../../runtime/wait.js';
import { isBlockedAddress } from './blocked-addresses.js';

/** An address that a name resolves to. */
export interface ResolvedAddress {
  address: string;
  family: number;
}

/** The network that webhooks are sent through. */
export interface WebhookNetwork {
  /** Resolves a name to all of its addresses. */
  resolve(host: string): Promise<readonly ResolvedAddress[]>;
  /** Whether no webhook may be sent to an address. */
  isBlocked(address: string): boolean;
  /** Certificates of authorities, PEM; left out: those of Node. */
  ca?: string;
}

/** The network of the machine. */
export const systemNetwork: WebhookNetwork = {
  resolve: (host) => lookup(host, { all: true, verbatim: true }),
  isBlocked: isBlockedAddress,
};

/** What to send. */
export interface WebhookRequest {
  /** As `parseWebhookUrl` returns it. */
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Ends the request, in whatever state it is. */
  signal: AbortSignal;
}

const MAX_HEADER_BYTES = 8192;
/** Of a response body, which is thrown away; read so that the receiver can end its response. */
const MAX_BODY_BYTES = 4096;
const MAX_BODY_MS = 1000;

/** A webhook that was not sent. The message says why, without its URL. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
}

/**
 * Posts a webhook. Its host is resolved once, and the connection is made to an address of that answer alone: one that was
 * allowed cannot become another on the way. No redirect is followed, nothing of the response is kept but its status.
 *
 * @returns the status of the response
 * @throws WebhookRefused for a host without addresses, or with one that is blocked
 * @throws Error of the connection, or of the signal
 */
export async function postWebhook(
  network: WebhookNetwork,
  webhook: WebhookRequest,
): Promise<number> {
  const { signal, url } = webhook;
  signal.throwIfAborted();
  const addresses = await untilAborted(network.resolve(url.hostname), signal);
  if (addresses.length === 0) throw new WebhookRefused('the host has no address');
  if (addresses.some(({ address }) => network.isBlocked(address))) {
    throw new WebhookRefused('the host has an address that webhooks may not have');
  }
  return send(network, webhook, addresses);
}

/** A resolver cannot be cancelled; its answer is then ignored. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

function send(
  { ca }: WebhookNetwork,
  { url, headers, body, signal }: WebhookRequest,
  addresses: readonly ResolvedAddress[],
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length, connection: 'close' },
      // No connection is shared, with other webhooks or with the host's requests; a proxy of the environment is not used.
      agent: new Agent({
        keepAlive: false,
        maxCachedSessions: 0,
        ...(ca === undefined ? {} : { ca }),
      }),
      lookup: pinTo(addresses),
      servername: url.hostname,
      rejectUnauthorized: true,
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
    });
    outgoing.on('error', reject);
    let hasResponse = false;
    outgoing.on('close', () => {
      if (!hasResponse) reject(new WebhookRefused('the connection ended without a response'));
    });
    outgoing.on('response', (response) => {
      hasResponse = true;
      let bytes = 0;
      const cancelTimeout = startTimeout(MAX_BODY_MS, () => response.destroy());
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_BODY_BYTES) response.destroy();
      });
      // The status is known: how the body ends does not matter.
      response.on('error', () => undefined);
      response.on('close', () => {
        cancelTimeout();
        resolve(response.statusCode ?? 0);
      });
    });
    outgoing.end(body);
  });
}

/** A lookup that knows the addresses of one answer alone. */
function pinTo(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_host, options, done) => {
    if (options.all) {
      done(null, [...addresses]);
      return;
    }
    const [first] = addresses;
    if (first) done(null, first.address, first.family);
  };
}
