import { createContentEtag, matchesAnyEtag, matchesEtag } from './etag.js';
import type { HttpRequest, HttpResponse } from './http-message.js';

/** A response with the tag of its content; 304 where the client has it. */
export function respondByContent(
  request: HttpRequest,
  identity: string,
  body: object,
): HttpResponse {
  const etag = createContentEtag(identity, toRequestUrl(request), body);
  return isNotModified(request, etag)
    ? createNotModified(etag)
    : respondWithJson(request, etag, JSON.stringify(body));
}

/** A response with a body of JSON; 304 where the client wants none that exists (`If-None-Match: *`). */
export function respondWithJson(
  { headers }: HttpRequest,
  etag: string,
  body: string,
): HttpResponse {
  if (matchesAnyEtag(headers['if-none-match'])) return createNotModified(etag);
  return {
    status: 200,
    headers: { ETag: etag, 'Content-Type': 'application/json; charset=utf-8' },
    body,
  };
}

/** Whether the client has the response with this tag. */
export function isNotModified({ headers }: HttpRequest, etag: string): boolean {
  return matchesEtag(headers['if-none-match'], etag);
}

/** A response without a body: what the client has is current. */
export function createNotModified(etag: string): HttpResponse {
  return { status: 304, headers: { ETag: etag }, body: null };
}

/** URL of a request, below the base path. */
export function toRequestUrl({ path, query }: HttpRequest): string {
  return query === '' ? path : `${path}?${query}`;
}
