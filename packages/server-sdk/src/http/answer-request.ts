import { randomUUID } from 'node:crypto';
import type { RouteName } from '../contract/routes.js';
import { UsageError } from '../errors.js';
import type { RequestLimits } from '../limits/request-limits.js';
import type { Clock } from '../ports/clock.js';
import { rejectionOf, startDeadline } from '../ports/deadline.js';
import { describeFault } from '../ports/discreet-logger.js';
import type { Logger } from '../ports/logger.js';
import { onBehalfOf } from '../ports/request-signal.js';
import type { DataVersions } from '../services/data-versions.js';
import type { BodyCache } from './body-cache.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import { HANDLERS } from './endpoints.js';
import { etagOf, etagOfVersion, matchesEtag } from './etag.js';
import type { HttpAnswer, HttpRequest } from './http-message.js';
import { hasBearer, identify, type Caller, type IdentityDependencies } from './identify.js';
import type { ResourceName } from './match-route.js';
import { buildOpenApiDocument } from './openapi.js';
import { toProblem } from './problem.js';
import type { HandlerDependencies, UsageRequest } from './request-context.js';

/** What requests are answered with. */
export interface AnswerDependencies extends HandlerDependencies, IdentityDependencies {
  basePath: string;
  /** Whether the OpenAPI document is served. */
  servesDocument: boolean;
  clock: Clock;
  logger: Logger;
  versions: DataVersions;
  /** Bodies of answers by their tag, which names user, request and version of the data. */
  bodies: BodyCache;
  requestLimits: RequestLimits;
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
  const deadline = startDeadline(request.hangUp, deps.answerDeadlineMs, tooSlow);
  try {
    const answer = await Promise.race([
      onBehalfOf(deadline.signal, () => answerMethod(deps, name, request, deadline.signal)),
      rejectionOf(deadline.signal),
    ]);
    return { ...answer, headers: { ...common, ...answer.headers } };
  } catch (error) {
    // What a cancelled statement says is not why it was cancelled.
    const cause: unknown = deadline.signal.aborted ? deadline.signal.reason : error;
    if (request.hangUp.aborted) deps.logger.debug('A client hung up', { requestId, name });
    return toErrorAnswer(deps, request, requestId, name, cause, common);
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
  signal: AbortSignal,
): Promise<HttpAnswer> {
  if (request.method === 'OPTIONS') {
    // Before anyone signs in: browsers ask without credentials.
    const headers = preflightHeaders(request.headers, deps.embed?.origins ?? null);
    return { status: 204, headers: { Allow: METHODS, ...headers }, body: null };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new UsageError('METHOD_NOT_ALLOWED', `Use ${METHODS} here.`);
  }
  if (name === 'document') return answerDocument(deps, request);
  const caller = await identify(deps, name, request);
  return deps.requestLimits.run(caller, signal, () => answerCaller(deps, name, request, caller));
}

function answerDocument({ basePath }: AnswerDependencies, request: HttpRequest): HttpAnswer {
  const document = buildOpenApiDocument(basePath);
  return notModified(request, etagOf('', '', document)) ?? toAnswer(request, '', document);
}

/** Balances are not the database's: what they say is all that tells their answers apart. */
const BY_CONTENT: ReadonlySet<RouteName> = new Set(['quota', 'quotaDetails']);

async function answerCaller(
  deps: AnswerDependencies,
  name: RouteName,
  request: HttpRequest,
  { userDid, projects }: Caller,
): Promise<HttpAnswer> {
  const nowMs = deps.clock.now();
  const appDid = projectOf(name, request.path);
  if (appDid !== '' && projects?.includes(appDid) === false) {
    throw new UsageError('PROJECT_FORBIDDEN', 'The token is for other projects.');
  }
  const asked: UsageRequest = { userDid, projects, nowMs, query: request.query, appDid };
  // What a token of some projects is told is not what the user is told.
  const identity = projects === null ? userDid : JSON.stringify([userDid, [...projects].sort()]);
  // Nobody raises versions for what a host writes to a table of its own.
  if (BY_CONTENT.has(name) || !deps.database.calls.isOwn) {
    return toAnswer(request, identity, await HANDLERS[name](deps, asked));
  }
  // Read before the answer is made, the version can only be older than it: the next request then makes it anew.
  const version = await deps.versions.of(userDid);
  const etag = etagOfVersion(identity, urlOf(request), version, nowMs);
  const unchanged = notModified(request, etag);
  if (unchanged) return unchanged;
  // Who has the tag is told that nothing changed; who asks for the first time, in another tab or an embedding page, is told
  // the same thing.
  const known = deps.bodies.get(etag);
  if (known !== undefined) return okText(etag, known);
  const answer = ok(etag, await HANDLERS[name](deps, asked));
  deps.bodies.set(etag, answer.body ?? '');
  return answer;
}

function toAnswer(request: HttpRequest, identity: string, body: object): HttpAnswer {
  const etag = etagOf(identity, urlOf(request), body);
  return notModified(request, etag) ?? ok(etag, body);
}

function notModified({ headers }: HttpRequest, etag: string): HttpAnswer | null {
  if (!matchesEtag(headers['if-none-match'], etag)) return null;
  return { status: 304, headers: { ETag: etag }, body: null };
}

function ok(etag: string, body: object): HttpAnswer {
  return okText(etag, JSON.stringify(body));
}

function okText(etag: string, body: string): HttpAnswer {
  return {
    status: 200,
    headers: { ETag: etag, 'Content-Type': 'application/json; charset=utf-8' },
    body,
  };
}

function urlOf({ path, query }: HttpRequest): string {
  return query === '' ? path : `${path}?${query}`;
}

/** The project's segment, decoded here rather than by the router, whose decoding forgives broken escapes. */
function projectOf(name: RouteName, path: string): string {
  if (!name.startsWith('project') || name === 'projects') return '';
  const segment = path.split('/')[2] ?? '';
  try {
    const appDid = decodeURIComponent(segment);
    // Browsers resolve a segment `.` or `..`, percent-encoded too, so the client encodes these two names twice.
    return /^(%2e){1,2}$/i.test(appDid) ? decodeURIComponent(appDid) : appDid;
  } catch {
    throw new UsageError('PATH_INVALID', 'The project in the path is not percent-encoded UTF-8.');
  }
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
  if (problem.status >= 500 && !isRefusal && !request.hangUp.aborted) {
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
