import { setTimeout as sleep } from 'node:timers/promises';

/** How long others are taken to be writing after they did, milliseconds. */
const CONTENDED_MS = 2000;

interface Pause {
  /** As a share of what the transaction took. */
  ratio: number;
  minMs: number;
  maxMs: number;
}

/**
 * A process that waits for SQLite's lock checks after 1, 2, 5, 10, 15, 20 ms: once within a pause as long as the longest.
 * While no other process writes, a short one is enough for the first that wants to.
 */
const CONTENDED: Pause = { ratio: 2, minMs: 5, maxMs: 20 };
const QUIET: Pause = { ratio: 0.25, minMs: 1, maxMs: 5 };

/** How a throttle learns the time, and who else writes. */
export interface WriteThrottleOptions {
  /** A value that is another one when another process has written. */
  readVersion: () => Promise<unknown>;
  /** A clock that only goes forward. */
  nowMs?: () => number;
  pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Pauses between transactions where only one process writes at a time and others do not queue but check again: short
 * transactions in a row would keep them out as a long one does.
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

  /** Runs work when what came before is done, well or not, and paused after. @throws what the work fails with */
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
