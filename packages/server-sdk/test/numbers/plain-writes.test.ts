import knexFactory from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestUsageOn, NOW_MS, type TestUsage } from '../helpers/create-test-usage.js';
import { ROLLED_UP, fillRows, writeProgress } from '../helpers/fill-rows.js';
import { takeServers } from '../helpers/take-servers.js';

const USER = 'user-1';
const servers = await takeServers();

/** Whatever another program does by plain SQL to the hours that are not rolled up has to be in the next answer. */
describe.each(servers)('calls of the running hour, on $name', (server) => {
  let host: TestUsage;
  let other: ReturnType<typeof knexFactory>;
  beforeEach(async () => {
    host = await createTestUsageOn(server);
    other = knexFactory({
      ...host.config,
      useNullAsDefault: true,
      pool: { min: 0, max: 1 },
    });
    await insert('old', 2 * 86_400_000);
    await fillRows(other, USER, ROLLED_UP(NOW_MS));
    await writeProgress(other, USER, ROLLED_UP(NOW_MS));
  });
  afterEach(async () => {
    await other.destroy();
    await host.close();
  });

  const row = (id: string, agoMs: number): Record<string, unknown> => ({
    user_did: USER,
    id,
    app_did: 'app-1',
    model: 'm-1',
    status: 'success',
    started_at_ms: NOW_MS - agoMs,
    credits_e8: 100,
  });
  const insert = (id: string, agoMs = 1000): Promise<unknown> =>
    other('model_calls').insert(row(id, agoMs));
  const totals = async (): Promise<[number, string | null]> => {
    const { calls, credits } = await host.usage.stats.getAggregatedStats(
      USER,
      'app-1',
      NOW_MS - 30 * 86_400_000,
      NOW_MS + 1,
    );
    return [calls, credits];
  };

  test('a call that was added is counted, once', async () => {
    expect(await totals()).toEqual([1, '0.000001']);
    await insert('a');
    expect(await totals()).toEqual([2, '0.000002']);
    expect(await totals()).toEqual([2, '0.000002']);
    await insert('b');
    expect(await totals()).toEqual([3, '0.000003']);
  });

  test('a call of another user is not', async () => {
    await insert('a');
    expect(await totals()).toEqual([2, '0.000002']);
    await other('model_calls').insert({ ...row('b', 1000), user_did: 'user-2' });
    expect(await totals()).toEqual([2, '0.000002']);
  });

  test('changed, moved and deleted calls are not counted as they were', async () => {
    await insert('a');
    await insert('b');
    expect(await totals()).toEqual([3, '0.000003']);
    await other('model_calls').where('id', 'a').update({ credits_e8: 500 });
    expect(await totals()).toEqual([3, '0.000007']);
    await other('model_calls').where('id', 'a').update({ user_did: 'user-2' });
    expect(await totals()).toEqual([2, '0.000002']);
    await other('model_calls').where('id', 'a').update({ user_did: USER });
    expect(await totals()).toEqual([3, '0.000007']);
    await other('model_calls').where('id', 'b').delete();
    expect(await totals()).toEqual([2, '0.000006']);
  });

  test('a call that was replaced is counted as it is now', async () => {
    await insert('a');
    expect(await totals()).toEqual([2, '0.000002']);
    const replaced = { ...row('a', 1000), credits_e8: 900 };
    if (server.name === 'SQLite') {
      const columns = Object.keys(replaced);
      await other.raw(
        `insert or replace into model_calls (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
        Object.values(replaced).map(String),
      );
    } else {
      await other('model_calls').where('id', 'a').delete();
      await other('model_calls').insert(replaced);
    }
    expect(await totals()).toEqual([2, '0.00001']);
  });

  test('a call that the deletion of a newer one makes room for is counted', async () => {
    await insert('a');
    await other('model_calls').insert({ ...row('b', 1000), user_did: 'user-2' });
    expect(await totals()).toEqual([2, '0.000002']);
    await other('model_calls').where('id', 'b').delete();
    await insert('c');
    expect(await totals()).toEqual([3, '0.000003']);
  });

  test('a call that was processing is counted once, as it is now, in its present hour', async () => {
    const change = (id: string, to: Record<string, unknown>): Promise<unknown> =>
      other('model_calls').where('id', id).update(to);
    const begin = (id: string): Promise<unknown> =>
      other('model_calls').insert({ ...row(id, 1000), status: 'processing', credits_e8: null });
    const shown = async (): Promise<unknown[]> => {
      const ranges = [USER, 'app-1', NOW_MS - 30 * 86_400_000, NOW_MS + 1] as const;
      const { calls, processingCalls, credits } = await host.usage.stats.getAggregatedStats(
        ...ranges,
      );
      return [calls, processingCalls, credits];
    };
    for (const id of ['a', 'b', 'c', 'd', 'e']) await begin(id);
    await insert('other');
    expect(await shown()).toEqual([7, 5, '0.000002']);
    await change('a', { status: 'success', credits_e8: 300 });
    expect(await shown()).toEqual([7, 4, '0.000005']);
    expect(await shown()).toEqual([7, 4, '0.000005']);
    await change('a', { credits_e8: 400 });
    expect(await shown()).toEqual([7, 4, '0.000006']);
    // Still processing, with changed values.
    await change('b', { credits_e8: 100 });
    expect(await shown()).toEqual([7, 4, '0.000007']);
    await change('b', { app_did: 'app-2' });
    expect(await shown()).toEqual([6, 3, '0.000006']);
    await change('b', { app_did: 'app-1', status: 'failed' });
    expect(await shown()).toEqual([7, 3, '0.000007']);
    await change('c', { user_did: 'user-2' });
    expect(await shown()).toEqual([6, 2, '0.000007']);
    await change('c', { user_did: USER, status: 'success' });
    expect(await shown()).toEqual([7, 2, '0.000007']);
    await other('model_calls').where('id', 'd').delete();
    expect(await shown()).toEqual([6, 1, '0.000007']);
    // Of a later hour, and back, ended.
    await change('e', { started_at_ms: NOW_MS + 4 * 3_600_000 });
    expect(await shown()).toEqual([5, 0, '0.000007']);
    await change('e', { started_at_ms: NOW_MS - 2000, status: 'success', credits_e8: 1 });
    expect(await shown()).toEqual([6, 0, '0.00000701']);
    // All in one statement, and one that goes back.
    for (const id of ['x', 'y', 'z']) await begin(id);
    expect(await shown()).toEqual([9, 3, '0.00000701']);
    await other('model_calls').where('status', 'processing').update({ status: 'success' });
    expect(await shown()).toEqual([9, 0, '0.00000701']);
    await change('a', { status: 'processing' });
    expect(await shown()).toEqual([9, 1, '0.00000701']);
  });

  test('a call from a clock ahead is counted when its time has come', async () => {
    await insert('ahead', -60_000);
    expect(await totals()).toEqual([1, '0.000001']);
    const { calls } = await host.usage.stats.getAggregatedStats(
      USER,
      'app-1',
      NOW_MS - 30 * 86_400_000,
      NOW_MS + 120_000,
    );
    expect(calls).toBe(2);
  });

  const onPostgres = server.name === 'PostgreSQL' ? test : (): void => undefined;
  onPostgres(
    'a call of a transaction that others overtook is counted when it is there',
    async () => {
      const slow = knexFactory({ ...host.config, pool: { min: 0, max: 1 } });
      const trx = await slow.transaction();
      // In a separate transaction.
      const inner = await trx.transaction();
      await inner('model_calls').insert({ ...row('slow', 1000), recorded_at_ms: 1 });
      await inner.commit();
      await other('model_calls').insert({ ...row('a', 1000), user_did: 'user-2' });
      expect(await totals()).toEqual([1, '0.000001']);
      await trx.commit();
      expect(await totals()).toEqual([2, '0.000002']);
      await insert('b');
      expect(await totals()).toEqual([3, '0.000003']);
      expect(await totals()).toEqual([3, '0.000003']);
      await slow.destroy();
    },
  );
  onPostgres(
    'while another program’s transaction is long in progress, no call is counted twice',
    async () => {
      const slow = knexFactory({ ...host.config, pool: { min: 0, max: 1 } });
      const trx = await slow.transaction();
      await trx('model_calls').insert({ ...row('slow', 1000), user_did: 'user-3' });
      for (const [index, id] of ['a', 'b', 'c'].entries()) {
        await insert(id);
        expect((await totals())[0]).toBe(index + 2);
        expect((await totals())[0]).toBe(index + 2);
      }
      await trx.rollback();
      expect((await totals())[0]).toBe(4);
      await insert('d');
      expect((await totals())[0]).toBe(5);
      await slow.destroy();
    },
  );
  onPostgres(
    'a call that ends while others are read is processing until its end is committed',
    async () => {
      await other('model_calls').insert({
        ...row('a', 1000),
        status: 'processing',
        credits_e8: null,
      });
      expect(await totals()).toEqual([2, '0.000001']);
      const slow = knexFactory({ ...host.config, pool: { min: 0, max: 1 } });
      const trx = await slow.transaction();
      await trx('model_calls').where('id', 'a').update({ status: 'success', credits_e8: 100 });
      expect(await totals()).toEqual([2, '0.000001']);
      await trx.commit();
      expect(await totals()).toEqual([2, '0.000002']);
      await insert('b');
      expect(await totals()).toEqual([3, '0.000003']);
      await slow.destroy();
    },
  );
  onPostgres('emptying the table is seen', async () => {
    await insert('a');
    expect((await totals())[0]).toBe(2);
    await other.raw('truncate model_calls');
    await insert('b');
    await host.usage.rollup.run();
    expect((await totals())[0]).toBe(1);
  });

  const onSqlite = server.name === 'SQLite' ? test : (): void => undefined;
  onSqlite('rows numbered anew hide no call', async () => {
    for (const id of ['x', 'y', 'z']) {
      await other('model_calls').insert({ ...row(id, 1000), user_did: 'user-2' });
    }
    await insert('a');
    expect(await totals()).toEqual([2, '0.000002']);
    await other('model_calls').where('user_did', 'user-2').delete();
    await other.raw('vacuum');
    await insert('b');
    expect(await totals()).toEqual([3, '0.000003']);
  });
});
