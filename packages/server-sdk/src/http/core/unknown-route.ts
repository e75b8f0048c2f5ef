import { randomUUID } from 'node:crypto';
import { UsageError } from '../../errors.js';
import type { HttpAnswer } from './http-message.js';
import { toProblem } from './problem.js';

/** The answer to a path that is none of ours, where there is no host to leave it to. */
export function answerUnknown(): HttpAnswer {
  const requestId = randomUUID();
  const error = new UsageError('ROUTE_NOT_FOUND', 'There is no such endpoint.');
  return {
    status: 404,
    headers: {
      'X-Request-Id': requestId,
      'Cache-Control': 'private, no-cache',
      Vary: 'Authorization, Cookie, Origin',
      'X-Content-Type-Options': 'nosniff',
      'Content-Type': 'application/problem+json',
    },
    body: JSON.stringify(toProblem(error, requestId)),
  };
}
