import type { IncomingMessage } from 'node:http';
import type { RequestBody } from '../core/read-body.js';

/**
 * The body of a Node request.
 *
 * @param parsed what a body parser of the host made of it; counts only where one has read the body
 */
export function toRequestBody(request: IncomingMessage, parsed: unknown): RequestBody {
  if (request.readableDidRead || request.readableEnded) return { kind: 'parsed', value: parsed };
  return { kind: 'stream', chunks: request };
}
