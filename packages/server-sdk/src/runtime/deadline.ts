/** A time limit for work that can also be aborted earlier. */
export class Deadline {
  readonly #createReason: () => Error;
  readonly #timer: NodeJS.Timeout;
  #controller: AbortController | null = null;
  #reason: Error | null = null;
  #reject: ((reason: Error) => void) | null = null;

  /**
   * Starts the timer.
   *
   * @param milliseconds how long the work may take
   * @param createReason makes the reason when the time is up
   */
  constructor(milliseconds: number, createReason: () => Error) {
    this.#createReason = createReason;
    this.#timer = setTimeout(expire, milliseconds, this);
    this.#timer.unref();
  }

  /** Why the work was aborted; `null` while it was not. */
  get reason(): Error | null {
    return this.#reason;
  }

  /**
   * Aborted with {@link reason}. Created when it is first read: a signal costs more than most responses that need none, and
   * the timer of `AbortSignal.timeout` cannot be cleared when the work is done.
   */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason !== null && !this.#controller.signal.aborted) {
      this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /**
   * Waits for the work until it is aborted. To be called once.
   *
   * @returns the result of the work
   * @throws the error of the work, or {@link reason} when it is aborted earlier
   */
  limit<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#reason !== null) reject(this.#reason);
      work.then(resolve, reject);
    });
  }

  /** Aborts the work before its time is up; the first reason remains. */
  abort(reason: Error): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#reject?.(reason);
  }

  /** Clears the timer; to be called when the work is done. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  /** Called by the timer. */
  expire(): void {
    this.abort(this.#createReason());
  }
}

function expire(deadline: Deadline): void {
  deadline.expire();
}
