import type { ServerResponse } from 'node:http';
import type { CallEnd, CallRecorder, CallStart, TrackedCall } from '../call-recorder.js';

/** How a call ended, as far as the host knows better than the response's status. */
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
  /** What the call is; `null`: the request is none. */
  start: () => CallStart | null;
  /** What is known of it when the response was sent. */
  end: () => ExchangeEnd | null | undefined;
  response: ServerResponse;
  onError: (error: unknown) => void;
}

/**
 * Records the call that a request stands for, from now to the end of its response. A client that hangs up before ends it
 * as failed. Never throws: what goes wrong goes to `onError`.
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
    // After "finish" it has ended already, and only the first end counts.
    call.fail('The client hung up before the response was complete');
  });
  return call;
}

function attempt<T>(work: () => T, onError: (error: unknown) => void): T | null {
  try {
    return work();
  } catch (error) {
    try {
      onError(error);
    } catch {
      // A hook that throws must not reach the host's request.
    }
    return null;
  }
}
