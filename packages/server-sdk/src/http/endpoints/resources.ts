import type { Endpoint } from './define-endpoint.js';
import type { WriteEndpoint } from './define-write-endpoint.js';
import { ENDPOINT_LIST } from './endpoints.js';
import { WRITE_ENDPOINT_LIST } from './write-endpoints.js';

/** Where the OpenAPI document is, below the base path. */
export const DOCUMENT_PATH = '/openapi.json';

/** What has a path: endpoints that differ in their method, or the OpenAPI document. */
export interface Resource {
  /** Below the base path, `:name` for a parameter. */
  readonly path: string;
  /** What `GET` and `HEAD` ask for. */
  readonly read: Endpoint | null;
  /** What other methods ask for, each once. */
  readonly writes: readonly WriteEndpoint[];
  readonly isDocument: boolean;
  /** Methods that the resource takes, for `Allow`. */
  readonly methods: readonly string[];
}

/** Every resource, each path once. */
export const RESOURCES: readonly Resource[] = listResources(ENDPOINT_LIST, WRITE_ENDPOINT_LIST);

function listResources(
  reads: readonly Endpoint[],
  writes: readonly WriteEndpoint[],
): readonly Resource[] {
  const paths = new Set<string>([...reads, ...writes].map(({ path }) => path));
  return [...[...paths].map((path) => toResource(path)), toDocument()];

  function toResource(path: string): Resource {
    const read = reads.find((endpoint) => endpoint.path === path) ?? null;
    const own = writes.filter((endpoint) => endpoint.path === path);
    const methods = [...(read ? ['GET', 'HEAD'] : []), ...own.map(({ method }) => method)];
    return { path, read, writes: own, isDocument: false, methods: [...methods, 'OPTIONS'] };
  }
}

function toDocument(): Resource {
  const methods = ['GET', 'HEAD', 'OPTIONS'];
  return { path: DOCUMENT_PATH, read: null, writes: [], isDocument: true, methods };
}
