/** How long work may take, and whether anyone still waits for it. */
export interface Deadline {
  /** Rejects when the time is up or the work was given up; never resolves. */
  readonly over: Promise<never>;
  /** Why it is over; `null` as long as it is not. */
  readonly reason: Error | null;
  /** Given when it is over. Made when it is first asked for: a signal costs more than most answers that need none. */
  readonly signal: AbortSignal;
  /** Ends the wait before its time. */
  giveUp(reason: Error): void;
  /** Takes the timer away; to be called when the work is done. */
  end(): void;
}

/**
 * Starts a deadline.
 *
 * @param milliseconds how long the work may take
 * @param late makes the reason when the time is up
 */
export function startDeadline(milliseconds: number, late: () => Error): Deadline {
  let controller: AbortController | null = null;
  let reason: Error | null = null;
  let reject: (reason: Error) => void = () => undefined;
  const over = new Promise<never>((_resolve, fail) => {
    reject = fail;
  });
  const giveUp = (why: Error): void => {
    if (reason !== null) return;
    reason = why;
    controller?.abort(why);
    reject(why);
  };
  const timer = setTimeout(() => {
    giveUp(late());
  }, milliseconds);
  timer.unref();
  return {
    over,
    get reason() {
      return reason;
    },
    get signal() {
      controller ??= new AbortController();
      if (reason !== null && !controller.signal.aborted) controller.abort(reason);
      return controller.signal;
    },
    giveUp,
    end: () => {
      clearTimeout(timer);
    },
  };
}
