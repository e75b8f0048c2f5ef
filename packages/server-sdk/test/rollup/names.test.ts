import knexFactory from 'knex';
import { expect, test } from 'vitest';
import { createUsage, type ModelCallInput } from '../../src/index.js';
import { NOW_MS, silentLogger } from '../helpers/create-test-usage.js';
import { availableServers } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
const HOURS = 200;

/** In each hour a user, a project and a model of its own. */
const CALLS = Array.from({ length: HOURS }, (_, hour): ModelCallInput => ({
  userDid: `user-${hour}`,
  appDid: `app-${hour}`,
  model: `model-${hour}`,
  status: 'success',
  startedAt: NOW_MS - (HOURS + 2 - hour) * HOUR_MS,
}));

/** Whoever records, in another process too, waits for each transaction that gives names their numbers. */
test.each(await availableServers())(
  'new names of many hours get their numbers together, and known ones are not written, on $name',
  async (server) => {
    const { config, drop } = await server.create();
    const knex = knexFactory({ ...config, useNullAsDefault: true });
    let nowMs = NOW_MS;
    const usage = createUsage({
      database: knex,
      authenticate: () => null,
      rollup: false,
      clock: { now: () => nowMs },
      logger: silentLogger,
    });
    await usage.migrate();
    let insertions = 0;
    knex.on('query', ({ sql }: { sql: string }) => {
      if (/insert.+into\W+model_call_keys\b/i.test(sql)) insertions += 1;
    });

    await usage.calls.record(CALLS);
    expect(await usage.rollup.run()).toMatchObject({ hours: HOURS });
    expect(insertions).toBe(3);

    nowMs += 20 * HOUR_MS;
    await usage.calls.record(CALLS.map((call) => ({ ...call, startedAt: NOW_MS + 10 * HOUR_MS })));
    expect(await usage.rollup.run()).toMatchObject({ hours: 1 });
    expect(insertions).toBe(3);

    await usage.stop();
    await knex.destroy();
    await drop();
  },
);
