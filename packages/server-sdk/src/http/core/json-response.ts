import { etagOf, matchesAnyEtag, matchesEtag } from './etag.js';
import type { HttpAnswer, HttpRequest } from './http-message.js';

/** An answer whose tag says what it says. */
export function answerWith(request: HttpRequest, identity: string, body: object): HttpAnswer {
  const etag = etagOf(identity, urlOf(request), body);
  return isUnchanged(request, etag)
    ? notModified(etag)
    : answerWithBody(request, etag, JSON.stringify(body));
}

/** An answer that was made, as JSON; 304 where the client would not have any (`If-None-Match: *`). */
export function answerWithBody({ headers }: HttpRequest, etag: string, body: string): HttpAnswer {
  return matchesAnyEtag(headers['if-none-match']) ? notModified(etag) : ok(etag, body);
}

/** Whether the client has the answer with this tag. */
export function isUnchanged({ headers }: HttpRequest, etag: string): boolean {
  return matchesEtag(headers['if-none-match'], etag);
}

/** Says that nothing changed. */
export function notModified(etag: string): HttpAnswer {
  return { status: 304, headers: { ETag: etag }, body: null };
}

/** An answer with a body of JSON. */
function ok(etag: string, body: string): HttpAnswer {
  return {
    status: 200,
    headers: { ETag: etag, 'Content-Type': 'application/json; charset=utf-8' },
    body,
  };
}

/** What was asked for, below the base path. */
export function urlOf({ path, query }: HttpRequest): string {
  return query === '' ? path : `${path}?${query}`;
}
