import { ROUTES, type RouteName } from '../contract/routes.js';

/** An answer of the server under test. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; `null` when it is none. */
  json: unknown;
}

/** The server under test, and as whom to ask it. */
export interface Subject {
  /** Where the endpoints are, e.g. `https://host.example/api/usage`; without a slash at its end. */
  url: string;
  /** Headers that sign each of two users in. */
  userA: Readonly<Record<string, string>>;
  userB: Readonly<Record<string, string>>;
  fetch: typeof fetch;
}

/** Headers of nobody. */
export const NOBODY: Readonly<Record<string, string>> = {};

/** Asks the server. Redirects are refused: a sign-in page in place of an answer is a fault. */
export async function ask(
  { url, fetch }: Subject,
  path: string,
  who: Readonly<Record<string, string>>,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const { method = 'GET', headers = {} } = options;
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, ...who },
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

/** The path of an endpoint. @param appDid of the project, where the path has one */
export function toPath(name: RouteName, appDid = 'usage-kit-conformance'): string {
  return ROUTES[name].replace(':appDid', encodeURIComponent(appDid));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
