import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { FileRefused } from './file-record.js';

/** Formats without readable text, by their first bytes in hexadecimal. */
const SIGNATURES: readonly [string, string][] = [
  ['504b0304', 'a ZIP archive or an Excel workbook (compressed): export it as CSV, or unpack it'],
  ['28b52ffd', 'compressed with Zstandard: unpack it, or use gzip'],
  ['425a68', 'compressed with bzip2: unpack it, or use gzip'],
  ['fd377a585a00', 'compressed with xz: unpack it, or use gzip'],
  ['50415231', 'a Parquet file: export it as CSV or JSON Lines'],
  ['53514c69746520666f726d6174', 'a SQLite database: export its table as CSV'],
  ['d0cf11e0', 'an old Excel workbook: export it as CSV'],
  ['25504446', 'a PDF'],
];
const GZIP = '1f8b';

/**
 * Streams the text of a file: UTF-8 or UTF-16 (with a byte order mark, or recognized by its zeros), gzipped or not. A
 * regular file is read to its end first, so that one with invalid bytes is refused before any call is stored.
 *
 * @throws FileRefused when it is not such text
 */
export async function* readText(path: string): AsyncGenerator<string> {
  if ((await stat(path)).isFile()) {
    for await (const text of decode(path)) void text;
  }
  yield* decode(path);
}

/** Yields a text and then the chunks after it. */
export async function* prepend(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

async function* decode(path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let bytes = 0;
  for await (const chunk of readBytes(path)) {
    decoder ??= new TextDecoder(detectEncoding(path, chunk), { fatal: true });
    yield decodeChunk(decoder, chunk, path, bytes);
    bytes += chunk.byteLength;
  }
  if (decoder) yield decodeChunk(decoder, null, path, bytes);
}

function decodeChunk(
  decoder: TextDecoder,
  chunk: Uint8Array | null,
  path: string,
  bytes: number,
): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new FileRefused(
      `${path} is not ${decoder.encoding.toUpperCase()} (after byte ${bytes.toLocaleString('en')}): save it as UTF-8 and import it again`,
    );
  }
}

/** Reads the file in chunks, and unzips it; the first chunk has at least four bytes, if the file has. */
async function* readBytes(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done) return;
  const rest = withFirst(first.value, chunks);
  if (!first.value.toString('hex', 0, 2).startsWith(GZIP)) {
    yield* rest;
    return;
  }
  const gunzip = createGunzip();
  void pipeTo(rest, gunzip);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch {
    throw new FileRefused(`${path} is gzip that is corrupt or truncated: make the export again`);
  }
}

async function* withFirst(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

async function pipeTo(
  chunks: AsyncIterable<Buffer>,
  gunzip: ReturnType<typeof createGunzip>,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) await waitForDrain(gunzip);
    }
    gunzip.end();
  } catch (error) {
    gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Resolves on the next drain, or when the reader has stopped. */
function waitForDrain(gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  return new Promise((resolve) => {
    gunzip.once('drain', resolve);
    gunzip.once('close', resolve);
  });
}

function detectEncoding(path: string, first: Uint8Array): string {
  const start = Buffer.from(first.subarray(0, 1024));
  const hex = start.toString('hex', 0, 16);
  const [, what] = SIGNATURES.find(([signature]) => hex.startsWith(signature)) ?? [];
  if (what !== undefined) throw new FileRefused(`${path} is ${what}`);
  if (hex.startsWith('fffe0000') || hex.startsWith('0000feff')) {
    throw new FileRefused(`${path} is UTF-32: save it as UTF-8 and import it again`);
  }
  if (hex.startsWith('fffe')) return 'utf-16le';
  if (hex.startsWith('feff')) return 'utf-16be';
  return start.includes(0) ? detectUtf16(path, start) : 'utf-8';
}

/** Share of zeros among every other byte of a text in UTF-16 with few Latin letters. */
const MIN_UTF16_ZEROS = 0.2;
/** Share of zeros among the bytes of a text in UTF-8 that has some in the values of a record or two. */
const MAX_UTF8_ZEROS = 0.02;

/** Latin letters have one byte of zero in UTF-16, always the first or always the second. */
function detectUtf16(path: string, start: Buffer): string {
  const zerosAt = (parity: number): number =>
    start.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  const [first, second] = [zerosAt(0), zerosAt(1)];
  const half = start.length / 2;
  if (first === 0 && second / half >= MIN_UTF16_ZEROS) return 'utf-16le';
  if (second === 0 && first / half >= MIN_UTF16_ZEROS) return 'utf-16be';
  // A stray zero rejects its record, not the file.
  if (start[0] !== 0 && (first + second) / start.length <= MAX_UTF8_ZEROS) return 'utf-8';
  throw new FileRefused(`${path} is not text: CSV, JSON Lines or a JSON array are read`);
}
