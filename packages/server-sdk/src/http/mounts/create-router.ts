import type Router from '@koa/router';
import type { Context } from 'koa';
import { RESOURCES, type Resource } from '../endpoints/resources.js';
import { handleRequest, type RequestDependencies } from '../core/handle-request.js';
import { isStream, joinVary, type HttpRequest } from '../core/http-message.js';
import { matchBelow } from '../core/match-route.js';
import { ResponseDisconnect } from '../core/client-disconnect.js';
import { listHostPlaces, requireFromHost } from '../../runtime/host-package.js';
import { toRequestBody } from './request-body.js';

/**
 * A fresh Koa router with all endpoints; every other path is left to the host.
 *
 * @throws Error with the command that installs `@koa/router`, where it is missing
 * @see docs/adr/0072-koa-belongs-to-koa-hosts.md
 */
export function buildRouter(deps: RequestDependencies): Router {
  const KoaRouter = requireRouter();
  const router = new KoaRouter({ prefix: deps.basePath });
  const resources = RESOURCES.filter(({ isDocument }) => deps.servesDocument || !isDocument);
  for (const resource of resources) {
    router.all(resource.path, async (context) => {
      const response = await handleRequest(deps, resource, toRequest(deps, resource, context));
      context.status = response.status;
      const { Vary, ...headers } = response.headers;
      context.set('Vary', joinVary(context.response.headers['vary'], Vary ?? ''));
      context.set(headers);
      const { body } = response;
      if (body === null) return;
      // Koa leaves the connection open when a stream fails after the headers: the client would wait, and not know.
      if (isStream(body)) body.once('error', () => context.res.destroy());
      context.body = body;
      // Koa guesses the type of a stream.
      if (isStream(body)) context.set(headers);
    });
  }
  return router;
}

/** Loaded when it is asked for: a host of another framework has no Koa. This package's own peer wins over others. */
function requireRouter(): typeof Router {
  const { exports } = requireFromHost('@koa/router', [import.meta.url, ...listHostPlaces()]);
  // A module where Node runs with the condition "import".
  const { default: exported = exports } = exports as { default?: unknown };
  return exported as typeof Router;
}

function toRequest(
  { basePath, servesDocument }: RequestDependencies,
  resource: Resource,
  context: Context,
): HttpRequest {
  // A host may have put the router below its own prefix; Koa's router has found the resource already.
  const route = matchBelow(basePath, context.path, context.querystring, servesDocument);
  return {
    method: context.method,
    path: route?.resource === resource ? route.path : context.path,
    query: context.querystring,
    headers: context.headers,
    node: context.req,
    host: { koa: context, web: null },
    body: toRequestBody(context.req, getParsedBody(context)),
    disconnect: new ResponseDisconnect(context.res),
  };
}

/** What a body parser of the host has left; Koa has no parser. */
function getParsedBody({ request }: Context): unknown {
  return 'body' in request ? request.body : undefined;
}
