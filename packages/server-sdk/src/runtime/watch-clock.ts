/** Interval of the checks, by a timer that does not depend on the clock. */
const CHECK_MS = 20_000;
/** How far the clock may differ from the expected time: late timers and small corrections are no change. */
const TOLERANCE_MS = 10_000;

/**
 * Calls back when the machine's clock was set, or stopped while the machine slept: timers for a time of the clock have to
 * be computed again then.
 *
 * @returns a function that ends the checks
 */
export function watchClock(onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const check = (expectedMs: number): void => {
    if (Math.abs(Date.now() - expectedMs) > TOLERANCE_MS) onChange();
    const nextMs = Date.now() + CHECK_MS;
    timer = setTimeout(() => {
      check(nextMs);
    }, CHECK_MS);
    timer.unref();
  };
  check(Date.now());
  return () => {
    clearTimeout(timer);
  };
}
