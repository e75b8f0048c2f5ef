import { Readable } from 'node:stream';

/** What is buffered for a slow reader, bytes, before the work that writes has to wait. */
const BUFFER_BYTES = 256 * 1024;

/** Why an export ended that nobody wanted any more. */
export class ReaderLeftError extends Error {
  override readonly name = 'ReaderLeftError';

  constructor() {
    super('The reader of the export has left');
  }
}

/**
 * The writing end of a stream of bytes, for work that writes in its own time: `write` resolves when the reader wants more.
 * Whoever destroys the stream ends the work.
 */
export class ByteSink {
  readonly stream: Readable;
  #bytes = 0;
  #wake: (() => void) | null = null;

  /** @param onClosed called once, when the reader has left before the end */
  constructor(onClosed: () => void) {
    this.stream = new Readable({
      highWaterMark: BUFFER_BYTES,
      read: () => {
        this.#wakeUp();
      },
      destroy: (error, done) => {
        if (!this.stream.readableEnded) onClosed();
        this.#wakeUp();
        done(error);
      },
    });
    // Who has no listener yet is told by the next read; an error without a listener would end the process.
    this.stream.on('error', () => undefined);
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes a chunk, and resolves when there is room for the next. @throws Error when the reader has left */
  async write(chunk: string | Uint8Array): Promise<void> {
    if (chunk.length === 0) return;
    const { stream } = this;
    this.#requireReader();
    const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    this.#bytes += buffer.length;
    if (stream.push(buffer)) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#requireReader();
  }

  /** Ends the stream: what was written is all. */
  end(): void {
    this.stream.push(null);
  }

  /** Breaks the stream, so that its reader sees that it is not complete. */
  fail(error: Error): void {
    this.stream.destroy(error);
  }

  #requireReader(): void {
    if (this.stream.destroyed) throw new ReaderLeftError();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}
