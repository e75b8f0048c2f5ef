import Router from '@koa/router';
import type { Context } from 'koa';
import { ENDPOINT_LIST } from '../endpoints/endpoints.js';
import { EXPORT_LIST } from '../exports/export-names.js';
import { handleRequest, type RequestDependencies } from '../core/handle-request.js';
import { isStream, joinVary, type HttpRequest } from '../core/http-message.js';
import { DOCUMENT_PATH, matchBelow, type ResourceName } from '../core/match-route.js';
import { ResponseDisconnect } from '../core/client-disconnect.js';

/** A fresh Koa router with the nine endpoints; every other path is left to the host. */
export function buildRouter(deps: RequestDependencies): Router {
  const router = new Router({ prefix: deps.basePath });
  const resources: { name: ResourceName; path: string }[] = [...ENDPOINT_LIST, ...EXPORT_LIST];
  if (deps.servesDocument) resources.push({ name: 'document', path: DOCUMENT_PATH });
  for (const { name, path } of resources) {
    router.all(path, async (context) => {
      const response = await handleRequest(deps, name, toRequest(deps, name, context));
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

function toRequest(
  { basePath, servesDocument }: RequestDependencies,
  name: ResourceName,
  context: Context,
): HttpRequest {
  // A host may have put the router below its own prefix; Koa's router has found the resource already.
  const route = matchBelow(basePath, context.path, context.querystring, servesDocument);
  return {
    method: context.method,
    path: route?.name === name ? route.path : context.path,
    query: context.querystring,
    headers: context.headers,
    node: context.req,
    host: { koa: context, web: null },
    disconnect: new ResponseDisconnect(context.res),
  };
}
