import type { RouteName } from '../contract/routes.js';
import { ENDPOINTS } from './endpoints.js';

/** Where the OpenAPI document is, below the base path. */
export const DOCUMENT_PATH = '/openapi.json';

/** What can be asked for. */
export type ResourceName = RouteName | 'document';

const PATTERNS = [
  ...ENDPOINTS.map(({ name, path }) => ({ name, path })),
  { name: 'document' as const, path: DOCUMENT_PATH },
].map(({ name, path }) => ({
  name,
  pattern: new RegExp(`^${path.replace('.', '\\.').replace(':appDid', '[^/]+')}/?$`),
}));

/** What a path below the base path asks for, with or without a slash at its end; `null` for nothing of ours. */
export function matchRoute(path: string, servesDocument: boolean): ResourceName | null {
  const found = PATTERNS.find(({ pattern }) => pattern.test(path))?.name ?? null;
  return found === 'document' && !servesDocument ? null : found;
}

/**
 * Splits a URL of a request into what is below the base path and its query.
 *
 * Hosts that mount a handler at a path strip it from `url` and keep the whole in `originalUrl`, so either may hold it.
 *
 * @returns `null` when it is not below the base path
 */
export function splitUrl(
  basePath: string,
  url: string,
  originalUrl: string = url,
): { path: string; query: string } | null {
  const [path = '', ...query] = url.split('?');
  const whole = originalUrl.split('?')[0] ?? '';
  if (path.startsWith(`${basePath}/`)) {
    return { path: path.slice(basePath.length), query: query.join('?') };
  }
  const isStripped = whole !== path && whole.endsWith(`${basePath}${path}`);
  return isStripped ? { path, query: query.join('?') } : null;
}
