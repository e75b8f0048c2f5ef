/** More than any response of the endpoints has; a gigabyte of JSON would crash the page. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Thrown for a body that is longer than a page should take. */
export class BodyTooLongError extends Error {}

/**
 * Reads the body of a response as JSON; `undefined` for a body that is not JSON.
 *
 * Stops at 32 MiB: by the length that the server sends before anything is read, else by the bytes received.
 *
 * @throws BodyTooLongError beyond 32 MiB
 * @throws DOMException `AbortError` when the request is aborted meanwhile
 */
export async function readJson(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await readText(response)) as unknown;
  } catch (cause) {
    if (cause instanceof BodyTooLongError) throw cause;
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    return undefined;
  }
}

async function readText({ headers, body }: Response): Promise<string> {
  const reader = body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = Number(headers.get('content-length')) > MAX_BODY_BYTES ? Infinity : 0;
  for (;;) {
    if (bytes > MAX_BODY_BYTES) {
      // Not awaited: it only has to stop the download.
      void reader.cancel().catch(() => undefined);
      throw new BodyTooLongError();
    }
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
  }
}
