import { describe, expect, test } from 'vitest';
import { priceTable, type CallItem, type ModelCallInput, type Usage } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  createTestUsageOn,
  listen,
  openTestUsage,
} from '../helpers/create-test-usage.js';
import { createServer } from 'node:http';
import { openHub } from '../helpers/hub-database.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RANGE = { from: NOW_MS - 30 * DAY_MS, to: NOW_MS };
const servers = await takeServers();

/** Their sum has a digit in the tenth place, and is beyond what a floating-point number holds. */
const AMOUNTS = ['0.0000000001', '0.1234567891', '80071992.5474099199', '7', '0'];
const SUM = '80071999.6708667091';
const CALL: ModelCallInput = {
  userDid: 'alice',
  appDid: 'app',
  model: 'm',
  status: 'success',
  startedAt: NOW_MS - 2 * HOUR_MS,
};

async function readSum({ stats }: Usage): Promise<string | null> {
  const { from, to } = RANGE;
  return (await stats.getAggregatedStats('alice', null, from, to)).credits;
}

async function listCredits(usage: Usage): Promise<(string | null)[]> {
  const server = await listen(createServer(usage.callback()), '/api/usage');
  const { body } = await server.get<{ items: CallItem[] }>('/projects/app/calls', {
    user: 'alice',
  });
  await server.close();
  return body.items.map(({ credits }) => credits);
}

describe.each(servers)('credits of ten decimals, on $name', (server) => {
  test('are stored and added up to the last digit, live, rolled up and late', async () => {
    const host = await createTestUsageOn(server, { creditDecimals: 10 });
    const { usage } = host;
    await usage.calls.record(
      AMOUNTS.map((credits, index) => ({
        ...CALL,
        ...{ credits, id: `c${index}`, startedAt: NOW_MS - (index + 2) * DAY_MS },
      })),
    );
    expect(await readSum(usage)).toBe(SUM);
    await usage.rollup.run();
    expect(await readSum(usage)).toBe(SUM);
    expect(await listCredits(usage)).toEqual(AMOUNTS);
    const late = { credits: '0.0000000909', id: 'late', startedAt: NOW_MS - 3 * DAY_MS };
    await usage.calls.record({ ...CALL, ...late });
    expect(await readSum(usage)).toBe('80071999.6708668');
    await usage.rollup.run();
    expect(await readSum(usage)).toBe('80071999.6708668');
    expect((await usage.rollup.verify(RANGE)).differences).toEqual([]);
    await host.close();
  });

  test.each(['decimal', 'double'] as const)(
    'of a host’s column of type %s are read to the last digit',
    async (type) => {
      const database = await server.create();
      const host = openHub(database.config);
      await host.schema.createTable('Requests', (table) => {
        table.string('id').primary();
        for (const name of ['user', 'app', 'model', 'state']) table.string(name).notNullable();
        for (const name of ['at', 'written']) table.bigInteger(name).notNullable();
        if (type === 'decimal') table.decimal('credits', 20, 10);
        else table.double('credits');
        table.index(['user', 'at']);
      });
      // SQLite holds a decimal of a table as a binary fraction: of 15 digits at most.
      const amounts = [
        '0.0000000001',
        '0.1234567891',
        '89999.1234567891',
        '7',
        '0',
        '1234567.12345678',
      ];
      await host('Requests').insert(
        amounts.map((credits, index) => ({
          ...{ id: `r${index}`, user: 'alice', app: 'app', model: 'm', state: 'success', credits },
          ...{ at: NOW_MS - (index + 2) * DAY_MS, written: NOW_MS },
        })),
      );
      const usage = openTestUsage({
        database: database.config,
        clock: { now: () => NOW_MS },
        creditDecimals: 10,
        calls: {
          table: 'Requests',
          columns: {
            ...{ id: 'id', userDid: 'user', startedAt: 'at', model: 'model', status: 'state' },
            ...{ appDid: 'app', credits: 'credits', updatedAt: 'written' },
          },
          timeUnit: 'ms',
          updatedAtUnit: 'ms',
        },
      });
      await usage.migrate();
      await usage.rollup.run();
      expect(await readSum(usage)).toBe('1324573.3703703583');
      expect(await listCredits(usage)).toEqual(amounts);
      await usage.stop();
      await host.destroy();
      await database.drop();
    },
  );
});

test('prices give as many decimals, and more are rounded half to even', async () => {
  const host = await createTestUsage({
    creditDecimals: 10,
    pricing: {
      prices: priceTable({ name: 'own', prices: [{ model: 'm', input: '0.0003' }] }),
      creditsPerUnit: '0.25',
    },
  });
  await host.usage.calls.record([
    { ...CALL, id: 'a', usage: { inputTokens: 3, outputTokens: 0 } },
    { ...CALL, id: 'b', credits: '0.00000000025' },
    { ...CALL, id: 'c', credits: '0.00000000035' },
  ]);
  // 3 × 0.0003 / 10^6 × 0.25 = 0.000000000225.
  expect((await listCredits(host.usage)).sort()).toEqual(
    ['0.0000000002', '0.0000000002', '0.0000000004'].sort(),
  );
  await host.close();
});

test('without the option there are eight', async () => {
  const host = await createTestUsage();
  await host.usage.calls.record({ ...CALL, credits: '0.0000000151' });
  expect(await readSum(host.usage)).toBe('0.00000002');
  await host.close();
});

test('another number of decimals is refused', async () => {
  await expect(createTestUsage({ creditDecimals: 9 as 8 })).rejects.toThrow(
    'creditDecimals must be 8 or 10',
  );
});
