import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ModelCallInput } from '../../contract/call-input.js';
import { UsageError } from '../../errors.js';
import type { CallRecorder } from '../call-recorder.js';
import { isRemembered } from '../clients/recorded-responses.js';
import { reportSafely } from '../exchange/error-text.js';
import { RefusedRequest, fromNode, fromWeb, readJson, type ReceivedRequest } from './read-body.js';

/** The part of a recorder that receivers need: `usage.calls` has it. */
export type ReceivingRecorder = Pick<CallRecorder, 'record'>;

/** A receiver of calls that another program reports. It authenticates no one: mount it behind your own check. */
export interface CallReceiver {
  /** For frameworks of `Request` and `Response`. */
  handler: (request: Request) => Promise<Response>;
  /** For Node's http and frameworks built on it; a body parser may stand in front. */
  callback: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Options of every receiver. */
export interface ReceiverOptions {
  /** Of a request, compressed or not; senders batch, and may send whole conversations. @default 16 MiB */
  maxBodyBytes?: number | undefined;
  /** Receives errors of recording; the sender only learns that it may try again. @default the console */
  onError?: ((error: unknown) => void) | undefined;
}

/** How a receiver reads and answers. */
export interface ReceiverKind {
  maxBodyBytes: number;
  onError: (error: unknown) => void;
  /** Stores what a body reports. @returns the body of the response */
  receive: (body: unknown) => Promise<object>;
  /** The body of a response with another status than 200. */
  describeRefusal: (status: number, message: string) => object;
}

export const DEFAULT_MAX_BODY_BYTES = 16 * 1024 * 1024;
const RETRY_AFTER_SECONDS = 5;

interface Answer {
  status: number;
  body: object;
}

/** Makes the mounts of a receiver. */
export function createReceiver(kind: ReceiverKind): CallReceiver {
  return {
    handler: async (request) => {
      const { status, body } = await answer(kind, fromWeb(request));
      return Response.json(body, { status, headers: toHeaders(status) });
    },
    callback: (request, response) => {
      void answer(kind, fromNode(request)).then(({ status, body }) => {
        const headers = { 'content-type': 'application/json', ...toHeaders(status) };
        // What is left of a body that is too large is not read.
        const closes = status === 413 ? { connection: 'close' } : {};
        response.writeHead(status, { ...headers, ...closes });
        response.end(JSON.stringify(body));
      });
    },
  };
}

const toHeaders = (status: number): Record<string, string> =>
  status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {};

async function answer(kind: ReceiverKind, request: ReceivedRequest): Promise<Answer> {
  const refuse = (status: number, message: string): Answer => ({
    status,
    body: kind.describeRefusal(status, message),
  });
  try {
    const body = await readJson(request, kind.maxBodyBytes);
    return { status: 200, body: await kind.receive(body) };
  } catch (error) {
    if (error instanceof RefusedRequest) return refuse(error.status, error.message);
    reportSafely(kind.onError, error);
    return refuse(503, 'The calls were not recorded. Try again in a moment.');
  }
}

/** A call that was reported, or why it can be none. */
export type ReportedCall = ModelCallInput | { refusal: string };

/**
 * Stores calls that were reported, each by itself, so that an invalid one costs no other. Those that a recorder of this process
 * has are left to it.
 *
 * @returns why calls were refused, one text for each
 * @throws what keeps valid calls from being stored; the report may be repeated
 */
export async function storeReported(
  recorder: ReceivingRecorder,
  reported: readonly ReportedCall[],
): Promise<string[]> {
  const results = await Promise.allSettled(
    reported.map(async (call) => {
      if ('refusal' in call) throw new RefusedRequest(422, call.refusal);
      if (isRemembered(recorder, call.userDid, call.id ?? '')) return;
      await recorder.record(call);
    }),
  );
  const errors = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  return errors.map((error) => {
    const isInvalid = error instanceof UsageError && error.code === 'CALL_INVALID';
    if (!isInvalid && !(error instanceof RefusedRequest)) throw error;
    return error.message;
  });
}
