import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { RequestDisconnect } from '../core/client-disconnect.js';
import { handleRequest, type RequestDependencies } from '../core/handle-request.js';
import { getBodyLength, isStream, type SentResponse } from '../core/http-message.js';
import type { RequestBody } from '../core/read-body.js';
import { matchUrl } from '../core/match-route.js';
import { respondToUnknownRoute } from '../core/unknown-route.js';

/**
 * A handler of web requests, for Next.js route handlers, Hono and other frameworks of `Request` and `Response`.
 *
 * @param next responds to other paths; anything but a function (Next.js passes parameters) is ignored, and such a path then gets
 *   a 404
 */
export type WebHandler = (request: Request, next?: unknown) => Promise<Response>;

/** The endpoints as a handler of web requests. */
export function buildHandler(deps: RequestDependencies): WebHandler {
  return async (request, next) => {
    const { pathname, search } = new URL(request.url);
    const route = matchUrl(deps.basePath, { url: pathname + search }, deps.servesDocument);
    if (route === null) {
      if (isNext(next)) return next();
      return toWebResponse(request.method, respondToUnknownRoute());
    }
    const node = toNodeRequest(request, pathname + search);
    const { resource, path, query } = route;
    const response = await handleRequest(deps, resource, {
      path,
      query,
      method: request.method,
      headers: node.headers,
      node,
      host: { koa: null, web: request },
      body: toRequestBody(request),
      disconnect: new RequestDisconnect(request),
    });
    return toWebResponse(request.method, response);
  };
}

function toRequestBody({ body }: Request): RequestBody {
  return body === null ? { kind: 'none' } : { kind: 'stream', chunks: body };
}

function isNext(next: unknown): next is () => Response | Promise<Response> {
  return typeof next === 'function';
}

/** What `authenticate` gets: method, URL and headers of the web request as Node has them; no body and no connection. */
function toNodeRequest(request: Request, url: string): IncomingMessage {
  const node = new IncomingMessage(new Socket());
  node.method = request.method;
  node.url = url;
  node.headers = Object.fromEntries(request.headers);
  return node;
}

function toWebResponse(method: string, response: SentResponse): Response {
  const { status, body } = response;
  const headers = new Headers(response.headers);
  if (isStream(body)) {
    // Fails where the stream fails; a reader that cancels it destroys the stream.
    const web = Readable.toWeb(body) as ReadableStream<Uint8Array>;
    return new Response(web, { status, headers });
  }
  if (body !== null) headers.set('Content-Length', String(getBodyLength(body)));
  return new Response(method === 'HEAD' ? null : body, { status, headers });
}
