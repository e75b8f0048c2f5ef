import type { IncomingMessage, ServerResponse } from 'node:http';
import { requireKnownKeys } from '../../values/require-known-keys.js';
import type { CallStart } from '../call-in-progress.js';
import { logRecordingError } from './log-errors.js';
import {
  EXCHANGE_OPTIONS,
  recordExchange,
  type ExchangeEnd,
  type TrackingRecorder,
} from './record-exchange.js';

/** How requests map to calls. */
export interface ExpressRecordingOptions<
  Request extends IncomingMessage,
  Response extends ServerResponse,
> {
  /** The call that a request begins, as known before it is handled; `null`: not a call. */
  start: (request: Request, response: Response) => CallStart | null;
  /** Fields that are known when the response was sent: usage, credits, or why the call failed. @default none */
  end?: (request: Request, response: Response) => ExchangeEnd | null | undefined;
  /** Receives errors of recording. @default the console */
  onError?: (error: unknown) => void;
}

/**
 * Express (or Connect) middleware that records one call a request, with begin and end.
 *
 * The request neither waits for recording nor fails with it. Express responds to an exception with the status 500, which
 * ends the call as failed.
 *
 * @param recorder `usage.calls`
 * @throws TypeError for an option that is not known
 */
export function recordExpressCalls<
  Request extends IncomingMessage = IncomingMessage,
  Response extends ServerResponse = ServerResponse,
>(
  recorder: TrackingRecorder,
  options: ExpressRecordingOptions<Request, Response>,
): (request: Request, response: Response, next: () => void) => void {
  requireKnownKeys(options, EXCHANGE_OPTIONS);
  const { start, end = () => null, onError = logRecordingError } = options;
  return (request, response, next) => {
    recordExchange(recorder, {
      start: () => start(request, response),
      end: () => end(request, response),
      response,
      onError,
    });
    next();
  };
}
