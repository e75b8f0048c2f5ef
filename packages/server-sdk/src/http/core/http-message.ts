import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { HostRequest } from './authenticate.js';
import type { ClientDisconnect } from './client-disconnect.js';
import type { RequestBody } from './read-body.js';

/** A request as the endpoints see it, whatever framework it came through. */
export interface HttpRequest {
  method: string;
  /** Path below the base path, as it was sent. */
  path: string;
  /** Query string without the `?`. */
  query: string;
  headers: IncomingHttpHeaders;
  /** What `authenticate` gets. */
  node: IncomingMessage;
  host: HostRequest;
  body: RequestBody;
  disconnect: ClientDisconnect;
}

/** A response that the framework has only to send. */
export interface HttpResponse {
  status: number;
  /** By canonical name. `Vary` is to be added to the host's own. */
  headers: Record<string, string>;
  /** `null`: none. Also there for `HEAD`, whose headers are those of `GET`. */
  body: string | null;
}

/** A response as a framework sends it, which may be a file. */
export interface SentResponse extends Omit<HttpResponse, 'body'> {
  /** A stream has no length; when it fails, the connection is to be broken, so that no client takes what it has for all. */
  body: string | Readable | null;
}

/** Headers that every response has. */
export function createCommonHeaders(requestId: string): Record<string, string> {
  return {
    'X-Request-Id': requestId,
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie, Origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** Whether a body is a stream. */
export function isStream(body: SentResponse['body']): body is Readable {
  return typeof body === 'object' && body !== null;
}

/** Byte length of a body that is text. */
export function getBodyLength(body: string): number {
  return Buffer.byteLength(body);
}

/** Two `Vary` headers as one. */
export function joinVary(existing: string | string[] | number | undefined, ours: string): string {
  if (existing === undefined) return ours;
  const names = [existing, ours]
    .flat()
    .flatMap((value) => String(value).split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.includes('*')) return '*';
  const seen = new Map(names.map((name) => [name.toLowerCase(), name]));
  return [...seen.values()].join(', ');
}
