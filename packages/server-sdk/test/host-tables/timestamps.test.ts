import type { Knex } from 'knex';
import { expect, test } from 'vitest';
import { createUsage, type CallItem, type CallTable } from '../../src/index.js';
import { NOW_MS, listen } from '../helpers/create-test-usage.js';
import { openHub } from '../helpers/hub-database.js';
import { takeServers } from '../helpers/take-servers.js';
import { createServer } from 'node:http';

const HOUR_MS = 3_600_000;
const RANGE = { from: NOW_MS - 100 * HOUR_MS, to: NOW_MS };
const servers = await takeServers();

const MAPPING: CallTable = {
  table: 'Requests',
  columns: {
    id: 'Key',
    userDid: 'user',
    startedAt: 'began at',
    model: 'model',
    status: 'state',
    appDid: 'app',
    duration: 'took',
    inputTokens: 'in',
    outputTokens: 'out',
    credits: 'cost',
    updatedAt: 'written',
  },
  timeUnit: 'timestamp',
  durationUnit: 'ms',
};

async function createRequests(host: Knex, name: string): Promise<void> {
  // What each of these hosts would use: text as Sequelize writes it, a zoned timestamp, a DATETIME in UTC.
  const instant = { SQLite: 'varchar(40)', PostgreSQL: 'timestamptz', MariaDB: 'datetime(6)' }[
    name
  ];
  await host.schema.createTable('Requests', (table) => {
    table.increments('Key');
    table.string('user');
    table.string('app');
    table.string('model').notNullable();
    table.string('state').notNullable();
    table.specificType('began at', instant ?? '').notNullable();
    table.specificType('written', instant ?? '').notNullable();
    table.integer('took');
    table.integer('in');
    table.integer('out');
    table.decimal('cost', 20, 8);
    table.index(['user', 'began at']);
    table.index(['user', 'app', 'began at']);
    table.index(['began at']);
  });
}

test.each(servers)('a table with timestamps is read on $name', async (server) => {
  const database = await server.create();
  const host = openHub(database.config);
  const zone = server.name === 'MariaDB' ? '' : ' +00:00';
  const at = (ms: number, micros = ''): string =>
    new Date(ms).toISOString().replace('T', ' ').replace('Z', '') + micros + zone;
  const fine = server.name !== 'SQLite';
  const row = (index: number): Record<string, unknown> => ({
    user: ['alice', 'Alice', 'bob'][index % 3],
    app: index % 2 === 0 ? 'app' : null,
    model: 'm',
    state: 'success',
    // Many within one millisecond, distinguished below it where the column can.
    'began at': at(NOW_MS - (1 + (index % 7)) * 9 * HOUR_MS, fine ? String(100 + index) : ''),
    written: at(NOW_MS),
    took: 3_000_000 + index,
    in: 5,
    out: 2,
    cost: '0.12345678',
  });
  await createRequests(host, server.name);
  await host('Requests').insert(Array.from({ length: 90 }, (_, index) => row(index)));
  const usage = createUsage({
    database: database.config,
    calls: MAPPING,
    authenticate: ({ headers }) => ({ userDid: String(headers['x-user']) }),
    rollup: false,
    clock: { now: () => NOW_MS },
  });
  const totals = (user: string, app: string | null) =>
    usage.stats.getAggregatedStats(user, app, RANGE.from, RANGE.to);
  await usage.migrate();
  const before = await totals('alice', null);
  expect(before).toMatchObject({ calls: 30, totalTokens: 210, credits: '3.7037034' });
  await usage.rollup.run();
  expect(await totals('alice', null)).toEqual(before);
  expect((await totals('Alice', null)).calls).toBe(30);
  expect((await totals('alice', 'unassigned')).calls).toBe(15);
  expect((await totals('alice', 'app')).calls).toBe(15);

  await host('Requests')
    .where('user', 'bob')
    .update({ cost: '1', written: at(Date.now()) });
  await host('Requests').insert({
    ...row(0),
    'began at': at(NOW_MS - 95 * HOUR_MS),
    written: at(Date.now()),
  });
  await usage.rollup.run();
  expect((await totals('bob', null)).credits).toBe('30');
  expect((await totals('alice', null)).calls).toBe(31);
  expect(await usage.rollup.verify(RANGE)).toMatchObject({ differences: [], pendingHours: 0 });

  const http = await listen(createServer(usage.callback()), '/api/usage');
  const seen: string[] = [];
  for (let cursor = '', more = true; more;) {
    const path = `/projects/unassigned/calls?limit=4&from=${RANGE.from}&to=${RANGE.to}${cursor}`;
    const page = await http.get<{ items: CallItem[]; nextCursor: string | null }>(path);
    expect(page.status).toBe(200);
    seen.push(...page.body.items.map(({ id }) => id));
    cursor = `&cursor=${page.body.nextCursor ?? ''}`;
    more = page.body.nextCursor !== null;
  }
  expect(seen).toHaveLength(15);
  expect(new Set(seen).size).toBe(15);
  await http.close();
  await usage.stop();
  await host.destroy();
  await database.drop();
});
