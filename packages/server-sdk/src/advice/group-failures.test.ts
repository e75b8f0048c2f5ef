import { expect, test } from 'vitest';
import { groupFailures } from './group-failures.js';

const HOUR_MS = 3_600_000;
const call = (errorReason: string | null, model: string, hour: number) => ({
  errorReason,
  model,
  startedAtMs: hour * HOUR_MS,
});

test('calls are grouped by class and status code, the most frequent first', () => {
  const calls = [
    call('429 Too Many Requests', 'a', 1),
    call('429: rate limited, try again in 500 ms', 'b', 3),
    call('status code 429, rate limit', 'b', 2),
    call('Rate limit reached', 'a', 5),
    call(null, 'a', 4),
  ];
  expect(groupFailures(calls, 10)).toEqual([
    {
      ...{ reason: 'rateLimit', statusCode: 429, calls: 3, share: 0.3, models: ['b', 'a'] },
      lastCallAt: '1970-01-01T03:00:00.000Z',
    },
    {
      ...{ reason: 'rateLimit', statusCode: null, calls: 1, share: 0.1, models: ['a'] },
      lastCallAt: '1970-01-01T05:00:00.000Z',
    },
    {
      ...{ reason: 'unknown', statusCode: null, calls: 1, share: 0.1, models: ['a'] },
      lastCallAt: '1970-01-01T04:00:00.000Z',
    },
  ]);
});

test('no failed call is no group', () => {
  expect(groupFailures([], 0)).toEqual([]);
});
