import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAlertControl } from '../../src/alerts/delivery/alert-control.js';
import { listEvents } from '../../src/alerts/outbox/event-store.js';
import { deleteDelivered, deleteEvents } from '../../src/alerts/outbox/prune-store.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { withoutTransaction } from '../../src/db/transaction.js';
import { createEvent, storeEvents } from '../helpers/alert-outbox.js';
import { createTestUsageOn, NOW_MS, type TestUsage } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer } from '../helpers/test-databases.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

describe.each(await takeServers())('the outbox, on $name', (server) => {
  let host: TestUsage;
  let database: Database;
  beforeEach(async () => {
    host = await createTestUsageOn(server, {
      alerts: {
        onAlert: () => undefined,
        retention: { eventDays: 100, deliveredDays: 10 },
      },
    });
    database = openDatabase(host.config);
  });
  afterEach(async () => {
    await database.close();
    await host.close();
  });

  const store = (userDid: string, id: string, ageDays: number, ruleId = 'r'): Promise<void> =>
    storeEvents(database, userDid, [
      createEvent(id, { occurredAtMs: NOW_MS - ageDays * DAY_MS, ruleId }),
    ]);
  const end = (eventId: string, status: string, ageDays: number): Promise<unknown> =>
    database
      .writer('model_alert_deliveries')
      .where('event_id', eventId)
      .update({
        status,
        next_attempt_at_ms: NOW_MS - ageDays * DAY_MS,
        delivered_at_ms: NOW_MS - ageDays * DAY_MS,
      });
  const readEvents = async (userDid: string): Promise<string[]> =>
    (await listEvents(withoutTransaction(database), userDid, { limit: 10_000 })).map(
      ({ id }) => id,
    );
  const readDeliveries = async (): Promise<string[]> =>
    (await createAlertControl(database, () => undefined).deliveries({ limit: 10_000 }))
      .map(({ eventId }) => eventId)
      .sort();

  test('loses with a run of the rollup what is older than its retention', async () => {
    await store('alice', 'old', 101);
    await store('bob', 'kept', 99);
    await store('bob', 'delivered', 99);
    await store('bob', 'dead', 99);
    await store('bob', 'delivered-lately', 11);
    await end('old', 'dead', 101);
    await end('delivered', 'delivered', 10.5);
    await end('dead', 'dead', 50);
    await end('delivered-lately', 'delivered', 9.5);
    await host.usage.rollup.run();
    expect(await readEvents('alice')).toEqual([]);
    expect((await readEvents('bob')).sort()).toEqual(
      ['dead', 'delivered', 'delivered-lately', 'kept'].sort(),
    );
    expect(await readDeliveries()).toEqual(['dead', 'delivered-lately', 'kept']);
  });

  test('is pruned every hour', async () => {
    await host.usage.rollup.run();
    await store('alice', 'old', 101);
    await host.usage.rollup.run();
    expect(await readEvents('alice')).toEqual(['old']);
    host.clock.nowMs += HOUR_MS;
    await host.usage.rollup.run();
    expect(await readEvents('alice')).toEqual([]);
  });

  test('keeps the state of the operator’s rules', async () => {
    await store('', 'first', 300, 'rollup-lag');
    await store('', 'last', 200, 'rollup-lag');
    await store('', 'only', 250, 'rollup-failures');
    await host.usage.rollup.run();
    expect((await readEvents('')).sort()).toEqual(['last', 'only']);
  });

  test('is pruned in batches, of which several instances may do the same', async () => {
    for (let user = 0; user < 3; user += 1) {
      const ids = Array.from({ length: 40 }, (_, index) => `e-${user}-${index}`);
      await storeEvents(
        database,
        `user-${user}`,
        ids.map((id, index) => createEvent(id, { occurredAtMs: NOW_MS - index * DAY_MS })),
      );
    }
    await database.writer('model_alert_deliveries').update({ status: 'delivered' });
    const beforeMs = NOW_MS - 19.5 * DAY_MS;
    expect(await deleteEvents(database, beforeMs, 25)).toBe(25);
    expect(await readDeliveries()).toHaveLength(95);
    const both = [deleteEvents(database, beforeMs, 35), deleteEvents(database, beforeMs, 35)];
    await Promise.all(both);
    for (let found = 1; found > 0;) found = await deleteEvents(database, beforeMs, 10);
    const left = await Promise.all([0, 1, 2].map((user) => readEvents(`user-${user}`)));
    expect(left.map((ids) => ids.length)).toEqual([20, 20, 20]);
    expect(left[1]?.at(-1)).toBe('e-1-19');
    // Delivered immediately: their lease ended at 0.
    expect(await deleteDelivered(database, NOW_MS, 50)).toBe(50);
    expect(await deleteDelivered(database, NOW_MS, 50)).toBe(10);
    expect(await readDeliveries()).toEqual([]);
    expect(await readEvents('user-2')).toHaveLength(20);
  });
});

test('a retention that is none is refused', async () => {
  for (const [retention, message] of [
    [{ eventDays: 30 }, 'alerts.retention.eventDays must be an integer from 31 to 36500'],
    [{ eventDays: 40, deliveredDays: 41 }, 'alerts.retention.deliveredDays'],
    [{ eventsDays: 40 } as object, 'eventsDays'],
  ] as const) {
    await expect(createTestUsageOn(sqliteServer, { alerts: { retention } })).rejects.toThrow(
      message,
    );
  }
});
