import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { ResponseDisconnect } from '../core/client-disconnect.js';
import { handleRequest, type RequestDependencies } from '../core/handle-request.js';
import { getBodyLength, isStream, joinVary, type HttpResponse } from '../core/http-message.js';
import { matchUrl } from '../core/match-route.js';
import { respondToUnknownRoute } from '../core/unknown-route.js';

/** A listener for Node's http and for frameworks built on it; `next` gets what is not ours. */
export type NodeCallback = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: () => void,
) => void;

/** Express strips the path that a handler is mounted at from `url` and leaves the complete one in `originalUrl`. */
type MountedRequest = IncomingMessage & { originalUrl?: string };

/** The endpoints as a Node listener. Other paths go to `next`, or get a 404 where there is none. */
export function buildCallback(deps: RequestDependencies): NodeCallback {
  return (request: MountedRequest, response, next) => {
    const { url = '/', originalUrl } = request;
    const route = matchUrl(deps.basePath, { url, originalUrl }, deps.servesDocument);
    if (route === null) {
      if (next) next();
      else sendResponse(request, response, respondToUnknownRoute());
      return;
    }
    const { method = 'GET', headers } = request;
    const host = { koa: null, web: null };
    const disconnect = new ResponseDisconnect(response);
    const { name, path, query } = route;
    const received = { path, query, method, headers, node: request, host, disconnect };
    void handleRequest(deps, name, received).then((ours) => {
      sendResponse(request, response, ours);
    });
  };
}

function sendResponse(
  { method }: IncomingMessage,
  response: ServerResponse,
  ours: HttpResponse,
): void {
  const { body } = ours;
  // The client disconnected, or a host that did not wait has responded.
  if (response.headersSent || response.destroyed) {
    if (isStream(body)) body.destroy();
    return;
  }
  response.statusCode = ours.status;
  for (const [name, value] of Object.entries(ours.headers)) {
    const joined = name === 'Vary' ? joinVary(response.getHeader('Vary'), value) : value;
    response.setHeader(name, joined);
  }
  if (body === null) {
    response.end();
    return;
  }
  if (isStream(body)) {
    // Destroys the response when the stream fails, and the stream when the client disconnects.
    pipeline(body, response, () => undefined);
    return;
  }
  response.setHeader('Content-Length', getBodyLength(body));
  response.end(method === 'HEAD' ? undefined : body);
}
