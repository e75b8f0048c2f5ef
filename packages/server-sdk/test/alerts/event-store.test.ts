import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NewAlertEvent } from '../../src/alerts/outbox/alert-event.js';
import { listEvents, writeEvents } from '../../src/alerts/outbox/event-store.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import { withoutTransaction, writeInTransaction } from '../../src/db/transaction.js';
import { takeServers } from '../helpers/take-servers.js';
import { type TestDatabase } from '../helpers/test-databases.js';

const servers = await takeServers();

const EVENT: NewAlertEvent = {
  id: 'event-1',
  ruleId: 'rule-1',
  type: 'fired',
  metric: 'credits',
  scope: { kind: 'account' },
  level: '80%',
  value: '80.0000000001',
  threshold: '80',
  periodStartMs: Date.UTC(2026, 10, 1),
  occurredAtMs: Date.UTC(2026, 10, 22),
  name: `Monatsbudget 'é' \\ "?"`,
  channels: [{ kind: 'callback' }, { kind: 'webhook', webhookId: 'ops' }, { kind: 'callback' }],
};

describe.each(servers)('events of alerts, on $name', (server) => {
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

  const write = (userDid: string, events: readonly NewAlertEvent[]): Promise<void> =>
    writeInTransaction(database, (transaction) => writeEvents(transaction, userDid, events));
  const countDeliveries = async (): Promise<number> => {
    const rows: unknown[] = await database.reader('model_alert_deliveries').select();
    return rows.length;
  };

  test('are stored with a delivery for each channel, and read as they were written', async () => {
    await write('alice', [EVENT, { ...EVENT, id: 'event-2', value: null, periodStartMs: null }]);
    const { channels, ...stored } = EVENT;
    expect(channels).toHaveLength(3);
    const events = await listEvents(withoutTransaction(database), 'alice', { limit: 10 });
    expect(events).toEqual([
      { ...stored, userDid: 'alice', id: 'event-2', value: null, periodStartMs: null },
      { ...stored, userDid: 'alice' },
    ]);
    expect(await countDeliveries()).toBe(4);
    expect(await listEvents(withoutTransaction(database), 'bob', { limit: 10 })).toEqual([]);
  });

  test('an event whose id the user has is ignored with its channels', async () => {
    await write('alice', [EVENT]);
    await database.writer('model_alert_deliveries').update({ status: 'delivered', attempts: 1 });
    const other = { ...EVENT, name: 'other', channels: [{ kind: 'webhook', webhookId: 'x' }] };
    await write('alice', [other as NewAlertEvent]);
    await write('bob', [EVENT]);
    const [event] = await listEvents(withoutTransaction(database), 'alice', { limit: 10 });
    expect(event?.name).toBe(EVENT.name);
    const rows: unknown = await database
      .reader('model_alert_deliveries')
      .select('user_did', 'channel', 'status')
      .orderBy(['user_did', 'channel']);
    expect(rows).toMatchObject([
      { user_did: 'alice', channel: 'callback', status: 'delivered' },
      { user_did: 'alice', channel: 'webhook:ops', status: 'delivered' },
      { user_did: 'bob', channel: 'callback', status: 'pending' },
      { user_did: 'bob', channel: 'webhook:ops', status: 'pending' },
    ]);
  });

  test('two that see the same crossing at the same time store one', async () => {
    const other = openDatabase(made.config);
    await Promise.all(
      [database, other].map((each) =>
        writeInTransaction(each, (transaction) => writeEvents(transaction, 'alice', [EVENT])),
      ),
    );
    await other.close();
    expect(await listEvents(withoutTransaction(database), 'alice', { limit: 10 })).toHaveLength(1);
    expect(await countDeliveries()).toBe(2);
  });

  test('a transaction that fails stores neither', async () => {
    const failing = writeInTransaction(database, async (transaction) => {
      await writeEvents(transaction, 'alice', [EVENT]);
      throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await listEvents(withoutTransaction(database), 'alice', { limit: 10 })).toEqual([]);
    expect(await countDeliveries()).toBe(0);
  });

  test('are listed by rule and from the latest', async () => {
    const events = [0, 1, 2, 3].map((index) => ({
      ...EVENT,
      id: `event-${index}`,
      ruleId: `rule-${index % 2}`,
      occurredAtMs: EVENT.occurredAtMs + index,
    }));
    await write('alice', events);
    const list = async (filter: object): Promise<string[]> => {
      const found = await listEvents(withoutTransaction(database), 'alice', {
        limit: 10,
        ...filter,
      });
      return found.map(({ id }) => id);
    };
    expect(await list({ ruleId: 'rule-1' })).toEqual(['event-3', 'event-1']);
    expect(await list({ beforeMs: EVENT.occurredAtMs + 2, limit: 1 })).toEqual(['event-1']);
  });
});
