import { UsageError } from '../../errors.js';
import type { HttpRequest } from './http-message.js';

/** Maximum length of a body, bytes. */
const MAX_BODY_BYTES = 65_536;

/**
 * The body of a request, as its framework has it: bytes that are still to be read, or what the host's body parser made of
 * them.
 */
export type RequestBody =
  | { kind: 'stream'; chunks: AsyncIterable<Uint8Array> }
  | { kind: 'parsed'; value: unknown }
  | { kind: 'none' };

/**
 * Reads the JSON of a request that writes. The content type is required even of an empty body: a page of another origin
 * cannot send it without a preflight, which is refused.
 *
 * @returns the parsed JSON; `undefined` for an empty body
 * @throws UsageError `CONTENT_TYPE_INVALID`, `BODY_TOO_LARGE`, `BODY_INVALID`
 */
export async function readJsonBody({ headers, body }: HttpRequest): Promise<unknown> {
  if (!isJson(headers['content-type']) || !isPlain(headers['content-encoding'])) {
    throw new UsageError('CONTENT_TYPE_INVALID', 'Send JSON, with Content-Type: application/json.');
  }
  if (body.kind === 'none') return undefined;
  if (body.kind === 'parsed') return readParsed(body.value);
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw createTooLargeError();
  const text = await readText(body.chunks);
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError('BODY_INVALID', 'The body is not JSON.');
  }
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json *(;|$)/i.test(contentType ?? '');
}

/** A compressed body could be far longer than its bytes. */
function isPlain(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === 'identity';
}

/** Parsers of hosts give a text or bytes where they know no type, and an empty object for an empty body. */
function readParsed(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'object' && !(value instanceof Uint8Array)) return value;
  throw new UsageError('BODY_INVALID', 'The body is not a JSON object.');
}

async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw createTooLargeError();
    read.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(read));
  } catch {
    throw new UsageError('BODY_INVALID', 'The body is not UTF-8.');
  }
}

function createTooLargeError(): UsageError {
  return new UsageError('BODY_TOO_LARGE', `A body has at most ${MAX_BODY_BYTES} bytes.`);
}
