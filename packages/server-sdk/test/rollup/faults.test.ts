import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import knex, { type Knex } from 'knex';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { createRollupControl } from '../../src/rollup/rollup-control.js';
import { runRollup } from '../../src/rollup/run-rollup.js';
import { createScheduler } from '../../src/rollup/scheduler.js';
import { NOW_MS, createTestUsageOn, type TestUsage } from '../helpers/create-test-usage.js';
import { createRunOptions } from '../helpers/create-run-options.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const HOURS = 24 * 70;
const RANGE = { from: NOW_MS - (HOURS + 2) * HOUR_MS, to: NOW_MS };
const LEASE_TTL_MS = 300;
const WORKER = fileURLToPath(new URL('../helpers/lease-worker.ts', import.meta.url));
const servers = await takeServers();

/** Calls of three users in every hour of ten weeks and more. */
async function record(host: TestUsage, count: number, salt: string, aged = 0): Promise<void> {
  await host.usage.calls.record(
    Array.from({ length: count }, (_, index) => ({
      id: `${salt}-${index}`,
      userDid: `user-${index % 3}`,
      appDid: `app-${index % 5}`,
      model: 'm',
      status: 'success' as const,
      startedAt: NOW_MS - (((index * 7919) % (HOURS - aged)) + 1 + aged) * HOUR_MS - 1000,
      durationMs: 1 + (index % 900),
      credits: '0.00000001',
    })),
  );
}

async function requireClean(host: TestUsage, calls: number): Promise<void> {
  const report = await host.usage.rollup.verify(RANGE);
  expect(report).toMatchObject({ differences: [], pendingHours: 0 });
  expect(report.buckets).toBeGreaterThan(0);
  const totals = await Promise.all(
    ['user-0', 'user-1', 'user-2'].map((user) =>
      host.usage.stats.getAggregatedStats(user, null, RANGE.from, RANGE.to),
    ),
  );
  expect(totals.reduce((sum, total) => sum + total.calls, 0)).toBe(calls);
}

test.each(servers)(
  'a scheduler that is stopped for longer than its lease and continued damages no aggregates, on $name',
  async (server) => {
    const host = await createTestUsageOn(server);
    await record(host, 4000, 'first');
    const { child, output } = startWorker({
      config: host.config,
      nowMs: NOW_MS,
      stopAfterHours: 300,
      leaseTtlMs: LEASE_TTL_MS,
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      await vi.waitFor(
        () => {
          expect(isStopped(child)).toBe(true);
        },
        { timeout: 30_000, interval: 20 },
      );
      const before = await host.usage.rollup.status();
      expect(before.owner).not.toBeNull();
      // The other instance takes over when the lease has expired, and has work of every kind.
      await record(host, 100, 'late', HOURS - 300);
      const database = openDatabase(host.config);
      const other = createRunOptions(database, NOW_MS, LEASE_TTL_MS);
      let report = await runRollup(other);
      while (report.skipped) report = await runRollup(other);
      expect(report.hours).toBeGreaterThan(0);
      await record(host, 50, 'later', HOURS - 200);
      child.kill('SIGCONT');
      expect(await ended).toBe(0);
      expect(output.join('')).toContain('done ');
      await database.close();
    } finally {
      child.kill('SIGKILL');
    }
    // The last calls may still be of dirty hours: one more run, of any instance.
    await host.usage.rollup.run();
    await requireClean(host, 4150);
    await host.close();
  },
  120_000,
);

test.each(servers.filter(({ name }) => name !== 'SQLite'))(
  'a rollup continues after each of many broken connections, on $name',
  async (server) => {
    const host = await createTestUsageOn(server);
    await record(host, 4000, 'first');
    const admin = knex({ ...host.config, pool: { min: 1, max: 1 } });
    await admin.raw('select 1');
    const database = openDatabase(host.config);
    const control = createRollupControl(database, { now: () => NOW_MS }, 5);
    const errors: unknown[] = [];
    let breaking: Promise<unknown> = Promise.resolve();
    let done: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (done = resolve));
    const scheduler = createScheduler({
      cron: '0 0 1 1 *',
      run: async (signal) => {
        // Not each hits a statement, so they go on until some did; a day of hours between two, or no run would get further.
        let nextBreak = 24;
        await control.run({
          signal,
          onProgress: ({ hours }) => {
            if (errors.length >= 4 || hours < nextBreak) return;
            nextBreak = hours + 24;
            breaking = breaking.then(() => breakConnections(admin));
          },
        });
        done();
      },
      onError: (error) => errors.push(error),
      retries: 20,
      wait: () => breaking.then(() => undefined),
    });
    scheduler.start();
    await finished;
    await scheduler.stop();
    expect(errors.length).toBeGreaterThan(0);
    expect((await host.usage.rollup.status()).owner).toBeNull();
    await admin.destroy();
    await database.close();
    await requireClean(host, 4000);
    await host.close();
  },
  120_000,
);

function startWorker(task: object): { child: ChildProcess; output: string[] } {
  const tsx = import.meta.resolve('tsx');
  const child = spawn(
    process.execPath,
    ['--conditions=usage-kit-source', '--import', tsx, WORKER, JSON.stringify(task)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const output: string[] = [];
  child.stdout.on('data', (part: Buffer) => output.push(part.toString()));
  return { child, output };
}

/** Whether the process is stopped, as the kernel says. */
function isStopped({ pid }: ChildProcess): boolean {
  const [, state] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  return state?.startsWith('T') ?? false;
}

/** Ends all connections to the database but the one that asks, as a restart of its server would. */
async function breakConnections(admin: Knex): Promise<void> {
  const { config } = admin.client as { config: Knex.Config };
  if (config.client === 'pg') {
    await admin.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    return;
  }
  const [rows = []] = await admin.raw<[{ id: number }[]]>(
    `select id from information_schema.processlist where db = database() and id <> connection_id()`,
  );
  // One that has ended by itself cannot be ended.
  for (const { id } of rows) await admin.raw(`kill ${id}`).catch(() => undefined);
}
