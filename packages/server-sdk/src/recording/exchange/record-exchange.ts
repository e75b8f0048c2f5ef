import type { ServerResponse } from 'node:http';
import type { CallEnd, CallStart } from '../call-in-progress.js';
import type { CallRecorder, TrackedCall } from '../call-recorder.js';
import { reportSafely } from './error-text.js';

/** How a call ended, where the host knows more than the status of the response says. */
export type ExchangeEnd = CallEnd & {
  /** Why the call failed; without it, a status of 400 or more is a failure and everything else a success. */
  failure?: string | undefined;
};

/** The part of a recorder that wrappers need: `usage.calls` has it. */
export type TrackingRecorder = Pick<CallRecorder, 'track'>;

/** Options of the middlewares. */
export const EXCHANGE_OPTIONS = ['start', 'end', 'onError'] as const;

/** One request and how it maps to a call. */
export interface Exchange {
  /** The call that the request begins; `null` when it is no call. */
  start: () => CallStart | null;
  /** Fields of the call that are known when the response was sent. */
  end: () => ExchangeEnd | null | undefined;
  response: ServerResponse;
  onError: (error: unknown) => void;
}

/**
 * Records the call that a request stands for, from now to the end of its response. A client that disconnects earlier ends
 * the call as failed. Never throws: errors go to `onError`.
 *
 * @returns the call, or `null` when there is none to record
 */
export function recordExchange(
  recorder: TrackingRecorder,
  { start, end, response, onError }: Exchange,
): TrackedCall | null {
  const begun = attempt(start, onError);
  if (begun === null || begun === undefined) return null;
  const call = attempt(() => recorder.track(begun, onError), onError);
  if (!call) return null;
  response.once('finish', () => {
    const { failure, ...details } = attempt((): ExchangeEnd => ({ ...end() }), onError) ?? {};
    const status = response.statusCode;
    const reason = failure ?? (status >= 400 ? `HTTP ${status}` : null);
    if (reason === null) call.succeed(details);
    else call.fail(reason, details);
  });
  response.once('close', () => {
    // After "finish" the call has ended already, and only the first end counts.
    call.fail('The client disconnected before the response was complete');
  });
  return call;
}

function attempt<T>(work: () => T, onError: (error: unknown) => void): T | null {
  try {
    return work();
  } catch (error) {
    reportSafely(onError, error);
    return null;
  }
}
