import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import knex, { type Knex } from 'knex';
import { describe, expect, test } from 'vitest';
import { createTestUsageOn, NOW_MS } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { readCount } from '../helpers/test-size.js';

const HOUR_MS = 3_600_000;
const HOURS = 24 * 70;
const CALLS = 6000;
const KILLS = readCount('CRASH_KILLS', { few: 1, more: 2 });
const WORKER = fileURLToPath(new URL('../helpers/rollup-worker.ts', import.meta.url));
const servers = await takeServers();

/** Spread over the hours without a random source, so that a failure can be looked at again. */
function callAt(index: number, salt: number): number {
  return NOW_MS - (((index * 7919 + salt) % HOURS) + 1) * HOUR_MS - ((index * 104_729) % HOUR_MS);
}

test.each(servers)(
  'a rollup killed at any point is carried on, on $name: nothing twice, nothing missing',
  async (server) => {
    const host = await createTestUsageOn(server);
    const record = (from: number, count: number, salt: number): Promise<unknown> =>
      host.usage.calls.record(
        Array.from({ length: count }, (_, offset) => ({
          id: `call-${from + offset}`,
          userDid: `user-${offset % 3}`,
          appDid: `app-${offset % 5}`,
          model: 'm',
          status: 'success' as const,
          startedAt: callAt(from + offset, salt),
          durationMs: 1 + (offset % 900),
          credits: '0.00000001',
        })),
      );
    await record(0, CALLS, 0);
    let late = CALLS;
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Calls of hours that are rolled up already, so that every run has something to rebuild too.
      await record(late, 40, kill);
      late += 40;
      await runAndKill(host.config, (kill * 37) % 180);
    }
    // What was killed still holds the lease, for two minutes; and a commit of it that the server had received already
    // may renew it even after it was taken away.
    for (let skipped = true; skipped;) {
      await releaseLease(host.config);
      ({ skipped } = await host.usage.rollup.run());
    }
    const range = { from: NOW_MS - (HOURS + 2) * HOUR_MS, to: NOW_MS };
    const report = await host.usage.rollup.verify(range);
    expect(report).toMatchObject({ differences: [], pendingHours: 0 });
    let calls = 0;
    for (const user of ['user-0', 'user-1', 'user-2']) {
      calls += (await host.usage.stats.getAggregatedStats(user, null, range.from, range.to)).calls;
    }
    expect(calls).toBe(late);
    await host.close();
  },
  60_000 + KILLS * 10_000,
);

describe.each(servers)('what a killed run left, on $name', (server) => {
  const DAY_MS = Date.UTC(2026, 9, 30);

  // Killed between the rows and the watermarks that make them seen.
  test.each([
    ['of a day', {}],
    ['of an hour', { built_through_ms: DAY_MS }],
  ])('%s does not outlive its calls', async (_, marks) => {
    const host = await createTestUsageOn(server);
    const record = (userDid: string, startedAt: number): Promise<unknown> =>
      host.usage.calls.record({ userDid, model: 'm', status: 'success', startedAt });
    await record('alice', DAY_MS + HOUR_MS);
    await record('bob', DAY_MS + HOUR_MS);
    await record('bob', NOW_MS - 2 * HOUR_MS);
    await host.usage.rollup.run();
    const other = openOther(host.config);
    await other('model_call_users').update({
      ...marks,
      due_at_ms: 0,
      days_through_ms: DAY_MS,
      months_through_ms: Date.UTC(2026, 9, 1),
    });
    await other('model_calls').where('user_did', 'alice').delete();
    await other.destroy();
    host.clock.nowMs += HOUR_MS;
    await record('bob', NOW_MS - HOUR_MS / 2);
    await host.usage.rollup.run();
    const range = { from: DAY_MS - HOUR_MS, to: NOW_MS + HOUR_MS };
    expect((await host.usage.rollup.verify(range)).differences).toEqual([]);
    const { calls } = await host.usage.stats.getAggregatedStats(
      'alice',
      null,
      range.from,
      range.to,
    );
    expect(calls).toBe(0);
    await host.close();
  });
});

/** Rolls up in a separate process, and kills it some time after its first transaction. */
async function runAndKill(config: object, afterMs: number): Promise<void> {
  const tsx = import.meta.resolve('tsx');
  const child = spawn(
    process.execPath,
    [
      '--conditions=usage-kit-source',
      '--import',
      tsx,
      WORKER,
      JSON.stringify({ config, nowMs: NOW_MS }),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await ended;
}

async function releaseLease(config: Knex.Config): Promise<void> {
  const other = openOther(config);
  await other('model_call_slots').update({ lease_until_ms: 0 });
  await other.destroy();
}

/** Another program with the same database. */
function openOther(config: Knex.Config): Knex {
  return knex({ ...config, useNullAsDefault: true });
}
