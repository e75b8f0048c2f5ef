import { randomUUID } from 'node:crypto';
import { UsageError } from '../../errors.js';
import { Deadline } from '../../runtime/deadline.js';
import { describeForLog } from '../../runtime/redacting-logger.js';
import type { Logger } from '../../runtime/logger.js';
import { traceRequest, type Tracer } from '../../runtime/tracing.js';
import { buildOpenApiDocument } from '../endpoints/openapi.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import {
  createCommonHeaders,
  type HttpRequest,
  type HttpResponse,
  type SentResponse,
} from './http-message.js';
import { hasBearer, identify, type IdentityDependencies } from './identify.js';
import { respondByContent } from './json-response.js';
import type { Resource } from '../endpoints/resources.js';
import {
  respondWithExport,
  type ExportResponseDependencies,
} from '../exports/respond-with-export.js';
import { respondWithProblem, toProblem } from './problem.js';
import { respondToCaller, type CallerDependencies } from './respond-to-caller.js';
import { requireSameOrigin } from './require-same-origin.js';
import { respondToWriter } from './respond-to-writer.js';

/** What requests are handled with. */
export interface RequestDependencies
  extends CallerDependencies, IdentityDependencies, ExportResponseDependencies {
  basePath: string;
  /** Whether the OpenAPI document is served. */
  servesDocument: boolean;
  logger: Logger;
  /** `null`: requests are not traced. */
  tracer: Tracer | null;
  /** How long a response may take, milliseconds. */
  answerDeadlineMs: number;
}

/** In seconds, where nothing better is known. */
const RETRY_AFTER = 5;

/** Responds to one request, in a span where the host traces. Never rejects. */
export function handleRequest(
  deps: RequestDependencies,
  resource: Resource,
  request: HttpRequest,
): Promise<SentResponse> {
  const { tracer, basePath } = deps;
  if (tracer === null) return respondSafely(deps, resource, request);
  const traced = { method: request.method, basePath, route: resource.path };
  return traceRequest(tracer, traced, () => respondSafely(deps, resource, request));
}

/** Responds to one request: the only place where an error becomes a response. Never rejects. */
async function respondSafely(
  deps: RequestDependencies,
  resource: Resource,
  request: HttpRequest,
): Promise<SentResponse> {
  const requestId = randomUUID();
  const common = { ...createCommonHeaders(requestId), ...selectCorsHeaders(deps, request) };
  const deadline = new Deadline(deps.answerDeadlineMs, createTooSlowError);
  try {
    const response = await deadline.limit(respond(deps, resource, request, deadline));
    return { ...response, headers: { ...common, ...response.headers } };
  } catch (error) {
    // The error of a cancelled statement is not why it was cancelled.
    const failure = { error: deadline.reason ?? error, requestId, resource };
    const response = respondToFailure(deps, request, failure);
    return { ...response, headers: { ...common, ...response.headers } };
  } finally {
    deadline.clear();
  }
}

/** A page may read the response to a token, or to the lack of one; never the response to a cookie. */
function selectCorsHeaders(
  { embed }: RequestDependencies,
  request: HttpRequest,
): Record<string, string> {
  const isSession = !hasBearer(request) && request.headers.cookie !== undefined;
  return isSession || request.method === 'OPTIONS'
    ? {}
    : corsHeaders(request.headers, embed?.origins ?? null);
}

async function respond(
  deps: RequestDependencies,
  resource: Resource,
  request: HttpRequest,
  deadline: Deadline,
): Promise<SentResponse> {
  const { methods, read, exportKind, isDocument } = resource;
  if (request.method === 'OPTIONS') {
    // Before authentication: browsers send it without credentials.
    const headers = preflightHeaders(request.headers, deps.embed?.origins ?? null, methods);
    return { status: 204, headers: { Allow: methods.join(', '), ...headers }, body: null };
  }
  if (!methods.includes(request.method)) {
    throw new UsageError('METHOD_NOT_ALLOWED', `Use ${methods.join(', ')} here.`);
  }
  if (isDocument) return respondByContent(request, '', buildOpenApiDocument(deps.basePath));
  const write = resource.writes.find(({ method }) => method === request.method);
  if (write) {
    // Before the sign-in, which some hosts prolong by each request.
    if (!hasBearer(request)) requireSameOrigin(request.headers);
    const caller = await identify(deps, write.scope, request);
    return respondToWriter(deps, { endpoint: write, request, caller, deadline });
  }
  if (exportKind !== null) {
    const caller = await identify(deps, 'exports', request);
    return respondWithExport(deps, { kind: exportKind, request, caller, deadline });
  }
  if (read === null) throw new UsageError('ROUTE_NOT_FOUND', 'There is no such endpoint.');
  const caller = await identify(deps, `${read.name}:read`, request);
  return respondToCaller(deps, { endpoint: read, request, caller, deadline });
}

function createTooSlowError(): UsageError {
  return new UsageError('ANSWER_TOO_SLOW', 'The answer took too long. Try again, or ask for less.');
}

interface Failure {
  error: unknown;
  requestId: string;
  resource: Resource;
}

function respondToFailure(
  { logger }: RequestDependencies,
  request: HttpRequest,
  { error, requestId, resource }: Failure,
): HttpResponse {
  const name = getEndpointName(resource, request.method);
  const { hasDisconnected } = request.disconnect;
  if (hasDisconnected) logger.debug('A client disconnected', { requestId, name });
  const problem = toProblem(error, requestId);
  // Refused for lack of capacity: a line for each would add to the load.
  const isRefusal = problem.code === 'SERVER_BUSY';
  if (problem.status >= 500 && !isRefusal && !hasDisconnected) {
    const fault = describeForLog(error, listSecrets(request));
    logger.error('A usage request failed', { requestId, name, error: fault });
  }
  return respondWithProblem(problem, {
    ...(problem.status === 405 ? { Allow: resource.methods.join(', ') } : {}),
    // What is left of the body is not read.
    ...(problem.status === 413 ? { Connection: 'close' } : {}),
    ...(problem.status === 401 && hasBearer(request)
      ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' }
      : {}),
    ...createRetryAfter(problem.status, error),
  });
}

function getEndpointName({ path, read, writes }: Resource, method: string): string {
  const write = writes.find((endpoint) => endpoint.method === method);
  return write?.name ?? read?.name ?? path;
}

/** The credentials of a request, which no log may contain. */
function listSecrets({ headers }: HttpRequest): string[] {
  const { authorization = '', cookie = '' } = headers;
  return [authorization, cookie, ...cookie.split(/[;=] */)];
}

function createRetryAfter(status: number, error: unknown): Record<string, string> {
  const known = error instanceof UsageError ? error.retryAfterSeconds : null;
  if (status !== 429 && status !== 503 && known === null) return {};
  return { 'Retry-After': String(known ?? RETRY_AFTER) };
}
