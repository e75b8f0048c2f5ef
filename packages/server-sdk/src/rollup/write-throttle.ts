import { setTimeout as sleep } from 'node:timers/promises';

/** How long after a write of another process the database counts as contended, milliseconds. */
const CONTENDED_MS = 2000;

interface Pause {
  /** Of the duration of the transaction. */
  ratio: number;
  minMs: number;
  maxMs: number;
}

/**
 * A process that waits for SQLite's lock checks it after 1, 2, 5, 10, 15, 20 ms, so that it gets the lock within a pause of the
 * longest of these. While no other process writes, a short pause is enough for the first one that starts to.
 */
const CONTENDED: Pause = { ratio: 2, minMs: 5, maxMs: 20 };
const QUIET: Pause = { ratio: 0.25, minMs: 1, maxMs: 5 };

/** Dependencies of {@link WriteThrottle}. */
export interface WriteThrottleOptions {
  /** Reads a value that changes when another process writes. */
  readVersion: () => Promise<unknown>;
  /** A clock that only goes forward. */
  nowMs?: () => number;
  pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Pauses between transactions where only one process writes at a time and the others poll for the lock: short transactions
 * without a pause would block them like a long one.
 */
export class WriteThrottle {
  readonly #readVersion: () => Promise<unknown>;
  readonly #nowMs: () => number;
  readonly #pause: (milliseconds: number) => Promise<unknown>;
  #last: Promise<unknown> = Promise.resolve();
  #endedAtMs = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #version: unknown;
  #contendedUntilMs = Number.NEGATIVE_INFINITY;

  constructor({
    readVersion,
    nowMs = () => performance.now(),
    pause = (milliseconds) => sleep(milliseconds),
  }: WriteThrottleOptions) {
    this.#readVersion = readVersion;
    this.#nowMs = nowMs;
    this.#pause = pause;
  }

  /** Runs work after the work before it, whether that failed or not, and a pause. @throws what the work fails with */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#runNext(work));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #runNext<T>(work: () => Promise<T>): Promise<T> {
    await this.#checkContention();
    const isContended = this.#nowMs() < this.#contendedUntilMs;
    const { ratio, minMs, maxMs } = isContended ? CONTENDED : QUIET;
    const pauseMs = Math.min(maxMs, Math.max(minMs, ratio * this.#tookMs));
    const leftMs = this.#endedAtMs + pauseMs - this.#nowMs();
    if (leftMs > 0) await this.#pause(leftMs);
    const startedAtMs = this.#nowMs();
    try {
      return await work();
    } finally {
      this.#endedAtMs = this.#nowMs();
      this.#tookMs = this.#endedAtMs - startedAtMs;
    }
  }

  async #checkContention(): Promise<void> {
    const version = await this.#readVersion();
    const isFirst = this.#version === undefined;
    if (!isFirst && version !== this.#version)
      this.#contendedUntilMs = this.#nowMs() + CONTENDED_MS;
    this.#version = version;
  }
}
