import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import {
  createTestUsageOn,
  NOW_MS,
  silentLogger,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer } from '../helpers/test-databases.js';

const CALL = {
  userDid: 'alice',
  model: 'm',
  status: 'success',
  startedAt: NOW_MS - 1000,
} satisfies ModelCallInput;
const warned = vi.fn();
const servers = await takeServers();

describe.each(servers)('on $name', (server) => {
  let host: TestUsage;
  let rows: Knex;
  const stored = async (id: string): Promise<Record<string, unknown>> => {
    const row = await rows<Record<string, unknown>>('model_calls').where('id', id).first();
    return row ?? {};
  };
  beforeEach(async () => {
    host = await createTestUsageOn(server, { logger: { ...silentLogger, warn: warned } });
    rows = knex({ ...host.config, useNullAsDefault: true });
    warned.mockClear();
  });
  afterEach(async () => {
    await rows.destroy();
    await host.close();
  });

  test('values that cannot be stored are unknown, and the warning names call and field, not the value', async () => {
    const result = await host.usage.calls.record({
      ...CALL,
      id: 'c',
      traceId: 'secret'.repeat(50),
      credits: 'secret',
      durationMs: -1,
      usage: { inputTokens: Number.NaN, outputTokens: 7 },
    });
    expect(result).toEqual({ inserted: 1, updated: 0, warnings: 4 });
    expect(await stored('c')).toMatchObject({
      trace_id: null,
      credits_e8: null,
      duration_us: null,
      input_tokens: null,
    });
    expect(Number((await stored('c'))['output_tokens'])).toBe(7);
    const told = warned.mock.calls.map(([, fields]) => fields as Record<string, unknown>);
    expect(told.map(({ field }) => field)).toEqual([
      'traceId',
      'durationMs',
      'usage.inputTokens',
      'credits',
    ]);
    expect(told[0]).toMatchObject({ callId: 'c', userDid: 'alice' });
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  test('metadata that only look like an escape are stored as JSON, and the history shows them', async () => {
    const metadata = { note: 'a \\u0000 b', path: 'C:\\u0000x', nul: 'a\0b', half: '\ud83d' };
    await host.usage.calls.record({ ...CALL, id: 'c', metadata });
    const text = String((await stored('c'))['metadata']);
    expect(JSON.parse(text)).toEqual({ ...metadata, nul: 'ab', half: '\ufffd' });
  });

  test('names that are as long as the columns take are rolled up', async () => {
    const names = ['"', '\\', '😀', '字', 'm'].flatMap((letter) =>
      [120, 255].map((length) => letter.repeat(Math.floor(length / letter.length))),
    );
    await host.usage.calls.record(
      names.map((name) => ({ ...CALL, model: name, provider: name.slice(0, 128), credits: '1' })),
    );
    await host.usage.rollup.run();
    host.clock.nowMs += 2 * 3_600_000;
    await host.usage.rollup.run();
    const { calls, credits } = await host.usage.stats.getAggregatedStats(
      'alice',
      null,
      NOW_MS - 3_600_000,
      NOW_MS + 1,
    );
    expect([calls, credits]).toEqual([names.length, String(names.length)]);
  });

  describe('the end of a call is written', () => {
    const ends = [
      ['a price of nine decimals', { credits: '0.000000015' }, { credits_e8: 2 }],
      ['a price that is none', { credits: Number.NaN }, { credits_e8: null }],
      ['a negative duration', { durationMs: -5 }, { duration_us: null }],
      ['a model that is none', { model: '' }, { model: 'm' }],
      ['no model', { model: undefined }, { model: 'm' }],
      ['a misspelt field', { credit: 1 }, { model: 'm' }],
      ['another user', { userDid: 'bob', id: 'other' }, { user_did: 'alice' }],
      ['no object', null, { model: 'm' }],
    ] as const;

    test.each(ends)('%s, after begin', async (_name, end, row) => {
      const call = await host.usage.calls.begin({ userDid: 'alice', model: 'm' });
      await call.succeed(end as object);
      const { status, ...rest } = await stored(call.id);
      expect([status, numbered(rest)]).toEqual(['success', expect.objectContaining(row)]);
    });

    test.each(ends)('%s, after track', async (_name, end, row) => {
      const onError = vi.fn();
      const call = host.usage.calls.track({ userDid: 'alice', model: 'm' }, onError);
      call.fail('no', end as object);
      await host.usage.stop();
      const { status, ...rest } = await stored(call.id);
      expect([status, numbered(rest)]).toEqual(['failed', expect.objectContaining(row)]);
      expect(onError).not.toHaveBeenCalled();
    });
  });
});

/** Drivers give wide integers as text. */
function numbered(row: Record<string, unknown>): Record<string, unknown> {
  const isNumber = (value: unknown): boolean => typeof value === 'string' && /^\d+$/.test(value);
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, isNumber(value) ? Number(value) : value]),
  );
}

describe('what the caller changes while it waits', () => {
  let host: TestUsage;
  beforeEach(async () => {
    host = await createTestUsageOn(sqliteServer, {
      recorder: { maxQueuedCalls: 1, maxWaitingCalls: 100 },
    });
  });
  afterEach(() => host.close());
  const count = async (): Promise<number> =>
    (await host.usage.stats.getAggregatedStats('alice', null, NOW_MS - 60_000, NOW_MS + 1)).calls;

  test.each([
    ['emptied', (list: unknown[]) => list.splice(0)],
    ['made longer', (list: unknown[]) => list.push({ ...CALL }, { ...CALL })],
    ['filled with what is no call', (list: unknown[]) => list.fill(null)],
  ])('a list that is %s is stored as it was, and blocks no other caller', async (_name, change) => {
    const first = host.usage.calls.record(CALL);
    const list: ModelCallInput[] = [{ ...CALL }, { ...CALL }];
    const second = host.usage.calls.record(list);
    change(list);
    const third = host.usage.calls.record(CALL);
    await Promise.all([first, second, third]);
    expect(await count()).toBe(4);
  });

  test('so is a call', async () => {
    const first = host.usage.calls.record(CALL);
    const call = { ...CALL, usage: { inputTokens: 1 } };
    const second = host.usage.calls.record(call);
    Object.assign(call, { userDid: '', usage: { inputTokens: -1 } });
    await Promise.all([first, second]);
    expect(await count()).toBe(2);
  });

  test('a list that lies about its length, and one that throws, block no other caller', async () => {
    const lying = new Proxy([{ ...CALL }, { ...CALL }], {
      get: (target, key, receiver) =>
        key === 'length' ? 1 : (Reflect.get(target, key, receiver) as unknown),
    });
    const throwing = new Proxy([{ ...CALL }], {
      get: () => {
        throw new Error('no');
      },
    });
    const results = await Promise.allSettled(
      [CALL, lying, throwing, [], [CALL, null as never], CALL].map((input) =>
        host.usage.calls.record(input),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });
});
