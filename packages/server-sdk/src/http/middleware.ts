import { randomUUID } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { Problem } from '../contract/common.js';
import { UsageError } from '../errors.js';
import type { Authenticate } from '../ports/authenticate.js';
import type { Logger } from '../ports/logger.js';
import { matchesEtag } from './etag.js';
import { toProblem } from './problem.js';

/** The header that names a request in the log. */
const REQUEST_ID = 'X-Request-Id';
const METHODS = ['GET', 'HEAD', 'OPTIONS'];
const RETRY_AFTER_SECONDS = '5';

/** What every answer carries: who may keep it, and its request's name. */
export function setCommonHeaders(context: Context): string {
  const requestId = randomUUID();
  context.set(REQUEST_ID, requestId);
  context.set('Cache-Control', 'private, no-cache');
  context.vary('Authorization, Cookie, Origin');
  context.set('X-Content-Type-Options', 'nosniff');
  return requestId;
}

/** The only place where an error becomes an answer. */
export function handleErrors(logger: Logger): Middleware {
  return async (context, next) => {
    const requestId = setCommonHeaders(context);
    try {
      await next();
    } catch (error) {
      const problem = toProblem(error, requestId);
      if (problem.status >= 500) logger.error('A usage request failed', { requestId, error });
      sendProblem(context, problem);
    }
  };
}

/** Answers with a problem document. */
export function sendProblem(context: Context, problem: Problem): void {
  context.status = problem.status;
  if (problem.status === 503) context.set('Retry-After', RETRY_AFTER_SECONDS);
  context.body = JSON.stringify(problem);
  context.type = 'application/problem+json';
}

/** `OPTIONS` tells the methods; other methods than `GET` and `HEAD` are refused, before anyone signs in. */
export const handleMethods: Middleware = async (context, next) => {
  if (context.method === 'GET' || context.method === 'HEAD') {
    await next();
    return;
  }
  context.set('Allow', METHODS.join(', '));
  if (context.method === 'OPTIONS') {
    context.status = 204;
    return;
  }
  throw new UsageError('METHOD_NOT_ALLOWED', `Use ${METHODS.join(', ')} here.`);
};

/**
 * Asks the host who sends the request.
 *
 * @throws UsageError `UNAUTHENTICATED` for nobody; a plain error, answered with 500, for an identity that is not one
 */
export async function identify(authenticate: Authenticate, context: Context): Promise<string> {
  const identity: unknown = await authenticate(context.req);
  if (identity === null || identity === undefined) {
    throw new UsageError('UNAUTHENTICATED', 'Sign in to see your usage.');
  }
  const userDid: unknown =
    typeof identity === 'object' && 'userDid' in identity ? identity.userDid : undefined;
  if (typeof userDid !== 'string' || !isUserDid(userDid)) {
    throw new TypeError('authenticate must return { userDid } with a non-empty text, or null');
  }
  return userDid;
}

/** `'undefined'` and `'null'` are what a bug upstream makes of no user. */
function isUserDid(text: string): boolean {
  return text !== '' && text.length <= 255 && !/^(undefined|null)$|\p{Cc}/u.test(text);
}

/** Whether the client has what a tag names; if so it is told. */
export function sendNotModified(context: Context, etag: string): boolean {
  context.set('ETag', etag);
  if (!matchesEtag(context.get('If-None-Match') || undefined, etag)) return false;
  context.status = 304;
  return true;
}

/** Sends a body under its tag. */
export function sendBody(context: Context, etag: string, body: object): void {
  context.set('ETag', etag);
  context.status = 200;
  context.body = JSON.stringify(body);
  context.type = 'application/json; charset=utf-8';
}
