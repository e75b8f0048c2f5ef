import { expect, test, vi } from 'vitest';
import { createWarningLog } from './warning-log.js';

const WARNING = { callId: 'c1', userDid: 'alice', field: 'credits', detail: 'is unknown now' };

test('a host that makes the same mistake with every call gets 20 lines a minute', () => {
  const warn = vi.fn();
  const clock = { nowMs: 0, now: () => clock.nowMs };
  const logger = { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() };
  const log = createWarningLog(logger, clock);
  for (let index = 0; index < 50; index += 1) log(WARNING);
  expect(warn).toHaveBeenCalledTimes(20);
  expect(warn).toHaveBeenLastCalledWith(expect.any(String), WARNING);
  clock.nowMs = 60_000;
  log(WARNING);
  expect(warn.mock.calls.slice(20).map(([, fields]) => fields as unknown)).toEqual([
    { omitted: 30 },
    WARNING,
  ]);
});
