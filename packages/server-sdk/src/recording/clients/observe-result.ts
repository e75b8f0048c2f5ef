import { toReason } from '../exchange/error-text.js';
import { readFields, type Fields, type Meter, type Metered } from './meter.js';
import type { CallObserver } from './start-call.js';

/** Members of the client's promise beyond those of a promise, as in the package `openai` 4 and later. */
interface ApiPromise extends Promise<unknown> {
  asResponse(): Promise<Response>;
  withResponse(): Promise<unknown>;
  _thenUnwrap(transform: (data: unknown) => unknown): ApiPromise;
}

/** Members of a stream of the client. */
interface StreamLike {
  controller?: AbortController;
  /** All ways to read the stream go through this. */
  iterator?: () => AsyncIterator<unknown>;
  [Symbol.asyncIterator]: () => AsyncIterator<unknown>;
}

/** How a result of the client is observed. */
export interface Observation {
  meter: Meter;
  observer: CallObserver;
  /** Whether to hide the event with the usage of a stream, because the caller did not request it. */
  hideExtra: boolean;
}

/**
 * Observes the result of a method of the client and returns an equal one: a promise of the same class, whose response is
 * parsed only when the caller parses it.
 */
export function observeResult<T>(result: T, observation: Observation): T {
  const { observer } = observation;
  if (!isApiPromise(result)) {
    if (!(result instanceof Promise)) return observeData(result, observation) as T;
    return result.then(
      (data: unknown) => observeData(data, observation),
      (error: unknown) => {
        observer.fail(toReason(error));
        throw error;
      },
    ) as T;
  }
  result.asResponse().then(
    () => {
      observer.firstByte();
    },
    (error: unknown) => {
      observer.fail(toReason(error));
    },
  );
  const watched = result._thenUnwrap((data) => observeData(data, observation));
  watchRawResponse(watched, observation);
  return watched as T;
}

/** A caller of `asResponse` reads the body itself, so the call ends with the headers, or with a copy of a JSON body. */
function watchRawResponse(promise: ApiPromise, { meter, observer }: Observation): void {
  const asResponse = promise.asResponse.bind(promise);
  const withResponse = promise.withResponse.bind(promise);
  let isParsedToo = false;
  promise.withResponse = () => {
    isParsedToo = true;
    return withResponse();
  };
  promise.asResponse = async () => {
    const response = await asResponse();
    if (isParsedToo) return response;
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    if (!isJson) observer.succeed({});
    else {
      response
        .clone()
        .json()
        .then(
          (body: unknown) => {
            endCall(meter.readBody(readFields(body)), observer);
          },
          (error: unknown) => {
            observer.fail(toReason(error));
          },
        );
    }
    return response;
  };
}

/**
 * Sends the request of a call, and ends it with a response that is no stream.
 *
 * @param read reads the response
 */
export async function observeResponse<T>(
  observer: CallObserver,
  send: () => PromiseLike<T>,
  read: (response: T) => Metered,
): Promise<T> {
  try {
    const response = await observer.run(send);
    endCall(read(response), observer);
    return response;
  } catch (error) {
    observer.fail(toReason(error));
    throw error;
  }
}

function observeData(data: unknown, observation: Observation): unknown {
  const { meter, observer } = observation;
  if (isStream(data)) observeStream(data, observation);
  else endCall(meter.readBody(readFields(data)), observer);
  return data;
}

/** Ends a call as its response reports. */
function endCall(metered: Metered, observer: CallObserver): void {
  if (metered.failure === undefined) observer.succeed(metered);
  else observer.fail(metered.failure, metered);
}

/** Replaces the iterator of the client's stream, so that the caller's reads pass through {@link observeEvents}. */
function observeStream(stream: StreamLike, observation: Observation): void {
  const key = typeof stream.iterator === 'function' ? 'iterator' : Symbol.asyncIterator;
  const read = stream[key] as () => AsyncIterator<unknown>;
  const isAborted = (): boolean => stream.controller?.signal.aborted === true;
  Object.defineProperty(stream, key, {
    configurable: true,
    writable: true,
    value: () => observeEvents(() => read.call(stream), isAborted, observation),
  });
}

/**
 * Reads a stream through to its caller, and ends its call with it.
 *
 * @param isAborted whether the stream was aborted, as known at its end
 */
export async function* observeEvents(
  read: () => AsyncIterator<unknown>,
  isAborted: () => boolean,
  { meter, observer, hideExtra }: Observation,
): AsyncGenerator<unknown> {
  let metered: Metered = {};
  let isBegun = false;
  let isRead = false;
  try {
    for await (const event of { [Symbol.asyncIterator]: read }) {
      const fields: Fields = readFields(event);
      // The first event, not the headers: a server sends those before the model has produced a token.
      if (!isBegun && !meter.isPreamble?.(fields)) {
        observer.firstByte();
        isBegun = true;
      }
      metered = meter.readEvent(fields, metered);
      if (!(hideExtra && meter.isExtra?.(fields))) yield event;
    }
    isRead = true;
  } catch (error) {
    observer.fail(toReason(error), metered);
    throw error;
  } finally {
    // The client ends an aborted stream as if it had been read to its end.
    if (!isRead) observer.fail('The stream was abandoned before its end', metered);
    else if (isAborted()) observer.fail('The stream was aborted', metered);
    else endCall(metered, observer);
  }
}

function isApiPromise(value: unknown): value is ApiPromise {
  const { _thenUnwrap, asResponse } = readFields(value);
  return typeof _thenUnwrap === 'function' && typeof asResponse === 'function';
}

function isStream(value: unknown): value is StreamLike {
  // A web response is no stream here: the caller reads its body.
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    !(value instanceof Response)
  );
}
