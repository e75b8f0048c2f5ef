import { requireKnownKeys } from '../../values/require-known-keys.js';
import { logRecordingError } from '../exchange/log-errors.js';
import {
  DEFAULT_MAX_BODY_BYTES,
  createReceiver,
  storeReported,
  type CallReceiver,
  type ReceiverOptions,
  type ReceivingRecorder,
  type ReportedCall,
} from '../receivers/call-receiver.js';
import { readOtlpSpans, type OtlpSpan } from './otlp-spans.js';
import { readOwner, type SpanAttributeOptions } from './span-processor.js';
import { readSpanCall } from './span-call.js';

/** Whose calls received spans are. */
export interface OtlpOptions extends ReceiverOptions, SpanAttributeOptions {
  /** Such as `user.id`; of the span, or of its resource. */
  userAttribute: string;
}

/** Numbers of google.rpc.Code, by HTTP status. */
const RPC_CODES: Readonly<Record<number, number>> = { 400: 3, 405: 12, 413: 8, 415: 3, 503: 14 };

/**
 * A receiver of OTLP/HTTP traces in JSON, gzipped or not, for collectors and exporters: it records the calls of spans as
 * `createGenAISpanProcessor` does. Calls without a user or with invalid fields are rejected, and named in `partialSuccess`.
 * The same spans again change nothing.
 *
 * @param recorder `usage.calls`
 * @throws TypeError without `userAttribute`, or for an option that is not known
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
 */
export function receiveOtlp(recorder: ReceivingRecorder, options: OtlpOptions): CallReceiver {
  requireKnownKeys(options, ['userAttribute', 'appAttribute', 'maxBodyBytes', 'onError']);
  if (typeof options.userAttribute !== 'string' || options.userAttribute === '') {
    throw new TypeError('receiveOtlp: userAttribute must name the attribute with the user');
  }
  return createReceiver({
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    onError: options.onError ?? logRecordingError,
    receive: async (body) => {
      const calls = readOtlpSpans(body).flatMap((span) => toCall(span, options));
      const refusals = await storeReported(recorder, calls);
      if (refusals.length === 0) return {};
      const [errorMessage] = refusals;
      return { partialSuccess: { rejectedSpans: String(refusals.length), errorMessage } };
    },
    describeRefusal: (status, message) => ({ code: RPC_CODES[status] ?? 2, message }),
  });
}

function toCall(span: OtlpSpan, options: OtlpOptions): ReportedCall[] {
  const call = readSpanCall(span);
  if (call === null) return [];
  // Their ids make the call's where it has no response id.
  if (span.traceId === '' || span.spanId === '') return [{ refusal: 'A span has no id' }];
  const { userDid, appDid } = readOwner(span.owned, options);
  if (userDid !== undefined) return [{ ...call, userDid, appDid }];
  return [{ refusal: `A span of a call has no attribute ${options.userAttribute}` }];
}
