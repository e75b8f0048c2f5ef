import type { Usage, UsageOptions } from '../../src/index.js';
import { openTestUsage } from '../helpers/create-test-usage.js';

/** Opens a usage over a database with the history. Users are signed in by a header that is encoded, since names may have any letters. */
export function openHistoryUsage(
  database: UsageOptions['database'],
  clock: { now(): number },
  options: Partial<UsageOptions> = {},
): Usage {
  return openTestUsage({
    database,
    clock,
    authenticate: ({ headers }) => ({ userDid: decodeURIComponent(String(headers['x-user'])) }),
    // The history has calls in progress, which are to stay so.
    recorder: { abandonAfterMinutes: false },
    ...options,
  });
}
