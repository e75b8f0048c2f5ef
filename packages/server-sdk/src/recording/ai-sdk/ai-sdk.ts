import { ReadableStream } from 'node:stream/web';
import { requireClientOptions, type ClientRecordingOptions } from '../clients/client-options.js';
import { readFields, type Meter } from '../clients/meter.js';
import { observeEvents, observeResponse } from '../clients/observe-result.js';
import { startCall, type CallObserver } from '../clients/start-call.js';
import { toReason } from '../exchange/error-text.js';
import type { TrackingRecorder } from '../exchange/record-exchange.js';
import { EMBEDDING_METER, LANGUAGE_METER } from './ai-sdk-meters.js';

/** What the middleware needs of a model of the AI SDK. */
interface ModelLike {
  readonly provider: string;
  readonly modelId: string;
}

/** A request to a model, as the AI SDK passes it to middleware. */
interface RequestLike {
  model: ModelLike;
  params: object;
}

/** Middleware for `wrapLanguageModel` and `wrapEmbeddingModel` of the package `ai`. */
export interface AISDKMiddleware {
  /** `'v3'`. The AI SDK does not read it; the types of each of its versions name their own, and accept this one. */
  readonly specificationVersion: never;
  wrapGenerate: <T>(request: RequestLike & { doGenerate: () => PromiseLike<T> }) => Promise<T>;
  wrapStream: <T>(request: RequestLike & { doStream: () => PromiseLike<T> }) => Promise<T>;
  wrapEmbed: <T>(request: RequestLike & { doEmbed: () => PromiseLike<T> }) => Promise<T>;
}

/**
 * Middleware of the AI SDK (the package `ai`, 6 or later) that records every request to the model with begin and end; each
 * step of a generation with tools is a call. The AI SDK repeats requests itself: the attempts are one call, which ends as the
 * last of them does. Results pass through unchanged; recording neither delays nor fails them. An aborted stream is a failed
 * call without tokens, since the AI SDK reports these at the end.
 *
 * @param recorder `usage.calls`
 * @throws TypeError for an option that is not known, or a user that cannot be one
 */
export function recordAISDKCalls(
  recorder: TrackingRecorder,
  options: ClientRecordingOptions = {},
): AISDKMiddleware {
  requireClientOptions('recordAISDKCalls', options);
  const attempts = new FailedAttempts();
  const start = ({ model, params }: RequestLike, meter: Meter): CallObserver | null => {
    const { prompt, values } = params as { prompt?: unknown; values?: unknown };
    return attempts.start(prompt ?? values, model, () => {
      const provider = String(model.provider).split('.')[0] ?? '';
      return startCall({ model: model.modelId, provider, type: meter.type }, { recorder, options });
    });
  };
  const whole = async <T>(
    send: () => PromiseLike<T>,
    request: RequestLike,
    meter: Meter,
  ): Promise<T> => {
    const observer = start(request, meter);
    if (!observer) return send();
    return observeResponse(observer, send, (result) => meter.readBody(readFields(result)));
  };
  return {
    specificationVersion: 'v3' as never,
    wrapGenerate: ({ doGenerate, ...request }) => whole(doGenerate, request, LANGUAGE_METER),
    wrapEmbed: ({ doEmbed, ...request }) => whole(doEmbed, request, EMBEDDING_METER),
    wrapStream: async ({ doStream, ...request }) => {
      const observer = start(request, LANGUAGE_METER);
      return observer ? observeStream(doStream, request, observer) : doStream();
    },
  };
}

async function observeStream<T>(
  send: () => PromiseLike<T>,
  { params }: RequestLike,
  observer: CallObserver,
): Promise<T> {
  try {
    const result = await observer.run(send);
    const { stream } = result as { stream: ReadableStream<unknown> };
    const { abortSignal } = params as { abortSignal?: AbortSignal };
    const parts = readParts(() => stream[Symbol.asyncIterator](), abortSignal, observer);
    observer.firstByte();
    return { ...result, stream: ReadableStream.from(parts) };
  } catch (error) {
    observer.fail(toReason(error));
    throw error;
  }
}

async function* readParts(
  read: () => AsyncIterator<unknown>,
  abortSignal: AbortSignal | undefined,
  observer: CallObserver,
): AsyncGenerator<unknown> {
  // A reader that aborts may leave the stream as it is.
  const onAbort = (): void => {
    observer.fail('The stream was aborted');
  };
  abortSignal?.addEventListener('abort', onAbort);
  try {
    const isAborted = (): boolean => abortSignal?.aborted === true;
    yield* observeEvents(read, isAborted, { meter: LANGUAGE_METER, observer, hideExtra: false });
  } finally {
    abortSignal?.removeEventListener('abort', onAbort);
  }
}

/** Finds the call that a request repeats: the AI SDK sends the same prompt object to the same model. */
class FailedAttempts {
  readonly #byPrompt = new WeakMap<object, { model: ModelLike; observer: CallObserver }>();

  start(
    prompt: unknown,
    model: ModelLike,
    startFirst: () => CallObserver | null,
  ): CallObserver | null {
    if (typeof prompt !== 'object' || prompt === null) return startFirst();
    const last = this.#byPrompt.get(prompt);
    const isRepeated = last?.model === model;
    const observer = isRepeated ? last.observer.retry() : startFirst();
    if (!observer) return null;
    let isOpen = true;
    return {
      ...observer,
      succeed: (metered) => {
        isOpen = false;
        this.#byPrompt.delete(prompt);
        observer.succeed(metered);
      },
      fail: (reason, metered) => {
        if (isOpen) this.#byPrompt.set(prompt, { model, observer });
        isOpen = false;
        observer.fail(reason, metered);
      },
    };
  }
}
