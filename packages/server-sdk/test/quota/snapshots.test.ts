import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { readQuotaSnapshot, writeQuotaSnapshots } from '../../src/quota/quota-snapshot-store.js';
import { createTestUsageOn } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const servers = await takeServers();

describe.each(servers)('balances in $name', (server) => {
  test('replace earlier ones, and belong to exactly one user', async () => {
    const host = await createTestUsageOn(server);
    const database = openDatabase(host.config);
    try {
      const answer = JSON.stringify({ remaining: '1234567890123456789012.5', name: '积分 ✓' });
      const of = (
        userDid: string,
        answeredAtMs: number,
      ): Parameters<typeof writeQuotaSnapshots>[1][0] => ({
        userDid,
        answeredAtMs,
        answer,
      });
      await writeQuotaSnapshots(database, [of('alice', 1), of('Alice', 2), of('alice ', 3)]);
      await writeQuotaSnapshots(database, [of('alice', 1_795_000_000_123)]);
      expect(await readQuotaSnapshot(database, 'alice')).toEqual({
        answeredAtMs: 1_795_000_000_123,
        answer,
      });
      const times = ['Alice', 'alice ', 'ALICE', 'bob', '%'].map(
        async (userDid) => (await readQuotaSnapshot(database, userDid))?.answeredAtMs ?? null,
      );
      expect(await Promise.all(times)).toEqual([2, 3, null, null, null]);
      await writeQuotaSnapshots(database, []);
    } finally {
      await database.close();
      await host.close();
    }
  });
});
