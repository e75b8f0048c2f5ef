import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { answerRequest, type AnswerDependencies } from '../core/answer-request.js';
import { hangUpOfSignal } from '../core/client-disconnect.js';
import { lengthOf, type HttpAnswer } from '../core/http-message.js';
import { matchUrl } from '../core/match-route.js';
import { answerUnknown } from '../core/unknown-route.js';

/**
 * A handler of web requests, for Next.js route handlers, Hono and whatever else speaks `Request` and `Response`.
 *
 * @param next makes the answer to a path that is none of ours; anything but a function (Next.js hands parameters over) is
 *   ignored, and such a path is then answered with 404
 */
export type WebHandler = (request: Request, next?: unknown) => Promise<Response>;

/** The endpoints as a handler of web requests. */
export function buildHandler(deps: AnswerDependencies): WebHandler {
  return async (request, next) => {
    const { pathname, search } = new URL(request.url);
    const route = matchUrl(deps.basePath, { url: pathname + search }, deps.servesDocument);
    if (route === null) {
      if (isNext(next)) return next();
      return toResponse(request.method, answerUnknown());
    }
    const node = toNodeRequest(request, pathname + search);
    const { name, path, query } = route;
    const answer = await answerRequest(deps, name, {
      path,
      query,
      method: request.method,
      headers: node.headers,
      node,
      host: { koa: null, web: request },
      hangUp: hangUpOfSignal(request.signal),
    });
    return toResponse(request.method, answer);
  };
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

function toResponse(method: string, answer: HttpAnswer): Response {
  const headers = new Headers(answer.headers);
  if (answer.body !== null) headers.set('Content-Length', String(lengthOf(answer)));
  const body = method === 'HEAD' ? null : answer.body;
  return new Response(body, { status: answer.status, headers });
}
