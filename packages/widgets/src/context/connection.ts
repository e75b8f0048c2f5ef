import { createUsageClient } from '../client/create-usage-client.js';
import { getOrigin, resolveBaseUrl } from '../client/resolve-base-url.js';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import { createBrowserPorts } from '../store/poll-ports.js';
import { UsageStore } from '../store/usage-store.js';
import type { UsageContextValue } from './usage-context.js';

/** A client with the store that shares its responses. */
export interface Connection {
  client: UsageClient;
  store: UsageStore;
}

/** The settings that identify a connection. */
export interface ConnectionSettings extends Pick<
  UsageContextValue,
  'baseUrl' | 'getToken' | 'client' | 'store'
> {
  /** The base URL of the element or provider that set `getToken`, as it was configured there. @default `baseUrl` */
  tokenBaseUrl?: string | undefined;
}

/** Where the endpoints are by default. */
export const DEFAULT_BASE_URL = '/api/usage';

interface Connections {
  byBaseUrl: Map<string, Connection>;
  byGetToken: WeakMap<GetToken, Map<string, Connection>>;
  byClient: WeakMap<UsageClient, Connection>;
}

// State of a document, not of this module: it goes when the document goes.
const connectionsByDocument = new WeakMap<Document, Connections>();

/**
 * The page's one connection for a base URL and token source; tokens go to the origin of `tokenBaseUrl` only.
 *
 * A client given by the page has a separate connection; a store given with it is used instead of a new one. Two
 * different `getToken` functions are two identities and never share data.
 */
export function getConnection(settings: ConnectionSettings): Connection {
  const { client, store, getToken } = settings;
  if (client !== undefined && store !== undefined) return { client, store };
  const connections = getConnections();
  if (client !== undefined) {
    const known = connections.byClient.get(client) ?? { client, store: createStore() };
    connections.byClient.set(client, known);
    return known;
  }
  const baseUrl = toAddress(settings.baseUrl);
  const tokenOrigin = getToken && getOrigin(toAddress(settings.tokenBaseUrl ?? settings.baseUrl));
  const byBaseUrl = getByBaseUrl(connections, getToken);
  const key = `${tokenOrigin ?? ''} ${baseUrl}`;
  const known = byBaseUrl.get(key) ?? connect(baseUrl, getToken, tokenOrigin);
  byBaseUrl.set(key, known);
  return store === undefined ? known : { client: known.client, store };
}

/** An address that cannot be resolved stays as it is: the client then reports it as an error. */
function toAddress(baseUrl: string = DEFAULT_BASE_URL): string {
  return resolveBaseUrl(baseUrl) ?? baseUrl;
}

function getConnections(): Connections {
  const known = connectionsByDocument.get(document) ?? {
    byBaseUrl: new Map(),
    byGetToken: new WeakMap(),
    byClient: new WeakMap(),
  };
  connectionsByDocument.set(document, known);
  return known;
}

function getByBaseUrl(
  connections: Connections,
  getToken: GetToken | undefined,
): Map<string, Connection> {
  if (getToken === undefined) return connections.byBaseUrl;
  const known = connections.byGetToken.get(getToken) ?? new Map<string, Connection>();
  connections.byGetToken.set(getToken, known);
  return known;
}

function connect(
  baseUrl: string,
  getToken: GetToken | undefined,
  tokenOrigin: string | undefined,
): Connection {
  const store = createStore();
  const now = (): number => store.now();
  return { client: createUsageClient({ baseUrl, getToken, tokenOrigin, now }), store };
}

function createStore(): UsageStore {
  return new UsageStore(createBrowserPorts());
}
