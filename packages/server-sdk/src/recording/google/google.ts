import { requireClientOptions, type ClientRecordingOptions } from '../clients/client-options.js';
import { readFields, type Meter } from '../clients/meter.js';
import { observeEvents } from '../clients/observe-result.js';
import { startCall, type CallObserver, type ClientRecording } from '../clients/start-call.js';
import { toReason } from '../exchange/error-text.js';
import type { TrackingRecorder } from '../exchange/record-exchange.js';
import { GOOGLE_METERS, PUBLIC_METHODS } from './google-meters.js';

/**
 * A client of the package `@google/genai` whose calls are recorded with begin and end: `generateContent`,
 * `generateContentStream`, `embedContent` and `generateImages` of `models`, and messages of `chats`. Every request is a
 * call, also those that the client sends for functions that it calls itself. Live sessions, batches and videos are not
 * recorded. Everything else is as for `wrapOpenAI`.
 *
 * @param recorder `usage.calls`
 * @throws TypeError for an option that is not known, a user that cannot be one, or another kind of client
 */
export function wrapGoogleGenAI<Client extends object>(
  client: Client,
  recorder: TrackingRecorder,
  options: ClientRecordingOptions = {},
): Client {
  requireClientOptions('wrapGoogleGenAI', options);
  const models = wrapModels(readFields(client)['models'], { recorder, options });
  return wrapMembers(client, (name, member) => {
    if (name === 'models') return models;
    if (name !== 'chats') return member;
    // Chats send their messages by the models that they were made with.
    return wrapMembers(readFields(member), (inner, value) =>
      inner === 'modelsModule' ? models : value,
    );
  });
}

function wrapMembers<T extends object>(
  target: T,
  replace: (name: string | symbol, member: unknown) => unknown,
): T {
  return new Proxy(target, {
    get: (members, name) => replace(name, Reflect.get(members, name, members)),
  });
}

type Send = (...parameters: unknown[]) => unknown;

/**
 * Makes models like those of the client, on its connection: their public methods are bound to the object that they were made
 * with, so that a proxy would not see what they send.
 */
function wrapModels(models: unknown, recording: ClientRecording): object {
  const { apiClient, constructor } = readFields(models);
  if (typeof apiClient !== 'object' || typeof constructor !== 'function') {
    throw new TypeError(
      'wrapGoogleGenAI: client must be a GoogleGenAI of the package @google/genai',
    );
  }
  const Models = constructor as new (client: unknown) => Record<string, unknown>;
  const own = new Models(apiClient);
  for (const [name, meter] of Object.entries(GOOGLE_METERS)) {
    const recorded = typeof own[name] === 'function' ? name : PUBLIC_METHODS[name];
    const send = recorded === undefined ? undefined : own[recorded];
    if (recorded === undefined || typeof send !== 'function') continue;
    own[recorded] = recordMethod(send.bind(own) as Send, meter, recording);
  }
  return own;
}

function recordMethod(send: Send, meter: Meter, recording: ClientRecording): Send {
  return async (...parameters) => {
    const { model, config } = readFields(parameters[0]);
    // Tuned and Vertex models are named by their path.
    const name = typeof model === 'string' ? model.replace(/^.*\/models\/|^models\//, '') : model;
    const requested = { model: name, provider: 'google', type: meter.type };
    const observer = startCall(requested, recording);
    if (!observer) return send(...parameters);
    const { abortSignal } = readFields(config);
    return observeRequest(() => send(...parameters), { meter, observer, abortSignal });
  };
}

async function observeRequest(
  send: () => unknown,
  { meter, observer, abortSignal }: { meter: Meter; observer: CallObserver; abortSignal: unknown },
): Promise<unknown> {
  try {
    const response = await observer.run(send);
    if (isAsyncIterable(response)) {
      observer.firstByte();
      const observation = { meter, observer, hideExtra: false };
      const isAborted = (): boolean => readFields(abortSignal)['aborted'] === true;
      return observeEvents(() => response[Symbol.asyncIterator](), isAborted, observation);
    }
    observer.succeed(meter.readBody(readFields(response)));
    return response;
  } catch (error) {
    observer.fail(toReason(error));
    throw error;
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
