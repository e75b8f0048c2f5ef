import { randomUUID } from 'node:crypto';
import { UsageError } from '../../errors.js';
import { createCommonHeaders, type HttpResponse } from './http-message.js';
import { respondWithProblem, toProblem } from './problem.js';

/** The response to a path that no endpoint has, where there is no host to leave it to. */
export function respondToUnknownRoute(): HttpResponse {
  const requestId = randomUUID();
  const error = new UsageError('ROUTE_NOT_FOUND', 'There is no such endpoint.');
  const { status, headers, body } = respondWithProblem(toProblem(error, requestId));
  return { status, headers: { ...createCommonHeaders(requestId), ...headers }, body };
}
