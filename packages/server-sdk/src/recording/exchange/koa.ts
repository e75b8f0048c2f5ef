import type { ServerResponse } from 'node:http';
import { requireKnownKeys } from '../../values/require-known-keys.js';
import type { CallStart } from '../call-in-progress.js';
import { logRecordingError } from './log-errors.js';
import { toReason } from './error-text.js';
import {
  EXCHANGE_OPTIONS,
  recordExchange,
  type ExchangeEnd,
  type TrackingRecorder,
} from './record-exchange.js';

/** What the middleware needs of a Koa context. */
export interface KoaContextLike {
  res: ServerResponse;
}

/** How requests map to calls. */
export interface KoaRecordingOptions<Context extends KoaContextLike> {
  /** The call that a request begins, as known before it is handled; `null`: not a call. */
  start: (context: Context) => CallStart | null;
  /** Fields that are known when the response was sent: usage, credits, or why the call failed. @default none */
  end?: (context: Context) => ExchangeEnd | null | undefined;
  /** Receives errors of recording. @default the console */
  onError?: (error: unknown) => void;
}

/**
 * Koa middleware that records one call a request, with begin and end.
 *
 * The request neither waits for recording nor fails with it. An exception of a later middleware ends the call as failed
 * and is passed on.
 *
 * @param recorder `usage.calls`
 * @throws TypeError for an option that is not known
 */
export function recordKoaCalls<Context extends KoaContextLike>(
  recorder: TrackingRecorder,
  options: KoaRecordingOptions<Context>,
): (context: Context, next: () => Promise<unknown>) => Promise<void> {
  requireKnownKeys(options, EXCHANGE_OPTIONS);
  const { start, end = () => null, onError = logRecordingError } = options;
  return async (context, next) => {
    const call = recordExchange(recorder, {
      start: () => start(context),
      end: () => end(context),
      response: context.res,
      onError,
    });
    try {
      await next();
    } catch (error) {
      call?.fail(toReason(error));
      throw error;
    }
  };
}
