import type { ModelCallInput } from '../../contract/call-input.js';
import type { CallType } from '../../contract/common.js';
import { MAX_METADATA_LENGTH, TEXT_LIMITS } from '../call-fields.js';
import { requireKnownKeys } from '../../values/nearest-name.js';
import { toSoundJson } from '../../values/sound-json.js';
import { isIdentifier, isUserDid } from '../../values/user-did.js';
import type { CallEnd, TrackedCall } from '../call-recorder.js';
import { logPriceError, logRecordingError, toReason } from '../exchange/error-text.js';
import {
  METERS,
  readFields,
  leadsToMeter,
  type Fields,
  type Meter,
  type Metered,
} from './openai-meters.js';
import { observeResult, type CallObserver } from './openai-observer.js';
import type { TrackingRecorder } from '../exchange/record-exchange.js';

/** The usage of a call, for a price function. */
export interface PricedUsage {
  model: string;
  type: CallType;
  usage: NonNullable<ModelCallInput['usage']>;
  /**
   * The provider's usage object, unchanged: it may have cached and reasoning tokens, audio and a cost. `null` where the
   * provider sent none (images). It is not validated.
   */
  reported: Readonly<Record<string, unknown>> | null;
}

/** The user of a wrapped client's calls, and how they are recorded. */
export interface OpenAIRecordingOptions extends Pick<
  ModelCallInput,
  'userDid' | 'appDid' | 'traceId' | 'metadata'
> {
  /** @default 'openai' */
  provider?: string;
  /**
   * Computes the price of a call in credits, rounded half to even to 8 decimals. When it throws, the call is recorded with
   * unknown credits and `onError` receives the error.
   * @default credits are unknown
   */
  credits?: (priced: PricedUsage) => string | number | null | undefined;
  /**
   * Whether to request the usage of streamed chat completions (`stream_options.include_usage`). The extra event that
   * reports it is hidden from a caller that did not request it. `false` for servers that refuse the option.
   * @default true
   */
  includeStreamUsage?: boolean;
  /** Receives errors of recording and of `credits`. @default the console */
  onError?: (error: unknown) => void;
}

const OPTIONS = [
  'userDid',
  'appDid',
  'traceId',
  'metadata',
  'provider',
  'credits',
  'includeStreamUsage',
  'onError',
] as const satisfies readonly (keyof OpenAIRecordingOptions)[];

/**
 * A client of the package `openai` whose calls are recorded with begin and end: `chat.completions.create`,
 * `responses.create` (and the helpers built on them, such as `stream` and `parse`), `embeddings.create`,
 * `images.generate` and `audio`. The client that is passed in stays as it is; make a wrapper for each user.
 *
 * Every method returns what the client's own method returns, `withResponse()` and `asResponse()` included, and neither waits
 * for recording nor fails with it. The call of a stream ends when the stream is read to its end; one that is abandoned or
 * aborted has failed. A raw streaming response (`asResponse()`) ends the call with its headers, without usage. The call of a
 * result that is never awaited stays `processing`. The provider's usage object is stored in `metadata.usage`, where it fits
 * and `metadata` has no such member.
 *
 * @param recorder `usage.calls`
 * @throws TypeError without a user, or for an option that is not known
 */
export function wrapOpenAI<Client extends object>(
  client: Client,
  recorder: TrackingRecorder,
  options: OpenAIRecordingOptions,
): Client {
  requireKnownKeys(options, OPTIONS);
  if (!isUserDid(options.userDid)) {
    throw new TypeError('wrapOpenAI: userDid is required: calls without a user are in no figures');
  }
  const wrapping: Wrapping = { client: () => wrapped, recorder, options };
  const wrapped: Client = new Proxy(client, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value === 'function') {
        if (key === 'constructor') return value;
        if (key !== 'withOptions') return value.bind(target) as unknown;
        return (...settings: unknown[]) =>
          wrapOpenAI(value.apply(target, settings) as object, recorder, options);
      }
      return wrapMember(value, String(key), wrapping);
    },
  });
  return wrapped;
}

