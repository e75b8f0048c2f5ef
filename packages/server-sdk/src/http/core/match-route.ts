import type { RouteName } from '../../contract/routes.js';
import { ENDPOINT_LIST } from '../endpoints/endpoints.js';
import { EXPORT_LIST, type ExportName } from '../exports/export-names.js';

/** Where the OpenAPI document is, below the base path. */
export const DOCUMENT_PATH = '/openapi.json';

/** What has a path: an endpoint, the export of a file, or the OpenAPI document. */
export type ResourceName = RouteName | ExportName | 'document';

const PATTERNS = [
  ...ENDPOINT_LIST.map(({ name, path }) => ({ name, path })),
  ...EXPORT_LIST,
  { name: 'document' as const, path: DOCUMENT_PATH },
].map(({ name, path }) => ({
  name,
  pattern: new RegExp(`^${path.replace('.', '\\.').replace(':appDid', '[^/]+')}/?$`),
}));

/** The resource of a path below the base path, with or without a slash at its end; `null` for another path. */
function matchRoute(path: string, servesDocument: boolean): ResourceName | null {
  const found = PATTERNS.find(({ pattern }) => pattern.test(path))?.name ?? null;
  return found === 'document' && !servesDocument ? null : found;
}

/** The resource of a request, and its URL below the base path. */
export interface MatchedRoute {
  name: ResourceName;
  path: string;
  query: string;
}

/** The URL of a request. */
export interface RequestUrl {
  /** As the framework passes it: below the path that it mounted the handler at, or complete. */
  url: string;
  /** Complete, where the framework has it: Express and Connect strip the mount path from `url`. @default `url` */
  originalUrl?: string | undefined;
}

/**
 * Finds the resource that a URL names. The base path may occur again further on, in the name of a project (`/projects`,
 * `/usage`), so each place where it stands is tried until what follows is a resource.
 *
 * @returns `null` for another path
 */
export function matchUrl(
  basePath: string,
  { url, originalUrl = url }: RequestUrl,
  servesDocument: boolean,
): MatchedRoute | null {
  const [path = '', ...rest] = url.split('?');
  const query = rest.join('?');
  const whole = originalUrl.split('?')[0] ?? '';
  const candidates: string[] = [];
  if (path.startsWith(`${basePath}/`)) candidates.push(path.slice(basePath.length));
  if (whole !== path && whole.endsWith(`${basePath}${path}`)) candidates.push(path);
  return firstMatch(candidates, query, servesDocument);
}

/** The same for a path that has the base path somewhere, after whatever prefixes a host's routers have. */
export function matchBelow(
  basePath: string,
  path: string,
  query: string,
  servesDocument: boolean,
): MatchedRoute | null {
  const candidates: string[] = [];
  for (let at = path.indexOf(`${basePath}/`); at >= 0; at = path.indexOf(`${basePath}/`, at + 1)) {
    candidates.push(path.slice(at + basePath.length));
  }
  return firstMatch(candidates, query, servesDocument);
}

function firstMatch(
  candidates: readonly string[],
  query: string,
  servesDocument: boolean,
): MatchedRoute | null {
  for (const path of candidates) {
    const name = matchRoute(path, servesDocument);
    if (name !== null) return { name, path, query };
  }
  return null;
}
