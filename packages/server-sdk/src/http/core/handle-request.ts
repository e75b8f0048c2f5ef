import { randomUUID } from 'node:crypto';
import { UsageError } from '../../errors.js';
import { Deadline } from '../../runtime/deadline.js';
import { describeFault } from '../../runtime/redacting-logger.js';
import type { Logger } from '../../runtime/logger.js';
import { answerCaller, type CallerDependencies } from './answer-caller.js';
import { answerWith } from './answers.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import type { HttpAnswer, HttpRequest } from './http-message.js';
import { hasBearer, identify, type IdentityDependencies } from './identify.js';
import type { ResourceName } from './match-route.js';
import { buildOpenApiDocument } from '../endpoints/openapi.js';
import { toProblem } from './problem.js';

/** What requests are answered with. */
export interface AnswerDependencies extends CallerDependencies, IdentityDependencies {
  basePath: string;
  /** Whether the OpenAPI document is served. */
  servesDocument: boolean;
  logger: Logger;
  /** How long an answer may take, milliseconds. */
  answerDeadlineMs: number;
}

const METHODS = 'GET, HEAD, OPTIONS';
/** In seconds, where nothing better is known. */
const RETRY_AFTER = 5;

/** Answers one request, whatever becomes of it: the only place where an error becomes an answer. Never rejects. */
export async function answerRequest(
  deps: AnswerDependencies,
  name: ResourceName,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const requestId = randomUUID();
  const common = {
    'X-Request-Id': requestId,
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie, Origin',
    'X-Content-Type-Options': 'nosniff',
    ...laneHeaders(deps, request),
  };
  const deadline = new Deadline(deps.answerDeadlineMs, tooSlow);
  try {
    const answer = await deadline.limit(answerMethod(deps, name, request, deadline));
    return { ...answer, headers: { ...common, ...answer.headers } };
  } catch (error) {
    if (request.hangUp.isGone) deps.logger.debug('A client hung up', { requestId, name });
    // What a cancelled statement says is not why it was cancelled.
    return toErrorAnswer(deps, request, requestId, name, deadline.reason ?? error, common);
  } finally {
    deadline.end();
  }
}

/** A page may read what a token, or the lack of one, is answered with; never what a cookie is. */
function laneHeaders({ embed }: AnswerDependencies, request: HttpRequest): Record<string, string> {
  const isSession = !hasBearer(request) && request.headers.cookie !== undefined;
  return isSession || request.method === 'OPTIONS'
    ? {}
    : corsHeaders(request.headers, embed?.origins ?? null);
}

async function answerMethod(
  deps: AnswerDependencies,
  name: ResourceName,
  request: HttpRequest,
  deadline: Deadline,
): Promise<HttpAnswer> {
  if (request.method === 'OPTIONS') {
    // Before anyone signs in: browsers ask without credentials.
    const headers = preflightHeaders(request.headers, deps.embed?.origins ?? null);
    return { status: 204, headers: { Allow: METHODS, ...headers }, body: null };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new UsageError('METHOD_NOT_ALLOWED', `Use ${METHODS} here.`);
  }
  if (name === 'document') return answerWith(request, '', buildOpenApiDocument(deps.basePath));
  const caller = await identify(deps, name, request);
  return answerCaller(deps, name, request, caller, deadline);
}

function tooSlow(): UsageError {
  return new UsageError('ANSWER_TOO_SLOW', 'The answer took too long. Try again, or ask for less.');
}

function toErrorAnswer(
  deps: AnswerDependencies,
  request: HttpRequest,
  requestId: string,
  name: ResourceName,
  error: unknown,
  common: Record<string, string>,
): HttpAnswer {
  const problem = toProblem(error, requestId);
  // Refused for want of room: a line for each would add to what there is too much of.
  const isRefusal = problem.code === 'SERVER_BUSY';
  if (problem.status >= 500 && !isRefusal && !request.hangUp.isGone) {
    const fault = describeFault(error, secretsOf(request));
    deps.logger.error('A usage request failed', { requestId, name, error: fault });
  }
  return {
    status: problem.status,
    headers: {
      ...common,
      'Content-Type': 'application/problem+json',
      ...(problem.status === 405 ? { Allow: METHODS } : {}),
      ...(problem.status === 401 && hasBearer(request)
        ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' }
        : {}),
      ...retryAfter(problem.status, error),
    },
    body: JSON.stringify(problem),
  };
}

/** What the request proves itself with. */
function secretsOf({ headers }: HttpRequest): string[] {
  const { authorization = '', cookie = '' } = headers;
  return [authorization, cookie, ...cookie.split(/[;=] */)];
}

function retryAfter(status: number, error: unknown): Record<string, string> {
  if (status !== 429 && status !== 503) return {};
  const seconds = (error instanceof UsageError ? error.retryAfterSeconds : null) ?? RETRY_AFTER;
  return { 'Retry-After': String(seconds) };
}
