import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { ResponseDisconnect } from '../core/client-disconnect.js';
import { handleRequest, type RequestDependencies } from '../core/handle-request.js';
import { getBodyLength, isStream, joinVary, type SentResponse } from '../core/http-message.js';
import { matchUrl } from '../core/match-route.js';
import { respondToUnknownRoute } from '../core/unknown-route.js';
import { toRequestBody } from './request-body.js';

/** A listener for Node's http and for frameworks built on it; `next` gets what is not ours. */
export type NodeCallback = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: () => void,
) => void;

/**
 * Express strips the path that a handler is mounted at from `url` and leaves the complete one in `originalUrl`; its body
 * parsers leave what they read in `body`.
 */
type MountedRequest = IncomingMessage & { originalUrl?: string; body?: unknown };

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
    const body = toRequestBody(request, request.body);
    const { resource, path, query } = route;
    const received = { path, query, method, headers, node: request, host, body, disconnect };
    void handleRequest(deps, resource, received).then((ours) => {
      sendResponse(request, response, ours);
    });
  };
}

function sendResponse(
  { method }: IncomingMessage,
  response: ServerResponse,
  ours: SentResponse,
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
