import type { IncomingMessage, ServerResponse } from 'node:http';
import Koa from 'koa';
import { UsageError } from '../errors.js';
import type { Logger } from '../ports/logger.js';
import { buildRouter, type RouterDependencies } from './create-router.js';
import { handleErrors } from './middleware.js';

/** A listener for Node's http and for frameworks built on it; `next` gets what is not ours. */
export type NodeCallback = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

/** Express strips the path that a handler is mounted at from `url` and keeps the whole in `originalUrl`. */
type MountedRequest = IncomingMessage & { originalUrl?: string };

/** The endpoints as a Node listener. Paths outside the base path go to `next`, or are answered with 404. */
export function buildCallback(deps: RouterDependencies): NodeCallback {
  const app = new Koa();
  app.silent = true;
  app.on('error', (error: unknown) => {
    deps.logger.error('A usage request failed', { error });
  });
  app.use(buildRouter(deps).routes());
  app.use(refuseUnknown(deps.logger));
  const handle = app.callback();
  return (request, response, next) => {
    const url = urlBelow(deps.basePath, request);
    if (url === null && next) {
      next();
      return;
    }
    if (url !== null) request.url = url;
    void handle(request, response);
  };
}

function refuseUnknown(logger: Logger): Koa.Middleware {
  return async (context) => {
    await handleErrors(logger)(context, () => {
      throw new UsageError('ROUTE_NOT_FOUND', 'There is no such endpoint.');
    });
  };
}

/** The request's path and query with the base path, or `null` when it is not below it. */
function urlBelow(basePath: string, request: MountedRequest): string | null {
  const candidates = [request.url, request.originalUrl];
  const below = candidates.find(
    (url) =>
      url !== undefined &&
      (url === basePath || /^[/?]/.test(url.slice(basePath.length))) &&
      url.startsWith(basePath),
  );
  return below ?? null;
}
