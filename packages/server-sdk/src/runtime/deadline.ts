/** How long work may take, and whether anyone still waits for it. */
export class Deadline {
  readonly #late: () => Error;
  readonly #timer: NodeJS.Timeout;
  #controller: AbortController | null = null;
  #reason: Error | null = null;
  #reject: ((reason: Error) => void) | null = null;

  /**
   * Starts it.
   *
   * @param milliseconds how long the work may take
   * @param late makes the reason when the time is up
   */
  constructor(milliseconds: number, late: () => Error) {
    this.#late = late;
    this.#timer = setTimeout(expire, milliseconds, this);
    this.#timer.unref();
  }

  /** Why it is over; `null` as long as it is not. */
  get reason(): Error | null {
    return this.#reason;
  }

  /** Given when it is over. Made when it is first asked for: a signal costs more than most answers that need none. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason !== null && !this.#controller.signal.aborted) {
      this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** What the work resolves or rejects with; rejects earlier when it is over. To be called once. */
  limit<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#reason !== null) reject(this.#reason);
      work.then(resolve, reject);
    });
  }

  /** Ends the wait before its time. */
  giveUp(reason: Error): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#reject?.(reason);
  }

  /** Takes the timer away; to be called when the work is done. */
  end(): void {
    clearTimeout(this.#timer);
  }

  /** Called by the timer. */
  expire(): void {
    this.giveUp(this.#late());
  }
}

function expire(deadline: Deadline): void {
  deadline.expire();
}
