import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertNotification } from '../../src/index.js';
import { createAlertControl } from '../../src/alerts/delivery/alert-control.js';
import type { AlertDelivery } from '../../src/alerts/outbox/delivery-report-store.js';
import {
  buryUnserved,
  finishDelivery,
  leaseDeliveries,
} from '../../src/alerts/outbox/delivery-store.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import { createEvent, createTestWorker, storeEvents, waitUntil } from '../helpers/alert-outbox.js';
import { createTestAuthority } from '../helpers/certificates.js';
import { takeServers } from '../helpers/take-servers.js';
import { type TestDatabase } from '../helpers/test-databases.js';

const servers = await takeServers();
const TABLE = 'model_alert_deliveries';

describe.each(servers)('deliveries of alerts, on $name', (server) => {
  let database: Database;
  let made: TestDatabase;
  beforeEach(async () => {
    made = await server.create();
    database = openDatabase(made.config);
    await migrate(database.writer);
  });
  afterEach(async () => {
    await database.close();
    await made.drop();
  });

  const list = (): Promise<AlertDelivery[]> =>
    createAlertControl(database, () => undefined).deliveries();
  const makeDue = (): Promise<unknown> => database.writer(TABLE).update({ next_attempt_at_ms: 0 });
  const lease = (name: string, leaseMs = 60_000): ReturnType<typeof leaseDeliveries> =>
    leaseDeliveries(database, { lease: name, channels: ['callback'], limit: 10, leaseMs });

  test('an event reaches the callback, and its delivery says so', async () => {
    const received: AlertNotification[] = [];
    await storeEvents(database, 'alice', [createEvent('e-1')]);
    await storeEvents(database, '', [createEvent('e-2', { value: null, periodStartMs: null })]);
    const { worker, counts, errors } = createTestWorker(database, {
      onAlert: (alert) => received.push(alert),
    });
    worker.start();
    await waitUntil(() => counts.delivered === 2);
    await worker.stop();
    expect(received.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      {
        ...{ id: 'e-1', userDid: 'alice', ruleId: 'rule-1', type: 'fired', metric: 'credits' },
        ...{ name: 'Monthly budget', scope: { kind: 'account' }, level: '80%', threshold: '80' },
        ...{ value: '80.0000000001', periodStart: '2026-11-01T00:00:00.000Z' },
        occurredAt: '2026-11-22T00:00:00.000Z',
      },
      expect.objectContaining({ id: 'e-2', userDid: null, value: null, periodStart: null }),
    ]);
    const [first] = await list();
    expect(first).toMatchObject({ status: 'delivered', attempts: 1, nextAttemptAt: null });
    expect(Math.abs(Date.parse(first?.deliveredAt ?? '') - Date.now())).toBeLessThan(60_000);
    expect(errors).toEqual([]);
  });

  test('one that always fails is a dead letter after seven attempts, and can be sent again', async () => {
    let isBroken = true;
    await storeEvents(database, 'alice', [createEvent('e-1')]);
    const { worker, counts } = createTestWorker(database, {
      onAlert: async () => {
        await Promise.resolve();
        if (isBroken) throw new Error('mail server is down');
      },
    });
    worker.start();
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      await waitUntil(() => counts.failed + counts.dead === attempt);
      const [delivery] = await list();
      expect(delivery).toMatchObject({
        ...{ attempts: attempt, lastError: 'onAlert threw: mail server is down' },
        status: attempt === 7 ? 'dead' : 'pending',
      });
      if (delivery?.nextAttemptAt == null) break;
      pauses.push(Math.round((Date.parse(delivery.nextAttemptAt) - Date.now()) / 1000));
      await makeDue();
    }
    for (const [index, seconds] of [5, 300, 1800, 7200, 18_000, 36_000].entries()) {
      expect(Math.abs((pauses[index] ?? 0) - seconds)).toBeLessThanOrEqual(3);
    }
    expect(counts).toEqual({ delivered: 0, failed: 6, dead: 1 });

    isBroken = false;
    const control = createAlertControl(database, () => {
      worker.wake();
    });
    const key = { userDid: 'alice', eventId: 'e-1', channel: 'callback' };
    expect(await control.retry({ ...key, userDid: 'bob' })).toBe(false);
    expect(await control.retry(key)).toBe(true);
    await waitUntil(() => counts.delivered === 1);
    expect(await control.retry(key)).toBe(false);
    await worker.stop();
    expect(await control.deliveries({ status: 'dead' })).toEqual([]);
    expect(await control.deliveries({ userDid: 'bob' })).toEqual([]);
    expect(await control.deliveries({ userDid: 'alice' })).toHaveLength(1);
  });

  test('workers of two instances send each event once', async () => {
    const events = Array.from({ length: 60 }, (_, index) => createEvent(`e-${index}`));
    const other = openDatabase(made.config);
    const sent: string[] = [];
    const onAlert = async ({ id }: AlertNotification): Promise<void> => {
      sent.push(id);
      await new Promise((resolve) => setTimeout(resolve, 15));
    };
    const workers = [database, database, other].map((one) => createTestWorker(one, { onAlert }));
    for (const { worker } of workers) worker.start();
    await storeEvents(database, 'alice', events);
    for (const { worker } of workers) worker.wake();
    await waitUntil(async () => (await list()).every(({ status }) => status === 'delivered'));
    await Promise.all(workers.map(({ worker }) => worker.stop()));
    await other.close();
    expect(sent.length).toBe(60);
    expect(new Set(sent).size).toBe(60);
    expect(workers.flatMap(({ errors }) => errors)).toEqual([]);
  });

  test('a lease is held by one worker, and when it is over, no longer by the first', async () => {
    await storeEvents(database, 'alice', [createEvent('e-1')]);
    const both = await Promise.all([lease('a', 60_000), lease('b', 60_000)]);
    const [first] = both.flat();
    expect(both.flat()).toHaveLength(1);
    expect(await lease('c')).toEqual([]);
    // As after its end: the process is gone, or stood still.
    await makeDue();
    const [second] = await lease('d');
    expect(second).toMatchObject({ eventId: 'e-1', attempt: 2, lease: 'd' });
    const done = { status: 'delivered', httpStatus: null } as const;
    expect(first && (await finishDelivery(database, first, done))).toBe(false);
    expect((await list())[0]).toMatchObject({ status: 'sending', deliveredAt: null });
    expect(second && (await finishDelivery(database, second, done))).toBe(true);
    expect(second && (await finishDelivery(database, second, done))).toBe(false);
    expect((await list())[0]?.status).toBe('delivered');
  });

  test('a delivery that ends its process each time is given up', async () => {
    await storeEvents(database, 'alice', [createEvent('e-1')]);
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      expect(await lease(`lease-${attempt}`)).toHaveLength(1);
      await makeDue();
    }
    expect(await lease('lease-8')).toEqual([]);
    expect((await list())[0]).toMatchObject({ status: 'dead', attempts: 7 });
  });

  test('one whose channel no instance has waits, then is given up', async () => {
    const occurredAtMs = Date.now();
    const channels = [{ kind: 'webhook', webhookId: 'gone' } as const];
    await storeEvents(database, 'alice', [createEvent('e-1', { occurredAtMs, channels })]);
    const { worker, errors } = createTestWorker(database, { onAlert: () => undefined });
    worker.start();
    await new Promise((resolve) => setTimeout(resolve, 120));
    await worker.stop();
    await buryUnserved(database, occurredAtMs);
    expect((await list())[0]).toMatchObject({ status: 'pending', attempts: 0 });
    await buryUnserved(database, occurredAtMs + 1);
    expect((await list())[0]).toMatchObject({
      status: 'dead',
      lastError: 'no instance has this channel',
    });
    expect(errors).toEqual([]);
  });

  test('a callback that does not end is cut off; stop ends an attempt, which is made again', async () => {
    await storeEvents(database, 'alice', [createEvent('e-1')]);
    const never = (): Promise<void> => new Promise(() => undefined);
    const slow = createTestWorker(database, { onAlert: never }, { attemptMs: 100 });
    slow.worker.start();
    await waitUntil(() => slow.counts.failed === 1);
    await slow.worker.stop();
    expect((await list())[0]?.lastError).toBe('no response within 0.1 seconds');
    await makeDue();
    let isCalled = false;
    const hanging = createTestWorker(database, {
      onAlert: () => {
        isCalled = true;
        return never();
      },
    });
    hanging.worker.start();
    await waitUntil(() => isCalled);
    await hanging.worker.stop();
    expect((await list())[0]).toMatchObject({ status: 'pending', lastError: 'the process ended' });
  });

  test('a webhook that responds 410 gets nothing more, until its URL is another', async () => {
    let requests = 0;
    const authority = createTestAuthority();
    const receiver = createServer(authority.issue('hooks.example'), (_, response) => {
      requests += 1;
      response.writeHead(410).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    const network = {
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      isBlocked: () => false,
      ca: authority.ca,
    };
    const channels = [{ kind: 'webhook', webhookId: 'ops' } as const];
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const sendOne = async (id: string, path: string): Promise<void> => {
      await storeEvents(database, 'alice', [createEvent(id, { channels })]);
      const url = `https://hooks.example:${port}/${path}`;
      const webhooks = [{ id: 'ops', url, secret }];
      const { worker, counts } = createTestWorker(database, { webhooks }, { network });
      worker.start();
      await waitUntil(() => counts.dead === 1);
      await worker.stop();
    };
    const control = createAlertControl(database, () => undefined);
    await sendOne('e-1', 'a');
    expect(requests).toBe(1);
    expect(await control.disabledWebhooks()).toMatchObject([{ id: 'ops' }]);
    await sendOne('e-2', 'a');
    expect(requests).toBe(1);
    await sendOne('e-3', 'b');
    expect(requests).toBe(2);
    expect(await control.enableWebhook('ops')).toBe(true);
    expect(await control.enableWebhook('ops')).toBe(false);
    await sendOne('e-4', 'b');
    expect(requests).toBe(3);
    const errors = (await list()).map(({ eventId, lastError }) => [eventId, lastError]);
    expect(Object.fromEntries(errors)).toEqual({
      'e-1': 'responded 410',
      'e-2': 'the webhook is disabled: it responded 410',
      'e-3': 'responded 410',
      'e-4': 'responded 410',
    });
    receiver.close();
  });
});
