import { randomUUID } from 'node:crypto';
import { UsageError } from '../../errors.js';
import { Deadline } from '../../runtime/deadline.js';
import { describeForLog } from '../../runtime/redacting-logger.js';
import type { Logger } from '../../runtime/logger.js';
import { ENDPOINTS } from '../endpoints/endpoints.js';
import { buildOpenApiDocument } from '../endpoints/openapi.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import { createCommonHeaders, type HttpRequest, type HttpResponse } from './http-message.js';
import { hasBearer, identify, type IdentityDependencies } from './identify.js';
import { respondByContent } from './json-response.js';
import type { ResourceName } from './match-route.js';
import { getExportKind, isExportName } from '../exports/export-names.js';
import {
  respondWithExport,
  type ExportResponseDependencies,
} from '../exports/respond-with-export.js';
import { respondWithProblem, toProblem } from './problem.js';
import { respondToCaller, type CallerDependencies } from './respond-to-caller.js';

/** What requests are handled with. */
export interface RequestDependencies
  extends CallerDependencies, IdentityDependencies, ExportResponseDependencies {
  basePath: string;
  /** Whether the OpenAPI document is served. */
  servesDocument: boolean;
  logger: Logger;
  /** How long a response may take, milliseconds. */
  answerDeadlineMs: number;
}

const METHODS = 'GET, HEAD, OPTIONS';
/** In seconds, where nothing better is known. */
const RETRY_AFTER = 5;

/** Responds to one request: the only place where an error becomes a response. Never rejects. */
export async function handleRequest(
  deps: RequestDependencies,
  name: ResourceName,
  request: HttpRequest,
): Promise<HttpResponse> {
  const requestId = randomUUID();
  const common = { ...createCommonHeaders(requestId), ...selectCorsHeaders(deps, request) };
  const deadline = new Deadline(deps.answerDeadlineMs, createTooSlowError);
  try {
    const response = await deadline.limit(respond(deps, name, request, deadline));
    return { ...response, headers: { ...common, ...response.headers } };
  } catch (error) {
    // The error of a cancelled statement is not why it was cancelled.
    const failure = { error: deadline.reason ?? error, requestId, name };
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
  name: ResourceName,
  request: HttpRequest,
  deadline: Deadline,
): Promise<HttpResponse> {
  if (request.method === 'OPTIONS') {
    // Before authentication: browsers send it without credentials.
    const headers = preflightHeaders(request.headers, deps.embed?.origins ?? null);
    return { status: 204, headers: { Allow: METHODS, ...headers }, body: null };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new UsageError('METHOD_NOT_ALLOWED', `Use ${METHODS} here.`);
  }
  if (name === 'document')
    return respondByContent(request, '', buildOpenApiDocument(deps.basePath));
  if (isExportName(name)) {
    const caller = await identify(deps, 'exports', request);
    return respondWithExport(deps, { kind: getExportKind(name), request, caller, deadline });
  }
  const caller = await identify(deps, `${name}:read`, request);
  return respondToCaller(deps, { endpoint: ENDPOINTS[name], request, caller, deadline });
}

function createTooSlowError(): UsageError {
  return new UsageError('ANSWER_TOO_SLOW', 'The answer took too long. Try again, or ask for less.');
}

interface Failure {
  error: unknown;
  requestId: string;
  name: ResourceName;
}

function respondToFailure(
  { logger }: RequestDependencies,
  request: HttpRequest,
  { error, requestId, name }: Failure,
): HttpResponse {
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
    ...(problem.status === 405 ? { Allow: METHODS } : {}),
    ...(problem.status === 401 && hasBearer(request)
      ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' }
      : {}),
    ...createRetryAfter(problem.status, error),
  });
}

/** The credentials of a request, which no log may contain. */
function listSecrets({ headers }: HttpRequest): string[] {
  const { authorization = '', cookie = '' } = headers;
  return [authorization, cookie, ...cookie.split(/[;=] */)];
}

function createRetryAfter(status: number, error: unknown): Record<string, string> {
  if (status !== 429 && status !== 503) return {};
  const seconds = (error instanceof UsageError ? error.retryAfterSeconds : null) ?? RETRY_AFTER;
  return { 'Retry-After': String(seconds) };
}
