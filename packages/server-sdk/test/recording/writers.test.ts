import knex from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createUsage, type Usage, type WriteCounts } from '../../src/index.js';
import { NOW_MS, createTestUsageOn, type TestUsage } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const servers = await takeServers();
const CALL = { model: 'm', appDid: 'app', status: 'success', startedAt: NOW_MS - 1000 } as const;

let host: TestUsage;

describe.each(servers)('writers, on $name', (server) => {
  beforeEach(async () => {
    host = await createTestUsageOn(server);
  });
  afterEach(() => host.close());

  const totals = async (userDid: string): Promise<unknown> => {
    const { calls, credits } = await host.usage.stats.getAggregatedStats(
      userDid,
      'app',
      NOW_MS - 10_000,
      NOW_MS,
    );
    return { calls, credits };
  };

  test('several instances write the same calls of the same users concurrently: none fails, each call is stored once', async () => {
    const others: Usage[] = [1, 2, 3].map(() =>
      createUsage({ database: host.config, authenticate: () => null, rollup: false }),
    );
    const users = Array.from({ length: 12 }, (_, index) => `user-${index}`);
    const batch = (instance: number, round: number): Promise<WriteCounts> => {
      const calls = users.flatMap((userDid) =>
        Array.from({ length: 5 }, (_, index) => ({
          ...CALL,
          userDid,
          id: `${round}-${index}`,
          credits: '2',
        })),
      );
      // Each in another order, which would be a deadlock if they locked in the order they came.
      const turned = [...calls.slice(instance * 13), ...calls.slice(0, instance * 13)];
      return (others[instance]?.calls ?? host.usage.calls).record(
        instance % 2 ? turned : turned.reverse(),
      );
    };
    for (let round = 0; round < 6; round += 1) {
      // Two callers an instance: they share a transaction.
      const counts = await Promise.all(
        [0, 1, 2, 0, 1, 2].map((instance) => batch(instance, round)),
      );
      const sum = (count: keyof WriteCounts): number =>
        counts.reduce((total, each) => total + each[count], 0);
      // Exactly one caller learns that a call was new.
      expect({ inserted: sum('inserted'), updated: sum('updated') }).toEqual({
        inserted: 60,
        updated: 300,
      });
    }
    for (const user of users) expect(await totals(user)).toEqual({ calls: 30, credits: '60' });
    await Promise.all(others.map((other) => other.stop()));
  });

  test('callers that share a transaction each get their own counts', async () => {
    await host.usage.calls.record({ ...CALL, userDid: 'alice', id: 'old' });
    const record = (...ids: string[]) =>
      host.usage.calls.record(ids.map((id) => ({ ...CALL, userDid: 'alice', id })));
    expect(await Promise.all([record('a', 'old'), record('a', 'b', 'b'), record('old')])).toEqual([
      { inserted: 1, updated: 1 },
      { inserted: 1, updated: 1 },
      { inserted: 0, updated: 1 },
    ]);
    expect(await record('a', 'c')).toEqual({ inserted: 1, updated: 1 });
  });

  test('a call that the database refuses fails only its caller', async () => {
    const other = knex({ ...host.config, useNullAsDefault: true });
    await other.raw(REFUSE_MODEL_X[server.name]);
    await other.destroy();
    const results = await Promise.allSettled(
      ['m', 'x', 'm', 'm', 'x'].map((model, index) =>
        host.usage.calls.record({ ...CALL, model, userDid: 'alice', id: String(index) }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(await totals('alice')).toMatchObject({ calls: 3 });
  });

  test('a call that ended stays ended, in a later transaction too', async () => {
    const record = (status: 'processing' | 'success' | 'failed', credits: string) =>
      host.usage.calls.record({ ...CALL, userDid: 'alice', id: 'a', status, credits });
    await record('success', '2');
    expect(await record('processing', '5')).toEqual({ inserted: 0, updated: 1 });
    expect(await totals('alice')).toEqual({ calls: 1, credits: '2' });
    await record('failed', '3');
    expect(await totals('alice')).toEqual({ calls: 1, credits: '3' });
  });

  test('every field comes back as it was, the awkward ones too', async () => {
    const metadata = { quote: `'"\\?:a\n`, nested: [1, null, { deep: '😀' }], lone: '\ud800' };
    await host.usage.calls.record({
      ...CALL,
      userDid: `o'hara \\ "x"`,
      id: '?:id',
      traceId: 'trace',
      provider: 'p',
      type: 'audioGeneration',
      status: 'failed',
      durationMs: 1234.567,
      ttfbMs: 0.001,
      usage: { units: 0.1 },
      credits: '90071992.54740991',
      errorReason: `cut ${'x'.repeat(3995)}😀 and on`,
      metadata,
    });
    const other = knex({ ...host.config, useNullAsDefault: true });
    const row = await other('model_calls').first<Record<string, string | number | null>>();
    await other.destroy();
    const { user_did, id, units, credits_e8, duration_us, ttfb_us, input_tokens } = row;
    expect({ user_did, id, units, input_tokens }).toEqual({
      user_did: `o'hara \\ "x"`,
      id: '?:id',
      units: 0.1,
      input_tokens: null,
    });
    expect([credits_e8, duration_us, ttfb_us].map(String)).toEqual([
      '9007199254740991',
      '1234567',
      '1',
    ]);
    // Half of an emoji is no text to a database's JSON functions.
    expect(JSON.parse(String(row['metadata']))).toEqual({ ...metadata, lone: '\ufffd' });
    expect(String(row['error_reason'])).toMatch(/^cut x+\ufffd$/);
  });

  test('stop writes what was recorded before it', async () => {
    const records = Array.from({ length: 300 }, (_, index) =>
      host.usage.calls.record({ ...CALL, userDid: 'alice', id: String(index) }),
    );
    await host.usage.stop();
    expect(await Promise.all(records)).toHaveLength(300);
    await expect(host.usage.calls.record({ ...CALL, userDid: 'alice' })).rejects.toMatchObject({
      code: 'RECORDER_STOPPED',
    });
    const other = knex({ ...host.config, useNullAsDefault: true });
    const [row] = await other('model_calls').count<{ count: number | string }[]>({ count: '*' });
    await other.destroy();
    expect(Number(row?.count)).toBe(300);
  });
});

/** A rule of the host's own that one model breaks. */
const REFUSE_MODEL_X = {
  SQLite: `create trigger refuse before insert on model_calls when new.model = 'x'
    begin select raise(abort, 'refused'); end`,
  PostgreSQL: `alter table model_calls add constraint refuse check (model <> 'x')`,
  MariaDB: `alter table model_calls add constraint refuse check (model <> 'x')`,
};
