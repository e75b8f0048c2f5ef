/** How often the clock is looked at, by a timer that does not depend on it. */
const CHECK_MS = 20_000;
/** How far the clock may be from where it should be: late timers and small corrections are no change of it. */
const TOLERANCE_MS = 10_000;

/**
 * Tells when the machine's clock was set, or stood still while the machine slept: timers that wait for a time of the clock
 * are then to be found anew.
 *
 * @returns ends it
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
