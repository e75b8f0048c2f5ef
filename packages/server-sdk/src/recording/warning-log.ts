import { MINUTE_MS } from '../values/time.js';
import type { Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import type { CallWarning } from './record-calls.js';

const MAX_LINES_PER_MINUTE = 20;

/**
 * Makes a function that logs values of calls that were rounded or are unknown now: the call, the field and why, not the
 * value. It logs 20 lines a minute, and then how many it omitted, because a host may make the same mistake in every call.
 */
export function createWarningLog(logger: Logger, clock: Clock): (warning: CallWarning) => void {
  let minuteMs = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (warning) => {
    const nowMs = clock.now();
    if (Math.abs(nowMs - minuteMs) >= MINUTE_MS) {
      const omitted = count - MAX_LINES_PER_MINUTE;
      if (omitted > 0) logger.warn('More values of calls were not stored as given', { omitted });
      [minuteMs, count] = [nowMs, 0];
    }
    count += 1;
    if (count > MAX_LINES_PER_MINUTE) return;
    logger.warn('A value of a call was not stored as given', { ...warning });
  };
}
