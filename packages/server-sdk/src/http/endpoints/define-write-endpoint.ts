import type { z } from 'zod';
import type { WriteRoute } from '../../contract/write-routes.js';
import type { EmbedScope } from '../embed/embed-options.js';
import { parseBody } from '../core/parse-body.js';
import type { HandlerDependencies } from '../core/request-context.js';

/** An authenticated request that writes. */
export interface WriteRequest {
  /** The user who sent it; the only identity a handler may use. */
  userDid: string;
  /** Projects that the embed token is for; `null`: all. */
  projects: readonly string[] | null;
  /** When, epoch ms. */
  nowMs: number;
  /** Parameters of the path, decoded: identifiers. */
  params: Readonly<Record<string, string>>;
  /**
   * An id for what the request creates. The same for each attempt with one `Idempotency-Key`, so that a row which is there
   * already tells that the first attempt succeeded.
   */
  newId: string;
}

/** All that makes a writing endpoint. */
export interface WriteEndpointDefinition<Body, Response extends object | null> {
  route: WriteRoute;
  name: string;
  /** One line of the documentation. */
  summary: string;
  /** What an embed token must have been given. */
  scope: EmbedScope;
  /** The schema of the body; strict, so that no member is ignored. `null`: the body is empty. */
  body: z.ZodType<Body> | null;
  /** The schema of the response. `null`: there is none, and the status is 204. */
  response: z.ZodType<Response> | null;
  /** @default 200, or 204 without a response */
  status?: 200 | 201;
  /** @throws UsageError */
  handle: (deps: HandlerDependencies, request: WriteRequest & { body: Body }) => Promise<Response>;
}

/** A writing endpoint as the rest of the server sees it. */
export interface WriteEndpoint extends WriteRoute {
  readonly name: string;
  readonly summary: string;
  readonly scope: EmbedScope;
  readonly body: z.ZodType | null;
  readonly response: z.ZodType | null;
  readonly status: 200 | 201 | 204;
  /** Checks the parsed JSON of the body and writes. @throws UsageError */
  handle: (
    deps: HandlerDependencies,
    request: WriteRequest & { json: unknown },
  ) => Promise<object | null>;
}

/** Defines a writing endpoint of the contract. */
export function defineWriteEndpoint<Body = null, Response extends object | null = null>(
  definition: WriteEndpointDefinition<Body, Response>,
): WriteEndpoint {
  const { route, name, summary, scope, body, response, handle } = definition;
  return {
    ...route,
    name,
    summary,
    scope,
    body,
    response,
    status: response === null ? 204 : (definition.status ?? 200),
    handle: async (deps, { json, ...request }) =>
      handle(deps, { ...request, body: parseBody(body, json) }),
  };
}
