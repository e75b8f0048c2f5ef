import type { LimitOptions } from './options.js';

/** What requests are held to, with every default in place. */
export type ResolvedLimits = Required<LimitOptions>;

/** Checks the option `limits`. @throws TypeError that names the member at fault */
export function resolveLimits(limits: LimitOptions): ResolvedLimits {
  const { requestsPerMinute = 1200, tokenRequestsPerMinute = 600 } = limits;
  const limit = (name: keyof LimitOptions, otherwise: number, least: number, most: number) =>
    integer(
      `limits.${name}`,
      limits[name] === undefined ? otherwise : (limits[name] as number),
      least,
      most,
    );
  return {
    maxRangeDays: limit('maxRangeDays', 400, 1, 3660),
    maxTrendPoints: limit('maxTrendPoints', 3000, 24, 100_000),
    quotaDeadlineMs: limit('quotaDeadlineMs', 2500, 100, 60_000),
    answerDeadlineMs: limit('answerDeadlineMs', 15_000, 100, 600_000),
    requestsPerMinute: rate('limits.requestsPerMinute', requestsPerMinute),
    tokenRequestsPerMinute: rate('limits.tokenRequestsPerMinute', tokenRequestsPerMinute),
    maxConcurrentRequests: limit('maxConcurrentRequests', 8, 1, 1000),
    maxTotalConcurrentRequests: limit('maxTotalConcurrentRequests', 128, 1, 10_000),
  };
}

function rate(path: string, value: number | false): number | false {
  return value === false ? false : integer(path, value, 1, 1_000_000);
}

/** A whole number within bounds. @throws TypeError that names the option */
export function integer(path: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const got = typeof value === 'number' ? String(value) : JSON.stringify(value);
  throw new TypeError(`${path} must be an integer from ${least} to ${most}; got ${got}`);
}
