import type { LimitOptions } from './options.js';

/** The limits of requests with all defaults. */
export type ResolvedLimits = Required<LimitOptions>;

/** Checks the option `limits`. @throws TypeError that names the member at fault */
export function resolveLimits(limits: LimitOptions): ResolvedLimits {
  const { requestsPerMinute = 1200, tokenRequestsPerMinute = 600 } = limits;
  const limit = (name: keyof LimitOptions, fallback: number, min: number, max: number) =>
    requireInteger(
      `limits.${name}`,
      limits[name] === undefined ? fallback : (limits[name] as number),
      min,
      max,
    );
  return {
    maxRangeDays: limit('maxRangeDays', 400, 1, 3660),
    maxTrendPoints: limit('maxTrendPoints', 3000, 24, 100_000),
    quotaDeadlineMs: limit('quotaDeadlineMs', 2500, 100, 60_000),
    answerDeadlineMs: limit('answerDeadlineMs', 15_000, 100, 600_000),
    requestsPerMinute: resolveRate('limits.requestsPerMinute', requestsPerMinute),
    tokenRequestsPerMinute: resolveRate('limits.tokenRequestsPerMinute', tokenRequestsPerMinute),
    maxConcurrentRequests: limit('maxConcurrentRequests', 8, 1, 1000),
    maxTotalConcurrentRequests: limit('maxTotalConcurrentRequests', 128, 1, 10_000),
    exportDeadlineMs: limit('exportDeadlineMs', 900_000, 1000, 7_200_000),
    maxConcurrentExports: limit('maxConcurrentExports', 2, 1, 100),
  };
}

function resolveRate(path: string, value: number | false): number | false {
  return value === false ? false : requireInteger(path, value, 1, 1_000_000);
}

/** Returns an integer within bounds. @throws TypeError that names the option */
export function requireInteger(path: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const got = typeof value === 'number' ? String(value) : JSON.stringify(value);
  throw new TypeError(`${path} must be an integer from ${min} to ${max}; got ${got}`);
}
