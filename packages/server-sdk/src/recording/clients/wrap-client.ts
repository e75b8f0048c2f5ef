import { toReason } from '../exchange/error-text.js';
import { type Meter, readFields } from './meter.js';
import { observeResult } from './observe-result.js';
import { startCall, type ClientRecording } from './start-call.js';

/** How calls of one kind of client are recorded. */
export interface ClientKind extends ClientRecording {
  /** The provider of its calls, unless the options name one. */
  provider: string;
  /** Methods that are recorded, by their path from the client, such as `chat.completions.create`. */
  meters: ReadonlyMap<string, Meter>;
  /** Whether streams are made to report their usage. */
  requestsUsage: boolean;
}

/**
 * A client that records calls of some of its methods. For clients that the generator of OpenAI's and Anthropic's makes:
 * resources reach the client by `_client`, methods return a promise with `asResponse`, and `withOptions` makes a copy.
 */
export function wrapClient<Client extends object>(client: Client, kind: ClientKind): Client {
  const wrapping: Wrapping = { client: () => wrapped, kind };
  const wrapped: Client = new Proxy(client, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value === 'function') {
        if (key === 'constructor') return value;
        if (key !== 'withOptions') return value.bind(target) as unknown;
        return (...settings: unknown[]) =>
          wrapClient(value.apply(target, settings) as object, kind);
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
  kind: ClientKind;
}

/** Wraps a member of the client, such as `chat`; one that does not lead to a recorded method is returned unchanged. */
function wrapMember(member: unknown, path: string, wrapping: Wrapping): unknown {
  if (typeof member !== 'object' || member === null || !leadsToMeter(path, wrapping)) return member;
  return new Proxy(member, {
    get: (target, key) => {
      // Helpers such as `stream` call methods of `_client`, which must be the wrapped ones.
      if (key === '_client') return wrapping.client();
      const value: unknown = Reflect.get(target, key, target);
      const at = `${path}.${String(key)}`;
      const meter = wrapping.kind.meters.get(at);
      if (!meter || typeof value !== 'function') return wrapMember(value, at, wrapping);
      return (body: unknown, ...rest: unknown[]): unknown => {
        const send = (sent: unknown): unknown => value.call(target, sent, ...rest) as unknown;
        return recordMethod(send, body, meter, wrapping.kind);
      };
    },
  });
}

function leadsToMeter(path: string, { kind }: Wrapping): boolean {
  return [...kind.meters.keys()].some((key) => key.startsWith(`${path}.`));
}

function recordMethod(
  send: (body: unknown) => unknown,
  body: unknown,
  meter: Meter,
  kind: ClientKind,
): unknown {
  const requested = readFields(body);
  const { provider, requestsUsage } = kind;
  const observer = startCall({ model: requested['model'], provider, type: meter.type }, kind);
  if (!observer) return send(body);
  const prepared = (requestsUsage ? meter.requestUsage?.(requested) : undefined) ?? requested;
  const hideExtra = prepared !== requested;
  try {
    const result = observer.run(() => send(hideExtra ? prepared : body));
    return observeResult(result, { meter, observer, hideExtra });
  } catch (error) {
    observer.fail(toReason(error));
    throw error;
  }
}
