import type { Endpoint } from './define-endpoint.js';
import type { WriteEndpoint } from './define-write-endpoint.js';
import { ENDPOINT_LIST } from './endpoints.js';
import { WRITE_ENDPOINT_LIST } from './write-endpoints.js';
import { EXPORT_ROUTES, type ExportKind } from '../../contract/exports.js';

/** Where the OpenAPI document is, below the base path. */
const DOCUMENT_PATH = '/openapi.json';

const READ_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** What has a path: endpoints that differ in their method, the export of a file, or the OpenAPI document. */
export interface Resource {
  /** Below the base path, `:name` for a parameter. */
  readonly path: string;
  /** What `GET` and `HEAD` ask for. */
  readonly read: Endpoint | null;
  /** What is exported in place of it; `null`: no file. */
  readonly exportKind: ExportKind | null;
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
  return [...[...paths].map((path) => toResource(path)), ...listExports(), toDocument()];

  function toResource(path: string): Resource {
    const read = reads.find((endpoint) => endpoint.path === path) ?? null;
    const own = writes.filter((endpoint) => endpoint.path === path);
    const methods = [...(read ? ['GET', 'HEAD'] : []), ...own.map(({ method }) => method)];
    return {
      path,
      read,
      exportKind: null,
      writes: own,
      isDocument: false,
      methods: [...methods, 'OPTIONS'],
    };
  }
}

function listExports(): Resource[] {
  return (Object.keys(EXPORT_ROUTES) as ExportKind[]).map((exportKind) => ({
    path: EXPORT_ROUTES[exportKind],
    read: null,
    exportKind,
    writes: [],
    isDocument: false,
    methods: READ_METHODS,
  }));
}

function toDocument(): Resource {
  return {
    path: DOCUMENT_PATH,
    read: null,
    exportKind: null,
    writes: [],
    isDocument: true,
    methods: READ_METHODS,
  };
}
