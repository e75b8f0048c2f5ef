import { RESOURCES, type Resource } from '../endpoints/resources.js';

const PATTERNS = RESOURCES.map((resource) => ({
  resource,
  pattern: new RegExp(`^${resource.path.replace('.', '\\.').replace(/:\w+/g, '[^/]+')}/?$`),
}));

/** The resource of a path below the base path, with or without a slash at its end; `null` for another path. */
function matchRoute(path: string, servesDocument: boolean): Resource | null {
  const found = PATTERNS.find(({ pattern }) => pattern.test(path))?.resource ?? null;
  return found?.isDocument === true && !servesDocument ? null : found;
}

/** The resource of a request, and its URL below the base path. */
export interface MatchedRoute {
  resource: Resource;
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
    const resource = matchRoute(path, servesDocument);
    if (resource !== null) return { resource, path, query };
  }
  return null;
}
