import { afterEach, describe, expect, test } from 'vitest';
import { migrations } from '../src/db/migrations/index.js';
import { aigneHubCalls, createUsage, staticQuota, type UsageOptions } from '../src/index.js';
import {
  createTestUsage,
  serveInKoa,
  silentLogger,
  type TestServer,
  type TestUsage,
} from './helpers/create-test-usage.js';

const OPTIONS: UsageOptions = { database: 'sqlite::memory:', authenticate: () => null };

describe('createUsage', () => {
  test.each([
    [{ authenticate: undefined }, 'authenticate'],
    [{ authenticate: 'alice' }, 'authenticate'],
    [{ database: '' }, 'database'],
    [{ database: 'redis://localhost' }, 'database'],
    [{ basePath: 'api' }, 'basePath'],
    [{ basePath: '/' }, 'basePath'],
    [{ rollup: { graceMinutes: '5' } }, 'rollup.graceMinutes'],
    [{ rollup: { maxLagSeconds: 60 } }, 'rollup.maxLagSeconds'],
    [{ rollup: { retries: -1 } }, 'rollup.retries'],
    [{ calls: { table: 'calls' } }, 'calls.columns'],
    [{ calls: { ...aigneHubCalls(), timeUnit: 'minutes' } }, 'calls.timeUnit'],
    [{ calls: { ...aigneHubCalls(), table: 'a?b' } }, 'calls.table'],
    [{ limits: { maxRangeDays: 0 } }, 'limits.maxRangeDays'],
    [{ limits: { quotaDeadlineMs: 1e9 } }, 'limits.quotaDeadlineMs'],
    [{ limits: { maxRangeDays: null } }, 'limits.maxRangeDays'],
    [{ basePath: '/api/../usage' }, 'basePath'],
    [{ basePath: null }, 'basePath'],
    [{ database: {} }, 'database'],
    [{ database: () => null }, 'database'],
    [{ quota: {} }, 'quota'],
    [{ quota: { getQuota: () => null } }, 'quota'],
    [{ projects: {} }, 'projects'],
    [{ logger: { error: () => undefined } }, 'logger'],
    [{ logger: null }, 'logger'],
    [{ metrics: {} }, 'metrics'],
    [{ onError: 'mail' }, 'onError'],
    [{ clock: () => 0 }, 'clock'],
    [{ openapi: 'no' }, 'openapi'],
    [{ rollup: { onLag: 'mail' } }, 'rollup.onLag'],
    [{ rollup: { cron: 5 } }, 'rollup.cron'],
    [{ recorder: { abandonAfterMinutes: 0 } }, 'recorder.abandonAfterMinutes'],
    [{ recorder: { abandonAfterMinutes: '60' } }, 'recorder.abandonAfterMinutes'],
    [{ recorder: { abandonAfterMinutes: true } }, 'recorder.abandonAfterMinutes'],
    [{ recorder: { abandonAfterMinutes: null } }, 'recorder.abandonAfterMinutes'],
    [{ recorder: { abandonAfterMinutes: { video: 1.5 } } }, 'recorder.abandonAfterMinutes.video'],
    [{ replica: 'postgres://standby/db' }, 'replica'],
    [{ replica: {} }, 'replica.database'],
    [{ replica: { database: 'sqlite::memory:' } }, 'replica.database'],
    [{ replica: { database: 'postgres://standby/db', maxLagSeconds: 0 } }, 'replica.maxLagSeconds'],
    [{ replica: { database: 'postgres://standby/db' }, calls: aigneHubCalls() }, 'replica'],
  ])('refuses %j and names the option', (changes, name) => {
    expect(() => createUsage({ ...OPTIONS, ...changes } as UsageOptions)).toThrow(
      new RegExp(`^${name.replace('.', '\\.')}`),
    );
  });

  test.each([
    [
      { retension: { callsDays: 90 } },
      'retension: unknown option retension; did you mean retention?',
    ],
    [{ retention: { days: 90 } }, 'retention.days: unknown option days; use callsDays'],
    [{ rollup: { graceMinute: 5 } }, 'did you mean graceMinutes?'],
    [{ rollup: true }, 'rollup must be an object'],
    [{ recorder: { maxQueued: 5 } }, 'did you mean maxQueuedCalls?'],
    [{ recorder: { abandonAfterMinutes: { vidio: 5 } } }, 'did you mean video?'],
    [{ limits: { max_range_days: 5 } }, 'did you mean maxRangeDays?'],
    [{ embed: { keys: [], origin: [] } }, 'did you mean origins?'],
    [{ embed: { keys: [{ id: 'a', secrets: 'x' }], origins: [] } }, 'did you mean secret?'],
    [{ calls: { ...aigneHubCalls(), durationUnits: 's' } }, 'did you mean durationUnit?'],
    [
      { calls: { ...aigneHubCalls(), columns: { ...aigneHubCalls().columns, price: 'c' } } },
      'calls.columns.price: unknown option price; use id',
    ],
    [
      {
        calls: {
          ...aigneHubCalls(),
          columns: { ...aigneHubCalls().columns, usage: { column: 'a', keys: 'b' } },
        },
      },
      'calls.columns.usage',
    ],
  ])('%j is refused with the nearest name', (changes, message) => {
    expect(() => createUsage({ ...OPTIONS, ...changes } as UsageOptions)).toThrow(message);
  });

  test('so are options of aigneHubCalls', () => {
    expect(() => aigneHubCalls({ findChange: false } as object)).toThrow(
      'did you mean findChanges?',
    );
  });

  test.each([null, undefined, 5])('options that are %j are refused as such', (options) => {
    expect(() => createUsage(options as never)).toThrow('the options must be an object');
  });

  test.each([
    [{ entires: [] }, 'staticQuota.entires: unknown option entires; did you mean entries?'],
    [{}, 'staticQuota.entries must be a list'],
    [null, 'staticQuota takes an object'],
    [{ entries: [], isUnlimited: true }, 'staticQuota.isUnlimited must be a function'],
  ])('staticQuota(%j) is refused', (options, message) => {
    expect(() => staticQuota(options as never)).toThrow(message);
  });

  test.each([
    [{ from: 0, to: 1, user: 'alice' }, 'user: unknown option user'],
    [{ from: 0, to: 1, userDid: '' }, 'userDid must name a user'],
    [{ from: 0, to: 1, userDid: null }, 'userDid must name a user'],
    [undefined, 'the range must be an object'],
  ])(
    'rollup.rebuild(%j) and verify are of everyone only when they say so',
    async (range, message) => {
      const usage = createUsage(OPTIONS);
      await usage.migrate();
      await expect(usage.rollup.rebuild(range as never)).rejects.toThrow(message);
      await expect(usage.rollup.verify(range as never)).rejects.toThrow(message);
      await usage.stop();
    },
  );

  test('a host’s own Knex stays open', async () => {
    const { default: knex } = await import('knex');
    const own = knex({
      client: 'sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });
    const usage = createUsage({ ...OPTIONS, database: own });
    expect(await usage.migrate()).toEqual(migrations.map(({ name }) => name));
    expect(await usage.migrate()).toEqual([]);
    await usage.stop();
    expect(await own('model_calls').select()).toEqual([]);
    expect(await own.schema.hasTable('knex_migrations')).toBe(false);
    await own.destroy();
  });
});

describe('an identity', () => {
  let host: TestUsage;
  let server: TestServer;
  const ask = async (authenticate: unknown): Promise<{ status: number; text: string }> => {
    host = await createTestUsage({ authenticate: authenticate as UsageOptions['authenticate'] });
    server = await serveInKoa(host.usage);
    return server.get('/overview');
  };
  afterEach(async () => {
    await server.close();
    await host.close();
  });

  test.each([
    ['null', () => null],
    ['undefined', () => undefined],
    ['a promise of null', () => Promise.resolve(null)],
  ])('%s is 401', async (_name, authenticate) => {
    expect((await ask(authenticate)).status).toBe(401);
  });

  test.each([
    ['an empty object', {}],
    ['an empty userDid', { userDid: '' }],
    ['the word undefined', { userDid: 'undefined' }],
    ['an array', ['alice']],
    ['an array of users', { userDid: ['alice'] }],
    ['a control character', { userDid: 'alice\0' }],
    ['10 kB', { userDid: 'a'.repeat(10_000) }],
    ['a bare text', 'alice'],
  ])('%s is 500, never data', async (_name, identity) => {
    const answer = await ask(() => identity);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('totals');
  });

  test('an authenticate that throws is 500 without a word of why', async () => {
    const answer = await ask(() => {
      throw new Error('secret at /etc/secret.json');
    });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret');
  });
});

test('a database that is not migrated is 500 without SQL', async () => {
  const usage = createUsage({
    ...OPTIONS,
    authenticate: () => ({ userDid: 'a' }),
    logger: silentLogger,
  });
  const server = await serveInKoa(usage);
  const answer = await server.get('/overview');
  expect(answer.status).toBe(500);
  expect(answer.text).not.toMatch(/select|model_call|SQLITE/i);
  await server.close();
  await usage.stop();
});
