import type { ModelCallInput } from '../contract/call-input.js';
import type { CallType } from '../contract/common.js';
import type { TrackedCall } from '../services/call-recorder.js';
import { logRecordingError, reasonOf } from './fault-text.js';
import { METERS, fieldsOf, leadsToMeter, type Meter, type Metered } from './openai-meters.js';
import { observeAnswer, type CallObserver } from './openai-observer.js';
import type { TrackingRecorder } from './record-exchange.js';

/** What a call used, to price it. */
export interface PricedUsage {
  model: string;
  type: CallType;
  usage: NonNullable<ModelCallInput['usage']>;
}

/** Whose calls a wrapped client makes. */
export interface OpenAIRecordingOptions extends Pick<
  ModelCallInput,
  'userDid' | 'appDid' | 'traceId' | 'metadata'
> {
  /** @default 'openai' */
  provider?: string;
  /** What a call costs, in credits. @default not known */
  credits?: (priced: PricedUsage) => string | number | null | undefined;
  /**
   * Whether to ask for the usage of streamed chat completions (`stream_options.include_usage`); the extra event that
   * brings it is kept from a caller who did not ask for it. `false` for servers that refuse the option.
   * @default true
   */
  includeStreamUsage?: boolean;
  /** Told of what could not be recorded. @default the console */
  onError?: (error: unknown) => void;
}

/**
 * A client of the package `openai` whose calls are recorded with begin and end: `chat.completions.create`,
 * `responses.create` (and the helpers built on them, such as `stream` and `parse`), `embeddings.create`,
 * `images.generate` and `audio`. The client that is passed in stays as it is; make a wrapper for each user.
 *
 * Every method returns what the client's own returns, `withResponse()` and `asResponse()` included, and neither waits for
 * recording nor fails with it. A stream counts until it is read to its end; one that is abandoned or aborted has failed. A
 * raw streaming response (`asResponse()`) ends the call with its headers, without usage. An answer that is never awaited
 * stays `processing`.
 *
 * @param recorder `usage.calls`
 * @throws TypeError without a user
 */
export function wrapOpenAI<Client extends object>(
  client: Client,
  recorder: TrackingRecorder,
  options: OpenAIRecordingOptions,
): Client {
  if (typeof options.userDid !== 'string' || options.userDid === '') {
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
  const asked = fieldsOf(body);
  const model = typeof asked['model'] === 'string' ? asked['model'] : 'unknown';
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
    observer.fail(reasonOf(error));
    throw error;
  }
}

function toObserver(
  call: TrackedCall,
  { model, type }: Omit<PricedUsage, 'usage'>,
  { credits, onError = logRecordingError }: OpenAIRecordingOptions,
): CallObserver {
  let ttfbMs: number | undefined;
  const endOf = ({ usage }: Metered = {}): Parameters<TrackedCall['succeed']>[0] => {
    const end = { ttfbMs, usage };
    if (!credits || !usage) return end;
    try {
      return { ...end, credits: credits({ model, type, usage }) };
    } catch (error) {
      onError(error);
      return end;
    }
  };
  return {
    firstByte: () => {
      ttfbMs = call.elapsedMs();
    },
    succeed: (metered) => {
      call.succeed(endOf(metered));
    },
    fail: (reason, metered) => {
      call.fail(reason, endOf(metered));
    },
  };
}
