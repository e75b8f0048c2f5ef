import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerRequest, type AnswerDependencies } from '../core/answer-request.js';
import { hangUpOf } from '../core/client-disconnect.js';
import { joinVary, lengthOf, type HttpAnswer } from '../core/http-message.js';
import { matchUrl } from '../core/match-route.js';
import { answerUnknown } from '../core/unknown-route.js';

/** A listener for Node's http and for frameworks built on it; `next` gets what is not ours. */
export type NodeCallback = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: () => void,
) => void;

/** Express strips the path that a handler is mounted at from `url` and keeps the whole in `originalUrl`. */
type MountedRequest = IncomingMessage & { originalUrl?: string };

/** The endpoints as a Node listener. Paths that are none of ours go to `next`, or are answered with 404. */
export function buildCallback(deps: AnswerDependencies): NodeCallback {
  return (request: MountedRequest, response, next) => {
    const { url = '/', originalUrl } = request;
    const route = matchUrl(deps.basePath, { url, originalUrl }, deps.servesDocument);
    if (route === null) {
      if (next) next();
      else writeAnswer(request, response, answerUnknown());
      return;
    }
    const { method = 'GET', headers } = request;
    const host = { koa: null, web: null };
    const hangUp = hangUpOf(response);
    const { name, path, query } = route;
    const asked = { path, query, method, headers, node: request, host, hangUp };
    void answerRequest(deps, name, asked).then((answer) => {
      writeAnswer(request, response, answer);
    });
  };
}

function writeAnswer(
  { method }: IncomingMessage,
  response: ServerResponse,
  answer: HttpAnswer,
): void {
  // Gone, or answered by a host that did not wait.
  if (response.headersSent || response.destroyed) return;
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) {
    const whole = name === 'Vary' ? joinVary(response.getHeader('Vary'), value) : value;
    response.setHeader(name, whole);
  }
  if (answer.body === null) {
    response.end();
    return;
  }
  response.setHeader('Content-Length', lengthOf(answer));
  response.end(method === 'HEAD' ? undefined : answer.body);
}
