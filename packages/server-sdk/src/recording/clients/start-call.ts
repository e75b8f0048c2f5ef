import type { CallType } from '../../contract/common.js';
import { toSoundJson } from '../../values/sound-json.js';
import { isIdentifier, isUserDid } from '../../values/user-did.js';
import { MAX_METADATA_LENGTH, TEXT_LIMITS } from '../call-fields.js';
import type { CallEnd } from '../call-in-progress.js';
import type { TrackedCall } from '../call-recorder.js';
import { logPriceError, logRecordingError } from '../exchange/log-errors.js';
import { reportSafely } from '../exchange/error-text.js';
import type { TrackingRecorder } from '../exchange/record-exchange.js';
import { readActiveSpan, toSpanCallId } from './active-span.js';
import type { ClientRecordingOptions, PricedUsage } from './client-options.js';
import type { Metered } from './meter.js';
import { rememberCall, toCallId } from './recorded-responses.js';
import { RequestScope, getUsageContext, isBeingRecorded } from './usage-context.js';

/** Receives the progress of a call; only the first end counts. */
export interface CallObserver {
  /** Sends the request; recorders within leave it to this one. */
  run<T>(send: () => T): T;
  firstByte(): void;
  succeed(metered: Metered): void;
  fail(reason: string, metered?: Metered): void;
  /** Another attempt of the same call, after it failed. */
  retry(): CallObserver;
}

/** Where calls of a client are recorded, and how. */
export interface ClientRecording {
  recorder: TrackingRecorder;
  options: ClientRecordingOptions;
}

/** A call as its request describes it. */
export interface RequestedCall {
  /** Anything; what cannot name a model is `unknown`. */
  model: unknown;
  /** The provider where the options name none. */
  provider: string;
  type: CallType;
}

/**
 * Starts recording a call that a client is about to make. Never throws.
 *
 * @returns `null` when it is not to be recorded: an outer recorder does that, or there is no user (`onError` receives it)
 */
export function startCall(
  requested: RequestedCall,
  { recorder, options }: ClientRecording,
): CallObserver | null {
  if (isBeingRecorded()) return null;
  const { onError = logRecordingError } = options;
  const context = getUsageContext();
  const userDid = options.userDid ?? context.userDid;
  if (!isUserDid(userDid)) {
    const message =
      'A call was not recorded, because it has no user: name one by the option userDid or runWithUsageContext';
    reportSafely(onError, new TypeError(message));
    return null;
  }
  const model = isIdentifier(requested.model, TEXT_LIMITS.model) ? requested.model : 'unknown';
  const start = {
    userDid,
    appDid: options.appDid ?? context.appDid,
    traceId: options.traceId ?? context.traceId ?? readActiveSpan()?.traceId,
    metadata: options.metadata,
    provider: options.provider ?? requested.provider,
    model,
    type: requested.type,
  };
  const call = recorder.track(start, onError, { recordAt: options.recordAt ?? 'start' });
  const remember = (callId: string | undefined): void => {
    rememberCall(recorder, userDid, callId);
  };
  return createObserver(call, { model, type: requested.type, options, remember });
}

/** What the end of a call takes from its start. */
interface StartedCall extends Pick<PricedUsage, 'model' | 'type'> {
  options: ClientRecordingOptions;
  remember: (callId: string | undefined) => void;
}

function createObserver(call: TrackedCall, started: StartedCall): CallObserver {
  let ttfbMs: number | undefined;
  const scope = new RequestScope();
  // A span around the request may be recorded too, and has no response id when it fails.
  const span = readActiveSpan();
  if (span) started.remember(toSpanCallId(span));
  const toEnd = (metered: Metered): CallEnd => {
    scope.close();
    const id = toCallId(metered.responseId);
    started.remember(id);
    if (id !== undefined) call.identify(id);
    return { ttfbMs, ...describeEnd(metered, started) };
  };
  return {
    run: (send) => scope.run(send),
    firstByte: () => {
      scope.close();
      ttfbMs = call.elapsedMs();
    },
    succeed: (metered) => {
      call.succeed(toEnd(metered));
    },
    fail: (reason, metered = {}) => {
      call.fail(reason, toEnd(metered));
    },
    retry: () => createObserver(call.retry(), started),
  };
}

function describeEnd(metered: Metered, { model, type, options }: StartedCall): CallEnd {
  const { usage, reported = null, costUsd } = metered;
  const metadata = addReported(options.metadata, metered);
  return {
    ...(metadata !== null && { metadata }),
    ...(costUsd !== undefined && { cost: costUsd, currency: 'USD', costSource: 'reported' }),
    ...(usage && { usage, credits: computePrice({ model, type, usage, reported }, options) }),
  };
}

/** Computes the price of a call; `undefined` where there is no price function, or it threw. */
function computePrice(
  priced: PricedUsage,
  { credits, onError = logPriceError }: ClientRecordingOptions,
): CallEnd['credits'] {
  try {
    return credits?.(priced);
  } catch (error) {
    reportSafely(onError, error);
    return undefined;
  }
}

/**
 * Adds the provider's usage object and its service tier to the host's metadata, whose own members stay.
 *
 * @returns `null` where there is nothing to add, or it does not fit
 */
function addReported(
  metadata: ClientRecordingOptions['metadata'],
  { reported, serviceTier }: Metered,
): Record<string, unknown> | null {
  const added = { ...(reported && { usage: reported }), ...(serviceTier && { serviceTier }) };
  const isNew = Object.keys(added).some((key) => !Object.hasOwn(metadata ?? {}, key));
  if (!isNew) return null;
  const all = { ...added, ...metadata };
  return toSoundJson(all, MAX_METADATA_LENGTH) === null ? null : all;
}
