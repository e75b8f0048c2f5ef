import { MINUTE_MS } from '../values/time.js';
import type { Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import type { CallWarning } from './record-calls.js';

const MAX_LINES_PER_MINUTE = 20;

/**
 * Logs values of calls that were rounded or are unknown now: the call, the field and why, not the value. A host that
 * sends the same mistake with every call gets 20 lines a minute, and then how many it did not get.
 */
export function warningLog(logger: Logger, clock: Clock): (warning: CallWarning) => void {
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
