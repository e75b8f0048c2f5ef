import { readFields, type Fields, type Meter, type Metered } from './openai-meters.js';
import { toReason } from '../exchange/error-text.js';

/** Told how a call goes; only the first end counts. */
export interface CallObserver {
  firstByte(): void;
  succeed(metered: Metered): void;
  fail(reason: string, metered?: Metered): void;
}

/** What the client's promise has beyond a promise; named as in the package `openai`, 4 and later. */
interface ApiPromise extends Promise<unknown> {
  asResponse(): Promise<Response>;
  withResponse(): Promise<unknown>;
  _thenUnwrap(transform: (data: unknown) => unknown): ApiPromise;
}

/** What a stream of the client has. */
interface StreamLike {
  controller?: AbortController;
  /** What all its ways of reading go through. */
  iterator?: () => AsyncIterator<unknown>;
  [Symbol.asyncIterator]: () => AsyncIterator<unknown>;
}

/** How an answer is read. */
export interface Observation {
  meter: Meter;
  observer: CallObserver;
  /** Whether the caller did not ask for the event with the usage of a stream and is not to see it. */
  hideExtra: boolean;
}

/**
 * Watches what the client answers and gives the same back: a promise of its own class, whose answer is parsed only when
 * the caller parses it.
 */
export function observeAnswer<T>(answer: T, observation: Observation): T {
  const { observer } = observation;
  if (!isApiPromise(answer)) {
    if (!(answer instanceof Promise)) return observed(answer, observation) as T;
    return answer.then(
      (data: unknown) => observed(data, observation),
      (error: unknown) => {
        observer.fail(toReason(error));
        throw error;
      },
    ) as T;
  }
  answer.asResponse().then(
    () => {
      observer.firstByte();
    },
    (error: unknown) => {
      observer.fail(toReason(error));
    },
  );
  const watched = answer._thenUnwrap((data) => observed(data, observation));
  watchRawResponse(watched, observation);
  return watched as T;
}

/** Who asks for the raw response reads its body alone, so the call ends with what its headers or a copy of it say. */
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
            finish(meter.answer(readFields(body)), observer);
          },
          (error: unknown) => {
            observer.fail(toReason(error));
          },
        );
    }
    return response;
  };
}

function observed(data: unknown, observation: Observation): unknown {
  const { meter, observer } = observation;
  if (isStream(data)) observeStream(data, observation);
  else finish(meter.answer(readFields(data)), observer);
  return data;
}

function finish(metered: Metered, observer: CallObserver): void {
  if (metered.failure === undefined) observer.succeed(metered);
  else observer.fail(metered.failure, metered);
}

/** The caller keeps the client's own stream; what it reads from it passes through here. */
function observeStream(stream: StreamLike, observation: Observation): void {
  const key = typeof stream.iterator === 'function' ? 'iterator' : Symbol.asyncIterator;
  const read = stream[key] as () => AsyncIterator<unknown>;
  Object.defineProperty(stream, key, {
    configurable: true,
    writable: true,
    value: () => observeEvents(stream, () => read.call(stream), observation),
  });
}

async function* observeEvents(
  stream: StreamLike,
  read: () => AsyncIterator<unknown>,
  { meter, observer, hideExtra }: Observation,
): AsyncGenerator<unknown> {
  let metered: Metered = {};
  let isBegun = false;
  let isRead = false;
  try {
    for await (const event of { [Symbol.asyncIterator]: read }) {
      // Later than the headers: those come before the model has said anything.
      if (!isBegun) observer.firstByte();
      isBegun = true;
      const fields: Fields = readFields(event);
      metered = meter.event(fields, metered);
      if (!(hideExtra && meter.isExtra?.(fields))) yield event;
    }
    isRead = true;
  } catch (error) {
    observer.fail(toReason(error), metered);
    throw error;
  } finally {
    // The client ends an aborted stream as if it had been read to its end.
    if (!isRead) observer.fail('The stream was abandoned before its end', metered);
    else if (stream.controller?.signal.aborted) observer.fail('The stream was aborted', metered);
    else finish(metered, observer);
  }
}

function isApiPromise(value: unknown): value is ApiPromise {
  const { _thenUnwrap, asResponse } = readFields(value);
  return typeof _thenUnwrap === 'function' && typeof asResponse === 'function';
}

function isStream(value: unknown): value is StreamLike {
  // A web response is none: its body is the caller's to read.
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    !(value instanceof Response)
  );
}
