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
import { observeAnswer, type CallObserver } from './openai-observer.js';
import type { TrackingRecorder } from '../exchange/record-exchange.js';

/** What a call used, to price it. */
export interface PricedUsage {
  model: string;
  type: CallType;
  usage: NonNullable<ModelCallInput['usage']>;
  /**
   * The provider's own usage object, as it came: cached and reasoning tokens, audio, a cost where the provider names one.
   * `null` where it sent none (images). It is not to be trusted more than the provider is.
   */
  reported: Readonly<Record<string, unknown>> | null;
}

/** Whose calls a wrapped client makes. */
export interface OpenAIRecordingOptions extends Pick<
  ModelCallInput,
  'userDid' | 'appDid' | 'traceId' | 'metadata'
> {
  /** @default 'openai' */
  provider?: string;
  /**
   * What a call costs, in credits; rounded half to even to 8 decimals. When it throws, the call is recorded with unknown
   * credits and `onError` gets what it threw.
   * @default not known
   */
  credits?: (priced: PricedUsage) => string | number | null | undefined;
  /**
   * Whether to ask for the usage of streamed chat completions (`stream_options.include_usage`); the extra event that
   * brings it is kept from a caller who did not ask for it. `false` for servers that refuse the option.
   * @default true
   */
  includeStreamUsage?: boolean;
  /** Told of what could not be recorded, and of what `credits` threw. @default the console */
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
 * Every method returns what the client's own returns, `withResponse()` and `asResponse()` included, and neither waits for
 * recording nor fails with it. A stream counts until it is read to its end; one that is abandoned or aborted has failed. A
 * raw streaming response (`asResponse()`) ends the call with its headers, without usage. An answer that is never awaited
 * stays `processing`. The provider's usage object is kept in `metadata.usage`, where it fits and you have no such member.
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
    throw new TypeError('wrapOpenAI: userDid is required: calls without a user belong to nobody');
  }
  const wrapped: Client = new Proxy(client, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value === 'function') {
        if (key === 'constructor') return value;
        if (key !== 'withOptions') return value.bind(target) as unknown;
        return (...settings: unknown[]) =>
          wrapOpenAI(value.apply(target, settings) as object, recorder, options);
      }
      return wrapPart(value, String(key), () => wrapped, recorder, options);
    },
  });
  return wrapped;
}

/** A part of the client, such as `chat`; what does not lead to a recorded method is left alone. */
function wrapPart(
  part: unknown,
  path: string,
  client: () => object,
  recorder: TrackingRecorder,
  options: OpenAIRecordingOptions,
): unknown {
  if (typeof part !== 'object' || part === null || !leadsToMeter(path)) return part;
  return new Proxy(part, {
    get: (target, key) => {
      // Helpers such as `stream` make their calls through the client, so they are to find this one.
      if (key === '_client') return client();
      const value: unknown = Reflect.get(target, key, target);
      const at = `${path}.${String(key)}`;
      const meter = METERS.get(at);
      if (!meter || typeof value !== 'function') {
        return wrapPart(value, at, client, recorder, options);
      }
      return (body: unknown, ...rest: unknown[]): unknown =>
        recordMethod(
          (sent) => value.call(target, sent, ...rest) as unknown,
          body,
          meter,
          recorder,
          options,
        );
    },
  });
}

function recordMethod(
  send: (body: unknown) => unknown,
  body: unknown,
  meter: Meter,
  recorder: TrackingRecorder,
  options: OpenAIRecordingOptions,
): unknown {
  const asked = readFields(body);
  const model = isIdentifier(asked['model'], TEXT_LIMITS.model) ? asked['model'] : 'unknown';
  const { userDid, appDid, traceId, metadata, provider = 'openai' } = options;
  const call = recorder.track(
    { userDid, appDid, traceId, metadata, provider, model, type: meter.type },
    options.onError ?? logRecordingError,
  );
  const observer = toObserver(call, { model, type: meter.type }, options);
  const prepared = options.includeStreamUsage === false ? asked : (meter.prepare?.(asked) ?? asked);
  const hideExtra = prepared !== asked;
  try {
    return observeAnswer(send(hideExtra ? prepared : body), { meter, observer, hideExtra });
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

/** `undefined` where there is no price function, or it threw. */
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
 * The host's metadata with the provider's usage object, so that a wrong reading of it can be mended later; `null` where
 * it does not fit, and the metadata stays as it was.
 */
function withUsage(
  metadata: OpenAIRecordingOptions['metadata'],
  reported: Fields | undefined,
): Record<string, unknown> | null {
  if (!reported || (metadata && Object.hasOwn(metadata, 'usage'))) return null;
  const all = { ...metadata, usage: reported };
  return toSoundJson(all, MAX_METADATA_LENGTH) === null ? null : all;
}
