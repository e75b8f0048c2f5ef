import type { ExportKind, ROUTES, RouteName } from '@usage-kit/server-sdk/contract';

/**
 * Paths of the endpoints below the base URL.
 *
 * Typed as the contract's own literal, so a path that differs does not compile; a value import would pull the server
 * package into every browser bundle's dependency list.
 */
const PATHS: typeof ROUTES = {
  quota: '/quota',
  overview: '/overview',
  projects: '/projects',
  trends: '/trends',
  models: '/models',
  activity: '/activity',
  projectStats: '/projects/:appDid/stats',
  projectTrends: '/projects/:appDid/trends',
  projectModels: '/projects/:appDid/models',
  projectLatency: '/projects/:appDid/latency',
  projectFailures: '/projects/:appDid/failures',
  projectCalls: '/projects/:appDid/calls',
  quotaDetails: '/quota-details',
  advice: '/advice',
  alerts: '/alerts',
  budgets: '/budgets',
};

/** Values a query parameter may have; missing ones are left out of the URL, a list is the parameter several times. */
export type QueryParams = Readonly<
  Record<string, string | number | readonly string[] | null | undefined>
>;

/**
 * Query string of an endpoint, sorted by name so that equal questions are equal strings.
 *
 * Starts with `?`, or is empty when no parameter has a value. The empty string counts as no value: the API refuses it.
 */
export function serializeQuery(params: QueryParams): string {
  const search = new URLSearchParams();
  for (const name of Object.keys(params).sort()) {
    for (const value of [params[name]].flat()) {
      if (value !== null && value !== undefined && value !== '') search.append(name, String(value));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * Address of an endpoint: base URL, path, query.
 *
 * `appDid` becomes one percent-encoded segment. `.` and `..` get a DEL at their end, which the server takes off: URL parsers
 * resolve these two names otherwise, percent-encoded too, and no identifier can contain DEL.
 */
export function toEndpointUrl(
  baseUrl: string,
  route: RouteName,
  params: QueryParams,
  appDid?: string,
): string {
  const path = PATHS[route].replace(':appDid', () => encodeSegment(appDid ?? ''));
  return `${baseUrl.replace(/\/+$/, '')}${path}${serializeQuery(params)}`;
}

/** Address of the file of a kind. */
export function toExportUrl(baseUrl: string, kind: ExportKind, params: QueryParams): string {
  return `${baseUrl.replace(/\/+$/, '')}/exports/${kind}${serializeQuery(params)}`;
}

/** An identifier as one segment of a path that URL parsers leave alone: see {@link toEndpointUrl} for `.` and `..`. */
export function encodeSegment(segment: string): string {
  return /^\.{1,2}$/.test(segment) ? `${segment}%7F` : encodeText(segment);
}

/** Percent-encodes any text; half a character, which `encodeURIComponent` throws at, becomes U+FFFD. */
export function encodeText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
