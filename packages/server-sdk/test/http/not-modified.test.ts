import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  NOW_MS,
  createTestUsageOn,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const START_MS = NOW_MS - 5 * HOUR_MS;
const PATH = `/overview?from=${NOW_MS - 50 * HOUR_MS}&to=${NOW_MS}`;
const CALL = {
  userDid: 'alice',
  appDid: 'app',
  model: 'm',
  status: 'success',
  credits: '1',
  startedAt: START_MS,
} as const;

const servers = await takeServers();

describe.each(servers)('an answer that did not change, on $name', (kind) => {
  let host: TestUsage;
  let server: TestServer;
  /** Another program. */
  let other: Knex;

  beforeEach(async () => {
    host = await createTestUsageOn(kind);
    server = await serveInKoa(host.usage);
    other = knex({ ...host.config, useNullAsDefault: true });
    await host.usage.calls.record([
      { ...CALL, id: 'first' },
      { ...CALL, id: 'of-bob', userDid: 'bob' },
    ]);
    await host.usage.rollup.run();
  });
  afterEach(async () => {
    await other.destroy();
    await server.close();
    await host.close();
  });

  const tagOf = async (user = 'alice'): Promise<string> => {
    const { status, headers } = await server.get(PATH, { user });
    expect(status).toBe(200);
    return headers.get('etag') ?? '';
  };
  const askAgain = async (tag: string, user = 'alice'): Promise<number> =>
    (await server.get(PATH, { user, headers: { 'if-none-match': tag } })).status;

  test('is "not modified" until any writer changes the user\'s data', async () => {
    const changes: [string, () => Promise<unknown>][] = [
      ['recorded', () => host.usage.calls.record({ ...CALL, id: 'second' })],
      ['rolled up again', () => host.usage.rollup.run()],
      ['changed', () => other('model_calls').where({ id: 'second' }).update({ credits_e8: 7 })],
      ['deleted', () => other('model_calls').where({ id: 'second' }).delete()],
    ];
    for (const [what, change] of changes) {
      const tag = await tagOf();
      expect([what, await askAgain(tag)]).toEqual([what, 304]);
      const before = (await server.get(PATH)).body['totals'];
      await change();
      const after = (await server.get(PATH)).body['totals'];
      const same = JSON.stringify(before) === JSON.stringify(after);
      // A rollup says the same another way: either is right.
      if (!same) expect([what, await askAgain(tag)]).toEqual([what, 200]);
      else expect(what).toBe('rolled up again');
    }
  });

  test('names how far hours are rolled up: a run that gets further is another answer', async () => {
    const tag = await tagOf();
    await host.usage.calls.record({ ...CALL, id: 'now', userDid: 'carol', startedAt: NOW_MS });
    expect(await askAgain(tag)).toBe(304);
    const start = NOW_MS - (NOW_MS % (5 * 60_000));
    host.clock.nowMs = start + HOUR_MS;
    const later = await tagOf();
    await host.usage.rollup.run();
    expect(await askAgain(later)).toBe(200);
  });

  test('a rebuild changes no figure, and never leaves an old tag with another answer', async () => {
    const before = await server.get(PATH);
    await host.usage.rollup.rebuild({ from: START_MS - HOUR_MS, to: START_MS + HOUR_MS });
    const after = await server.get(PATH);
    expect(after.body['totals']).toEqual(before.body['totals']);
    expect(await askAgain(after.headers.get('etag') ?? '')).toBe(304);
  });

  test("is never so by another user's tag, nor by another request's", async () => {
    const tag = await tagOf('alice');
    expect(await askAgain(tag, 'bob')).toBe(200);
    expect(await askAgain(await tagOf('bob'))).toBe(200);
    const elsewhere = await server.get(`${PATH}&timeZone=Asia/Kolkata`, {
      headers: { 'if-none-match': tag },
    });
    expect(elsewhere.status).toBe(200);
    await host.usage.calls.record({ ...CALL, id: 'more', userDid: 'bob' });
    expect(await askAgain(tag)).toBe(304);
  });
});
