import { requireKnownKeys } from '../../values/require-known-keys.js';
import { isUserDid } from '../../values/user-did.js';
import type { CallRecorder } from '../call-recorder.js';
import { toSpanCallId } from '../clients/active-span.js';
import { readFields } from '../clients/meter.js';
import { isRemembered } from '../clients/recorded-responses.js';
import { getUsageContext, isBeingRecorded, type UsageContext } from '../clients/usage-context.js';
import { logRecordingError } from '../exchange/log-errors.js';
import { reportSafely } from '../exchange/error-text.js';
import { readSpanCall, readText, type EndedSpan, type SpanCall } from './span-call.js';

/** Which attributes of a span, or of its resource, name user and project. */
export interface SpanAttributeOptions {
  /** Such as `user.id`. @default none */
  userAttribute?: string | undefined;
  /** Such as `service.name`. @default none */
  appAttribute?: string | undefined;
}

/** Whose calls spans are. */
export interface SpanRecordingOptions extends SpanAttributeOptions {
  /** Receives errors of recording, and that a call has no user. @default the console */
  onError?: ((error: unknown) => void) | undefined;
}

/** Members of an ended span of `@opentelemetry/sdk-trace-base` that are read here. */
interface ReadableSpanLike {
  readonly startTime: readonly [seconds: number, nanoseconds: number];
  readonly duration: readonly [seconds: number, nanoseconds: number];
  readonly attributes: object;
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly resource?: { readonly attributes: object };
  spanContext(): { traceId: string; spanId: string };
}

/** A `SpanProcessor` of `@opentelemetry/sdk-trace-base`. */
export interface GenAISpanProcessor {
  onStart(span: object, parentContext: unknown): void;
  onEnd(span: ReadableSpanLike): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

const STATUS_ERROR = 2;
const NO_USER = 'A span was not recorded, because its call has no user';

/**
 * A span processor for OpenTelemetry's `spanProcessors` that records the calls of spans of the conventions for generative AI,
 * when they end. Spans of agents and tools are none. User and project are those of the named attributes, of the span or of
 * its resource, else of `runWithUsageContext` where the span starts.
 *
 * A call that a wrapped client records is not recorded again: its span starts within the request, is active around it (which
 * takes a context manager), or has a response id that is known.
 *
 * @param recorder `usage.calls`
 * @throws TypeError for an option that is not known
 */
export function createGenAISpanProcessor(
  recorder: Pick<CallRecorder, 'record'>,
  options: SpanRecordingOptions = {},
): GenAISpanProcessor {
  requireKnownKeys(options, ['userAttribute', 'appAttribute', 'onError']);
  const { onError = logRecordingError } = options;
  const contexts = new WeakMap<object, UsageContext>();
  const recordedElsewhere = new WeakSet<object>();
  const pending = new Set<Promise<void>>();
  const record = (call: SpanCall, owner: UsageContext, spanCallId: string): void => {
    const { userDid, appDid } = owner;
    if (!isUserDid(userDid)) {
      reportSafely(onError, new TypeError(NO_USER));
      return;
    }
    const ids = [call.id, spanCallId];
    if (ids.some((id) => isRemembered(recorder, userDid, id))) return;
    const stored = recorder.record({ ...call, userDid, appDid }).then(
      () => undefined,
      (error: unknown) => {
        reportSafely(onError, error);
      },
    );
    pending.add(stored);
    void stored.then(() => pending.delete(stored));
  };
  const flush = async (): Promise<void> => {
    await Promise.all(pending);
  };
  return {
    onStart: (span) => {
      if (isBeingRecorded()) recordedElsewhere.add(span);
      else contexts.set(span, getUsageContext());
    },
    onEnd: (span) => {
      if (recordedElsewhere.has(span)) return;
      const call = readSpanCall(toEndedSpan(span));
      if (call === null) return;
      const attributes = { ...span.resource?.attributes, ...span.attributes };
      const owner = { ...contexts.get(span), ...readOwner(attributes, options) };
      record(call, owner, toSpanCallId(span.spanContext()));
    },
    forceFlush: flush,
    shutdown: flush,
  };
}

/** Reads user and project of the attributes that the host named; those that are missing are left out. */
export function readOwner(
  attributes: object,
  { userAttribute, appAttribute }: SpanAttributeOptions,
): UsageContext {
  const read = (name: string | undefined): string | null =>
    name === undefined ? null : readText(readFields(attributes), name);
  const userDid = read(userAttribute);
  const appDid = read(appAttribute);
  return { ...(userDid !== null && { userDid }), ...(appDid !== null && { appDid }) };
}

function toEndedSpan(span: ReadableSpanLike): EndedSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    startMs: Math.floor(toMs(span.startTime)),
    durationMs: toMs(span.duration),
    attributes: readFields(span.attributes),
    failure: span.status.code === STATUS_ERROR ? (span.status.message ?? '') : null,
  };
}

const toMs = ([seconds, nanoseconds]: ReadableSpanLike['startTime']): number =>
  seconds * 1000 + nanoseconds / 1e6;
