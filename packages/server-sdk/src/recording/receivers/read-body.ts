import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Why a request is refused; the message may be shown to its sender. */
export class RefusedRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What is read of a request. */
export interface ReceivedRequest {
  method: string;
  header: (name: string) => string | null;
  /** What a body parser of the host's left; `undefined` where the body is still to be read. */
  parsed: unknown;
  read: () => AsyncIterable<Uint8Array>;
}

/** Reads Node's request, whose body a parser of the host's may have read. */
export function fromNode(request: IncomingMessage & { body?: unknown }): ReceivedRequest {
  return {
    method: request.method ?? 'GET',
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : null;
    },
    parsed: request.body,
    // A request that is refused on its way must still get its response.
    read: () => request.iterator({ destroyOnReturn: false }),
  };
}

/** Reads a web request. */
export function fromWeb(request: Request): ReceivedRequest {
  return {
    method: request.method,
    header: (name) => request.headers.get(name),
    parsed: undefined,
    read: () => request.body ?? toAsyncIterable([]),
  };
}

async function* toAsyncIterable(parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

/**
 * Reads a JSON body, gzipped or not.
 *
 * @param maxBytes of the body, and of what it expands to
 * @throws RefusedRequest where it is no JSON, or too large
 */
export async function readJson(request: ReceivedRequest, maxBytes: number): Promise<unknown> {
  if (request.method !== 'POST') throw new RefusedRequest(405, 'Use POST');
  const { parsed } = request;
  const isText = typeof parsed === 'string' || parsed instanceof Uint8Array;
  if (parsed !== undefined && !isText) return parsed;
  if (!/^application\/json\b/i.test(request.header('content-type') ?? '')) {
    throw new RefusedRequest(415, 'Only application/json is read here');
  }
  const bytes = isText ? Buffer.from(parsed) : await readBytes(request, maxBytes);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new RefusedRequest(400, 'The body is no JSON');
  }
}

async function readBytes(request: ReceivedRequest, maxBytes: number): Promise<Buffer> {
  const tooLarge = new RefusedRequest(413, `The body is larger than ${maxBytes} bytes`);
  if (Number(request.header('content-length')) > maxBytes) throw tooLarge;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.read()) {
    length += part.length;
    if (length > maxBytes) throw tooLarge;
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const encoding = request.header('content-encoding') ?? 'identity';
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new RefusedRequest(415, `Encoding ${encoding} is not read here`);
  try {
    return await promisify(gunzip)(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge;
    throw new RefusedRequest(400, 'The body is not gzipped');
  }
}
