import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelCallInput, RollupReport, Usage, UsageOptions } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsageOn,
  openTestUsage,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const servers = await takeServers();
const RANGE = { from: NOW_MS - 200 * HOUR_MS, to: NOW_MS };

let host: TestUsage;
let other: Knex;
let more: Usage[];

const open = (recorder: NonNullable<UsageOptions['recorder']>): Usage => {
  const usage = openTestUsage({ database: host.config, clock: host.clock, recorder });
  more.push(usage);
  return usage;
};
const call = (
  id: string,
  hoursAgo: number,
  others: Partial<ModelCallInput> = {},
): ModelCallInput => ({
  ...{ id, userDid: 'alice', appDid: 'app', model: 'm', status: 'processing' },
  startedAt: NOW_MS - hoursAgo * HOUR_MS,
  ...others,
});
const run = (usage = host.usage): Promise<RollupReport> => usage.rollup.run();
const count = async (userDid = 'alice'): Promise<[calls: number, failed: number, open: number]> => {
  const { calls, failedCalls, processingCalls } = await host.usage.stats.getAggregatedStats(
    ...[userDid, 'app', RANGE.from, RANGE.to],
  );
  return [calls, failedCalls, processingCalls];
};
const statuses = async (): Promise<Record<string, string>> => {
  const rows = await other<Record<'id' | 'status' | 'error_reason', string | null>>('model_calls');
  return Object.fromEntries(
    rows.map(({ id, status, error_reason }) => [
      id ?? '',
      error_reason === null ? (status ?? '') : `${status}: ${error_reason}`,
    ]),
  );
};
const verify = async (): Promise<void> => {
  expect(await host.usage.rollup.verify(RANGE)).toMatchObject({ differences: [], pendingHours: 0 });
};

describe.each(servers)('calls that never end, on $name', (server) => {
  beforeEach(async () => {
    host = await createTestUsageOn(server);
    other = knex({ ...host.config, useNullAsDefault: true });
    more = [];
  });
  afterEach(async () => {
    for (const usage of more) await usage.stop();
    await other.destroy();
    await host.close();
  });

  test('end as failed after a day, once, in their hour', async () => {
    await host.usage.calls.record([
      ...[call('old', 25), call('new', 23), call('ended', 25, { status: 'success' })],
      call('other', 50, { userDid: 'bob' }),
    ]);
    await host.usage.rollup.rebuild(RANGE);
    expect(await statuses()).toEqual({
      ...{ old: 'failed: abandoned', new: 'processing', ended: 'success' },
      other: 'failed: abandoned',
    });
    expect([await count(), await count('bob')]).toEqual([
      [3, 1, 1],
      [1, 1, 0],
    ]);
    await verify();
    const hour = await host.usage.stats.getHourlyStatsByApp('alice', 'app', NOW_MS - 25 * HOUR_MS);
    expect(hour).toMatchObject({ calls: 2, failedCalls: 1, successfulCalls: 1 });
  });

  test('end also where their hour is built, and are counted once by the run', async () => {
    await host.usage.calls.record([call('a', 20), call('b', 20, { status: 'success' })]);
    expect((await run()).abandonedCalls).toBe(0);
    host.clock.nowMs += 5 * HOUR_MS;
    expect(await count()).toEqual([2, 0, 1]);
    expect(await run()).toMatchObject({ abandonedCalls: 1, rebuiltHours: 1 });
    expect(await count()).toEqual([2, 1, 0]);
    expect((await run()).abandonedCalls).toBe(0);
    await verify();
  });

  test('are corrected when they end after all', async () => {
    await host.usage.calls.record(call('a', 30));
    await run();
    await host.usage.calls.record(call('a', 30));
    expect(await statuses()).toEqual({ a: 'failed: abandoned' });
    await host.usage.calls.record(call('a', 30, { status: 'success', durationMs: 5 }));
    expect(await statuses()).toEqual({ a: 'success' });
    expect(await count()).toEqual([1, 0, 0]);
    expect((await run()).abandonedCalls).toBe(0);
    expect(await count()).toEqual([1, 0, 0]);
    await verify();
  });

  test('have a time by type', async () => {
    const usage = open({ abandonAfterMinutes: { video: 4320, embedding: 5, default: 60 } });
    await usage.calls.record([
      ...[call('v-71', 71, { type: 'video' }), call('v-73', 73, { type: 'video' })],
      ...[call('e', 0.1, { type: 'embedding' }), call('c', 0.9), call('d', 1.1)],
    ]);
    expect((await run(usage)).abandonedCalls).toBe(3);
    expect(await statuses()).toEqual({
      ...{ 'v-71': 'processing', 'v-73': 'failed: abandoned', c: 'processing' },
      ...{ e: 'failed: abandoned', d: 'failed: abandoned' },
    });
    await verify();
  });

  test('are left alone where that is off', async () => {
    const usage = open({ abandonAfterMinutes: false });
    await usage.calls.record(call('a', 150));
    expect((await run(usage)).abandonedCalls).toBe(0);
    expect(await count()).toEqual([1, 0, 1]);
  });

  test('are ended once by instances that run together, however many there are', async () => {
    const users = ['alice', 'bob', 'carol'];
    await host.usage.calls.record(
      users.flatMap((userDid) =>
        Array.from({ length: 400 }, (_, index) => call(`${index}`, 26 + (index % 50), { userDid })),
      ),
    );
    await run(open({ abandonAfterMinutes: false }));
    const instances = [host.usage, open({}), open({})];
    const reports = await Promise.all(instances.map((usage) => run(usage)));
    expect(reports.reduce((sum, report) => sum + report.abandonedCalls, 0)).toBe(1200);
    await run();
    for (const userDid of users) expect(await count(userDid)).toEqual([400, 400, 0]);
    await verify();
  });

  test('that plain SQL wrote end, too', async () => {
    await other('model_calls').insert({
      ...{ user_did: 'alice', id: 'a', app_did: 'app', model: 'm', status: 'processing' },
      ...{ type: 'embedding', started_at_ms: NOW_MS - 30 * HOUR_MS },
    });
    expect((await run(open({ abandonAfterMinutes: { video: 60 } }))).abandonedCalls).toBe(1);
    await verify();
  });

  test('are left alone in a table of the host', async () => {
    await host.usage.stop();
    await other.schema.createTable('host_calls', (table) => {
      table.string('id', 64).primary();
      for (const name of ['user', 'model', 'status']) table.string(name, 64);
      table.bigInteger('at');
      table.index(['user', 'at']);
      table.index(['at']);
    });
    await other('host_calls').insert({
      ...{ id: 'a', user: 'alice', model: 'm', status: 'processing', at: NOW_MS - 90 * HOUR_MS },
    });
    const columns = { id: 'id', userDid: 'user', model: 'model', status: 'status' };
    const usage = openTestUsage({
      ...{ database: host.config, clock: host.clock },
      calls: { table: 'host_calls', columns: { ...columns, startedAt: 'at' }, timeUnit: 'ms' },
    });
    more.push(usage);
    expect((await run(usage)).abandonedCalls).toBe(0);
    expect((await other('host_calls').first<{ status: string }>()).status).toBe('processing');
  });
});
