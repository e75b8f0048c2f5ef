import { ROUTES, type RouteName } from '../contract/routes.js';

/** A response of the server under test. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; `null` when it is not JSON. */
  json: unknown;
}

/** The server under test, and the two users whose requests are sent. */
export interface Subject {
  /** Where the endpoints are, e.g. `https://host.example/api/usage`; without a slash at its end. */
  url: string;
  /** Headers that sign the users in. */
  userA: Readonly<Record<string, string>>;
  userB: Readonly<Record<string, string>>;
  fetch: typeof fetch;
}

/** Headers of a request without a user. */
export const SIGNED_OUT: Readonly<Record<string, string>> = {};

/**
 * Sends a request to the server. Redirects are not followed: a sign-in page in place of a response is a fault.
 *
 * @throws DOMException named `TimeoutError` after 30 seconds; TypeError when there is no connection
 */
export async function sendRequest(
  { url, fetch }: Subject,
  path: string,
  credentials: Readonly<Record<string, string>>,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Reply> {
  const { method = 'GET', headers = {}, body } = options;
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, ...credentials },
    redirect: 'manual',
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parseJson(text) };
}

/** Returns the path of an endpoint. @param appDid of the project, where the path has one */
export function toPath(name: RouteName, appDid = 'usage-kit-conformance'): string {
  return ROUTES[name].replace(':appDid', encodeURIComponent(appDid));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