/** What recorded methods of one wrapped client share. */
interface Wrapping {
  /** The wrapped client. */
  client: () => object;
  recorder: TrackingRecorder;
  options: OpenAIRecordingOptions;
}

/** Wraps a member of the client, such as `chat`; one that does not lead to a recorded method is returned unchanged. */
function wrapMember(member: unknown, path: string, wrapping: Wrapping): unknown {
  if (typeof member !== 'object' || member === null || !leadsToMeter(path)) return member;
  return new Proxy(member, {
    get: (target, key) => {
      // Helpers such as `stream` call methods of `_client`, which must be the wrapped ones.
      if (key === '_client') return wrapping.client();
      const value: unknown = Reflect.get(target, key, target);
      const at = `${path}.${String(key)}`;
      const meter = METERS.get(at);
      if (!meter || typeof value !== 'function') {
        return wrapMember(value, at, wrapping);
      }
      return (body: unknown, ...rest: unknown[]): unknown =>
        recordMethod((sent) => value.call(target, sent, ...rest) as unknown, body, meter, wrapping);
    },
  });
}

function recordMethod(
  send: (body: unknown) => unknown,
  body: unknown,
  meter: Meter,
  { recorder, options }: Wrapping,
): unknown {
  const requested = readFields(body);
  const model = isIdentifier(requested['model'], TEXT_LIMITS.model)
    ? requested['model']
    : 'unknown';
  const { userDid, appDid, traceId, metadata, provider = 'openai' } = options;
  const call = recorder.track(
    { userDid, appDid, traceId, metadata, provider, model, type: meter.type },
    options.onError ?? logRecordingError,
  );
  const observer = toObserver(call, { model, type: meter.type }, options);
  const prepared =
    options.includeStreamUsage === false
      ? requested
      : (meter.requestUsage?.(requested) ?? requested);
  const hideExtra = prepared !== requested;
  try {
    return observeResult(send(hideExtra ? prepared : body), { meter, observer, hideExtra });
  } catch (error) {
    observer.fail(toReason(error));
    throw error;
  }
}

function toObserver(
  call: TrackedCall,
  { model, type }: Pick<PricedUsage, 'model' | 'type'>,
  options: OpenAIRecordingOptions,
): CallObserver {
  let ttfbMs: number | undefined;
  const toEnd = ({ usage, reported }: Metered = {}): CallEnd => {
    if (!usage) return { ttfbMs };
    const metadata = withUsage(options.metadata, reported);
    const end = { ttfbMs, usage, ...(metadata === null ? {} : { metadata }) };
    return {
      ...end,
      credits: computePrice({ model, type, usage, reported: reported ?? null }, options),
    };
  };
  return {
    firstByte: () => {
      ttfbMs = call.elapsedMs();
    },
    succeed: (metered) => {
      call.succeed(toEnd(metered));
    },
    fail: (reason, metered) => {
      call.fail(reason, toEnd(metered));
    },
  };
}

/** Computes the price of a call; `undefined` where there is no price function, or it threw. */
function computePrice(
  priced: PricedUsage,
  { credits, onError = logPriceError }: OpenAIRecordingOptions,
): CallEnd['credits'] {
  try {
    return credits?.(priced);
  } catch (error) {
    try {
      onError(error);
    } catch {
      // A hook that throws must not reach the request that is recorded.
    }
    return undefined;
  }
}

/**
 * Adds the provider's usage object to the host's metadata, so that a wrong reading of it can be corrected later.
 *
 * @returns `null` where it does not fit, and the metadata stays as it was
 */
function withUsage(
  metadata: OpenAIRecordingOptions['metadata'],
  reported: Fields | undefined,
): Record<string, unknown> | null {
  if (!reported || (metadata && Object.hasOwn(metadata, 'usage'))) return null;
  const all = { ...metadata, usage: reported };
  return toSoundJson(all, MAX_METADATA_LENGTH) === null ? null : all;
}
