import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RollupAlerts, type RollupState } from '../../src/alerts/operators/rollup-alerts.js';
import { listEvents } from '../../src/alerts/outbox/event-store.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import { withoutTransaction } from '../../src/db/transaction.js';
import { takeServers } from '../helpers/take-servers.js';
import { type TestDatabase } from '../helpers/test-databases.js';

const servers = await takeServers();
const FINE: RollupState = {
  ...{ lagSeconds: 60, rolledUpThrough: '2026-11-22T10:00:00.000Z', hasFailed: false },
  lastSuccessAt: '2026-11-22T10:20:00.000Z',
};
const LAGS = { ...FINE, lagSeconds: 9000 };
const FAILS = { ...FINE, hasFailed: true };

describe.each(servers)('alerts of the rollup, on $name', (server) => {
  let database: Database;
  let made: TestDatabase;
  let nowMs: number;
  beforeEach(async () => {
    made = await server.create();
    database = openDatabase(made.config);
    await migrate(database.writer);
    nowMs = 1;
  });
  afterEach(async () => {
    await database.close();
    await made.drop();
  });

  const create = (): RollupAlerts =>
    new RollupAlerts({
      database,
      settings: { maxLagSeconds: 7800, failures: 3, channels: [{ kind: 'callback' }] },
      clock: { now: () => (nowMs += 1) },
      onEvents: () => undefined,
    });
  const events = async (): Promise<string[]> => {
    const found = await listEvents(withoutTransaction(database), '', { limit: 10 });
    return found.reverse().map(({ ruleId, type, value }) => `${ruleId} ${type} ${value}`);
  };
  const play = async (alerts: RollupAlerts, ...states: RollupState[]): Promise<void> => {
    for (const state of states) await alerts.check(state);
  };

  test('a lag fires once, clears after two runs, and fires again', async () => {
    const alerts = create();
    await play(alerts, FINE, FINE, LAGS, LAGS, FINE, LAGS);
    expect(await events()).toEqual(['rollup-lag fired 9000']);
    await play(alerts, FINE, FINE, FINE);
    await play(alerts, { ...LAGS, rolledUpThrough: '2026-11-22T12:00:00.000Z' });
    expect(await events()).toEqual([
      ...['rollup-lag fired 9000', 'rollup-lag cleared 60', 'rollup-lag fired 9000'],
    ]);
  });

  test('failures in a row fire; runs of other instances end no row', async () => {
    const alerts = create();
    await play(alerts, FAILS, FAILS, FINE, FAILS, { ...FINE, hasFailed: null }, FAILS);
    expect(await events()).toEqual([]);
    await play(alerts, FAILS, FAILS);
    expect(await events()).toEqual(['rollup-failures fired 3']);
    await play(alerts, FINE, FINE);
    expect(await events()).toHaveLength(2);
  });

  test('instances and restarts store each crossing once', async () => {
    await Promise.all([create(), create()].map((alerts) => play(alerts, LAGS)));
    await play(create(), LAGS);
    expect(await events()).toEqual(['rollup-lag fired 9000']);
    await Promise.all([create(), create()].map((alerts) => play(alerts, FINE, FINE)));
    expect(await events()).toEqual(['rollup-lag fired 9000', 'rollup-lag cleared 60']);
    const deliveries: unknown[] = await database.reader('model_alert_deliveries').select();
    expect(deliveries).toHaveLength(2);
  });
});
