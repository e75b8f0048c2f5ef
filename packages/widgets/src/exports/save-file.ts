import type { ExportFormat } from '@usage-kit/server-sdk/contract';

import { runInTask } from '../controllers/task-timer.js';

/** Thrown for a file without its last record: the connection broke unnoticed, or a proxy cut it. */
export class IncompleteFileError extends Error {
  override readonly name = 'IncompleteFileError';
}

/** The last record of a file is within so many bytes. */
const TAIL_BYTES = 4096;

/** How each format ends. */
const ENDS: Readonly<Record<ExportFormat, RegExp>> = {
  csv: /(^|\n)# complete[,;]true[,;]*\r?\n$/,
  ndjson: /"complete":true\}\n$/,
  // The end of a zip archive, which is written last.
  xlsx: /PK\u0005\u0006[^]{18}$/,
};

/**
 * Reads a file to its end.
 *
 * @param onBytes called with what has come so far, bytes
 * @throws IncompleteFileError for a file without its last record; what the stream fails with
 */
export async function readFile(
  { body }: Response,
  format: ExportFormat,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes += value.length;
    onBytes(bytes);
  }
  const file = new Blob(chunks);
  const tail = new Uint8Array(await file.slice(-TAIL_BYTES).arrayBuffer());
  const text = Array.from(tail, (byte) => String.fromCharCode(byte)).join('');
  if (!ENDS[format].test(text)) throw new IncompleteFileError('The file has no last record');
  return file;
}

/** The name of a file in its headers; `null` where a server hides it. */
export function readFileName({ headers }: Response): string | null {
  const disposition = headers.get('content-disposition') ?? '';
  return /filename="([\w.-]{1,120})"/.exec(disposition)?.[1] ?? null;
}

/** Gives a file to the browser to save. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to save by the next task.
  runInTask(() => {
    URL.revokeObjectURL(url);
  });
}
