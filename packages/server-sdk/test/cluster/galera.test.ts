import { randomBytes } from 'node:crypto';
import knex, { type Knex } from 'knex';
import { expect, test } from 'vitest';
import type { ModelCallInput, Usage } from '../../src/index.js';
import { openTestUsage } from '../helpers/create-test-usage.js';

/** Nodes of a Galera cluster on which databases may be made and dropped: `mysql://root@127.0.0.1:33061/mysql,mysql://…`. */
const nodes = (process.env['TEST_GALERA_URL'] ?? '').split(',').filter((url) => url !== '');
if (nodes.length < 2) {
  console.warn(
    '\n*** NOT TESTED: Galera. TEST_GALERA_URL names the nodes, separated by commas ***\n',
  );
}

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 22, 10, 20);
const BATCHES = 40;
const CALLS_PER_BATCH = 25;
const USERS = 12;
/** More would make most batches collide with those of other nodes: the recorder gives up after ten attempts. */
const USERS_PER_BATCH = 2;

/** Batches of a node: the same users as on the others, in hours that are being rolled up meanwhile. */
function batchOf(node: number, batch: number): ModelCallInput[] {
  return Array.from({ length: CALLS_PER_BATCH }, (_, index) => ({
    id: `call-${node}-${batch}-${index}`,
    userDid: `user-${(batch + (index % USERS_PER_BATCH)) % USERS}`,
    appDid: `app-${index % 3}`,
    model: 'm',
    status: 'success' as const,
    startedAt: NOW_MS - (1 + ((index * 13 + batch * 5) % 96)) * HOUR_MS,
    durationMs: 1 + index,
    credits: '0.00000001',
  }));
}

test.skipIf(nodes.length < 2)(
  'on Galera, recorders and rollups on all nodes lose no call and count none twice',
  async () => {
    const name = `usage_kit_test_${randomBytes(6).toString('hex')}`;
    const [first = ''] = nodes;
    await onNode(first, (admin) => admin.raw(`create database ${name}`));
    const usages = nodes.map((node) => openOn(node, name));
    const [usage] = usages;
    try {
      await usage?.migrate();
      await untilMigrated(name);
      const conflicts = await countConflicts();
      let isRecording = true;
      const rollUp = async (each: Usage): Promise<void> => {
        while (isRecording) await retryRollup(each);
      };
      const record = async (each: Usage, node: number): Promise<void> => {
        for (let batch = 0; batch < BATCHES; batch += 1) {
          await each.calls.record(batchOf(node, batch));
        }
      };
      const rollups = usages.map(rollUp);
      await Promise.all(usages.map(record));
      isRecording = false;
      await Promise.all(rollups);
      expect(await countConflicts()).toBeGreaterThan(conflicts);
      for (const each of usages) await each.rollup.run();
      const range = { from: NOW_MS - 100 * HOUR_MS, to: NOW_MS };
      for (const each of usages) {
        const report = await each.rollup.verify(range);
        expect(report).toMatchObject({ differences: [], pendingHours: 0 });
        let calls = 0;
        for (let user = 0; user < USERS; user += 1) {
          const totals = await each.stats.getAggregatedStats(
            `user-${user}`,
            null,
            range.from,
            range.to,
          );
          calls += totals.calls;
        }
        expect(calls).toBe(nodes.length * BATCHES * CALLS_PER_BATCH);
      }
    } finally {
      await Promise.all(usages.map((each) => each.stop()));
      await onNode(first, (admin) => admin.raw(`drop database ${name}`));
    }
  },
  180_000,
);

/** Runs a rollup; one that others' commits ended is done by the next run. */
async function retryRollup(usage: Usage): Promise<void> {
  try {
    await usage.rollup.run();
  } catch (error) {
    expect((error as { code?: unknown }).code).toBe('ER_LOCK_DEADLOCK');
  }
}

function configOf(node: string, database?: string): Knex.Config {
  const url = new URL(node);
  if (database !== undefined) url.pathname = `/${database}`;
  return {
    client: 'mysql2',
    connection: url.toString(),
    pool: {
      min: 0,
      max: 4,
      // A read waits for what other nodes committed before it.
      afterCreate: (
        connection: { query(sql: string, done: (error: Error | null) => void): void },
        done: (error: Error | null, connection: unknown) => void,
      ) => {
        connection.query('set session wsrep_sync_wait = 7', (error) => {
          done(error, connection);
        });
      },
    },
  };
}

function openOn(node: string, database: string): Usage {
  return openTestUsage({ database: configOf(node, database), clock: { now: () => NOW_MS } });
}

async function onNode(node: string, work: (admin: Knex) => PromiseLike<unknown>): Promise<void> {
  const admin = knex(configOf(node));
  try {
    await work(admin);
  } finally {
    await admin.destroy();
  }
}

/** How many transactions the nodes have ended in favor of those of other nodes. */
async function countConflicts(): Promise<number> {
  let conflicts = 0;
  for (const node of nodes) {
    await onNode(node, async (admin) => {
      const [rows = []] = await admin.raw<[{ Value: string }[]?]>(
        `show status where variable_name in ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')`,
      );
      for (const { Value } of rows) conflicts += Number(Value);
    });
  }
  return conflicts;
}

/** Waits until every node has the tables. */
async function untilMigrated(database: string): Promise<void> {
  for (const node of nodes) {
    await onNode(node, (admin) => admin.raw(`select count(*) from ${database}.model_call_users`));
  }
}
