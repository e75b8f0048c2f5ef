import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Overview, ProjectCalls } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  openTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { EMBED } from '../helpers/embed-fixture.js';

const DAY_MS = 86_400_000;
let host: TestUsage;
let server: TestServer;

/** DIDs that spell out what a careless cache would name alice's token, or alice, by. */
const LOOKALIKES = [
  JSON.stringify(['did:alice', ['chat']]),
  JSON.stringify(['user', 'did:alice']),
  JSON.stringify(['projects', 'did:alice', ['chat']]),
  '"did:alice"',
  'DID:ALICE',
];

const callOf = (userDid: string, id: string, appDid = 'chat') =>
  ({
    ...{ userDid, id, appDid, model: 'm', status: 'success' as const },
    startedAt: NOW_MS - 60_000,
  }) as const;

beforeAll(async () => {
  host = await createTestUsage({ embed: EMBED });
  server = await serveInKoa(host.usage);
  for (let n = 0; n < 3; n += 1) await host.usage.calls.record(callOf('did:alice', `a${n}`));
  for (const user of LOOKALIKES) {
    // As many writes as alice has, so that versions are no difference.
    for (let n = 0; n < 3; n += 1) await host.usage.calls.record(callOf(user, 'one', 'own'));
  }
});
afterAll(async () => {
  await server.close();
  await host.close();
});

describe('a user whose DID looks like another identity', () => {
  test.each(LOOKALIKES)('%j has its own figures and tags', async (user) => {
    const token = await host.usage.createEmbedToken({
      ...{ userDid: 'did:alice', projects: ['chat'] },
      scopes: ['overview:read', 'projects:read', 'trends:read'],
    });
    for (const path of ['/overview', '/projects', '/trends']) {
      const bearer = { authorization: `Bearer ${token}` };
      const victims = [
        await server.get(path, { user: null, headers: bearer }),
        await server.get(path, { user: 'did:alice' }),
      ];
      const own = await server.get<Overview>(path, { user });
      expect(own.status).toBe(200);
      for (const victim of victims) {
        expect(own.text).not.toBe(victim.text);
        expect(own.headers.get('etag')).not.toBe(victim.headers.get('etag'));
      }
    }
    const { body } = await server.get<Overview>('/overview', { user });
    expect(body.totals.calls).toBe(1);
  });
});

test('identities that databases would not distinguish are no identities', async () => {
  for (const userDid of ['a\ud800', 'a\udfff', 'a\0', 'a\nb', 'x'.repeat(256)]) {
    const usage = openTestUsage({ database: host.config, authenticate: () => ({ userDid }) });
    const odd = await serveInKoa(usage);
    expect((await odd.get('/overview')).status).toBe(500);
    await odd.close();
    await usage.stop();
    await expect(host.usage.calls.record(callOf(userDid, 'x'))).rejects.toMatchObject({
      code: 'CALL_INVALID',
    });
  }
});

describe('a cursor', () => {
  const PATH = '/projects/chat/calls';
  const get = (query: string, user = 'did:alice') =>
    server.get<ProjectCalls & { code: string }>(`${PATH}?${query}`, { user });

  test('of the server goes on, on another instance too', async () => {
    const first = await get('limit=1');
    const cursor = first.body.nextCursor ?? '';
    const other = openTestUsage({ database: host.config, clock: host.clock });
    const otherServer = await serveInKoa(other);
    const second = await otherServer.get<ProjectCalls>(`${PATH}?limit=1&cursor=${cursor}`, {
      user: 'did:alice',
    });
    expect([second.status, second.body.items.length]).toEqual([200, 1]);
    expect(second.body.items[0]?.id).not.toBe(first.body.items[0]?.id);
    await otherServer.close();
    await other.stop();
  });

  test('that its reader made of what everybody knows is refused', async () => {
    const fields = ['did:alice', 'chat', null, null, null, null, null, null, null, 'time', 'desc'];
    const digest = createHash('sha256').update(JSON.stringify(fields)).digest('base64url');
    const real = (await get('limit=1')).body.nextCursor ?? '';
    const [payload = '', code = ''] = real.split('.');
    const parts = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[];
    const encode = (value: unknown): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const widened = parts.map((part, index) => (index === 2 ? 0 : part));
    const forged = [
      encode([1, digest.slice(0, 16), 0, 8.64e15, NOW_MS, 'x']),
      `${encode(widened)}.${code}`,
      `${payload}.${digest}`,
      `${payload}.`,
      payload,
      `${encode([2, 'no-such-key', 0, NOW_MS, NOW_MS, 'x'])}.${code}`,
    ];
    for (const cursor of forged) {
      const { status, body } = await get(`limit=1&cursor=${encodeURIComponent(cursor)}`);
      expect([cursor, status, body.code]).toEqual([cursor, 400, 'CURSOR_INVALID']);
    }
  });

  test('belongs to its listing and its user', async () => {
    const cursor = (await get('limit=1')).body.nextCursor ?? '';
    for (const query of ['sortOrder=asc', 'model=m', 'search=a', 'status=success']) {
      expect((await get(`limit=1&${query}&cursor=${cursor}`)).status).toBe(400);
    }
    await host.usage.calls.record(callOf('did:eve', 'e'));
    expect((await get(`limit=1&cursor=${cursor}`, 'did:eve')).status).toBe(400);
  });

  test('is taken after its key was replaced, and not for ever', async () => {
    const cursor = (await get('limit=1')).body.nextCursor ?? '';
    host.clock.nowMs += 31 * DAY_MS;
    const range = `from=${NOW_MS - DAY_MS}&to=${NOW_MS}`;
    const renewed = await get(`limit=1&${range}`);
    const keyOf = (text: string): unknown =>
      (JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString()) as unknown[])[1];
    expect(keyOf(renewed.body.nextCursor ?? '')).not.toBe(keyOf(cursor));
    expect((await get(`limit=1&cursor=${cursor}`)).status).toBe(200);
    host.clock.nowMs += 2 * DAY_MS;
    expect((await get(`limit=1&cursor=${cursor}`)).status).toBe(400);
    host.clock.nowMs = NOW_MS;
  });
});
