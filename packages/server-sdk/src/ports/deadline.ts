/** A signal that follows another and is given at the latest after some time. */
export interface Deadline {
  signal: AbortSignal;
  /** Takes the timer away; to be called when the work is done. */
  end(): void;
}

/**
 * Starts a deadline.
 *
 * @param hangUp given when nobody waits any more
 * @param milliseconds how long the work may take
 * @param late makes the reason of a signal that is given for the time
 */
export function startDeadline(
  hangUp: AbortSignal,
  milliseconds: number,
  late: () => Error,
): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(late());
  }, milliseconds);
  timer.unref();
  const follow = (): void => {
    controller.abort(hangUp.reason);
  };
  if (hangUp.aborted) follow();
  else hangUp.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      hangUp.removeEventListener('abort', follow);
    },
  };
}

/** Rejects with the signal's reason when it is given, and never resolves. */
export function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('Aborted'));
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
