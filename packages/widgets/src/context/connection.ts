import { createUsageClient } from '../client/create-usage-client.js';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import { createBrowserPorts } from '../store/poll-ports.js';
import { UsageStore } from '../store/usage-store.js';
import type { UsageContextValue } from './usage-context.js';

/** A client with the store that shares its answers. */
export interface Connection {
  client: UsageClient;
  store: UsageStore;
}

/** Where the endpoints are when nobody says. */
export const DEFAULT_BASE_URL = '/api/usage';

interface Connections {
  byBaseUrl: Map<string, Connection>;
  byGetToken: WeakMap<GetToken, Map<string, Connection>>;
  byClient: WeakMap<UsageClient, Connection>;
}

// State of a document, not of this module: it goes when the document goes.
const connectionsOf = new WeakMap<Document, Connections>();

/**
 * The page's one connection for a base URL and token source.
 *
 * A client given by the page has a connection of its own; a store given with it is used instead of a new one. Two
 * different `getToken` functions are two identities and never share data.
 */
export function getConnection(settings: UsageContextValue): Connection {
  const { client, store, getToken } = settings;
  if (client !== undefined && store !== undefined) return { client, store };
  const connections = getConnections();
  if (client !== undefined) {
    const known = connections.byClient.get(client) ?? { client, store: createStore() };
    connections.byClient.set(client, known);
    return known;
  }
  const baseUrl = new URL(settings.baseUrl ?? DEFAULT_BASE_URL, document.baseURI).href;
  const byBaseUrl = getByBaseUrl(connections, getToken);
  const known = byBaseUrl.get(baseUrl) ?? connect(baseUrl, getToken);
  byBaseUrl.set(baseUrl, known);
  return store === undefined ? known : { client: known.client, store };
}

function getConnections(): Connections {
  const known = connectionsOf.get(document) ?? {
    byBaseUrl: new Map(),
    byGetToken: new WeakMap(),
    byClient: new WeakMap(),
  };
  connectionsOf.set(document, known);
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

function connect(baseUrl: string, getToken: GetToken | undefined): Connection {
  const store = createStore();
  return { client: createUsageClient({ baseUrl, getToken, now: () => store.now() }), store };
}

function createStore(): UsageStore {
  return new UsageStore(createBrowserPorts());
}
