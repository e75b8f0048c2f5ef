import { describe, expect, test } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import { getProjectFailures } from '../../src/advice/failure-service.js';
import { openDatabase } from '../../src/db/database.js';
import { createTestUsage, NOW_MS } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const call = (hoursAgo: number, changes: Partial<ModelCallInput> = {}): ModelCallInput => ({
  ...{ userDid: 'alice', appDid: 'app', model: 'm', status: 'failed' },
  startedAt: NOW_MS - hoursAgo * HOUR_MS,
  errorReason: '429 rate limit',
  ...changes,
});
/** The newest is an hour old; three of ten did not fail. */
const CALLS = [
  ...[1, 2, 4, 5, 7, 8, 10].map((hoursAgo) => call(hoursAgo)),
  ...[3, 6, 9].map((hoursAgo) => call(hoursAgo, { status: 'success', errorReason: null })),
  call(1, { appDid: 'other' }),
  call(1, { userDid: 'bob' }),
];
const query = {
  project: { appDid: 'app', name: null, logoUrl: null, url: null },
  range: { fromMs: NOW_MS - 48 * HOUR_MS, toMs: NOW_MS, timeZone: 'UTC' },
  nowMs: NOW_MS,
};

describe.each(await takeServers())('failures on $name', (server) => {
  test('are those of the newest calls, and the others are counted', async () => {
    const created = await server.create();
    const host = await createTestUsage({ database: created.config });
    const database = openDatabase(created.config);
    try {
      await host.usage.calls.record(CALLS);
      const all = await getProjectFailures(database, 'alice', query, 10);
      expect(all).toMatchObject({ failedCalls: 7, unsortedCalls: 0 });
      expect(all.items).toMatchObject([{ reason: 'rateLimit', statusCode: 429, calls: 7 }]);
      expect(Date.parse(all.sortedFrom)).toBe(query.range.fromMs);

      const some = await getProjectFailures(database, 'alice', query, 4);
      expect(some).toMatchObject({ failedCalls: 7, unsortedCalls: 4 });
      expect(some.items).toMatchObject([{ calls: 3, share: 3 / 7 }]);
      // The fifth call is five hours old; what came after it was read.
      expect(Date.parse(some.sortedFrom)).toBe(NOW_MS - 5 * HOUR_MS + 1);
    } finally {
      await database.close();
      await host.close();
      await created.drop();
    }
  });
});
