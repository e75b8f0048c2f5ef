import type { Knex } from 'knex';
import { describe, expect, test } from 'vitest';
import type { ModelCallInput, Usage } from '../../src/index.js';
import {
  NOW_MS,
  openTestUsage,
  serveInKoa,
  type TestServer,
} from '../helpers/create-test-usage.js';
import { openProxy, type TcpProxy } from '../helpers/tcp-proxy.js';
import { takeServers } from '../helpers/take-servers.js';
import { urlOf, type DatabaseServer } from '../helpers/test-databases.js';

const servers = (await takeServers()).filter(({ name }) => name !== 'SQLite');

const callOf = (userDid: string, id: string): ModelCallInput => ({
  ...{ userDid, id, appDid: 'chat', model: 'm', status: 'success' as const },
  startedAt: NOW_MS - 60_000,
});

interface Fixture {
  proxy: TcpProxy;
  usage: Usage;
  http: TestServer;
}

/** A usage whose connections to the database go through a proxy. */
async function withProxy(
  server: DatabaseServer,
  check: (fixture: Fixture) => Promise<void>,
  answerDeadlineMs = 4000,
): Promise<void> {
  const database = await server.create();
  const proxy = await openProxy(portOf(database.config));
  const usage = openTestUsage({
    database: through(proxy, database.config),
    clock: { now: () => NOW_MS },
    limits: { answerDeadlineMs },
  });
  await usage.migrate();
  await usage.calls.record([callOf('alice', 'a1'), callOf('bob', 'b1')]);
  const http = await serveInKoa(usage);
  await check({ proxy, usage, http });
  await http.close();
  await usage.stop();
  await proxy.close();
  await database.drop();
}

const WAIT_MS = 20_000;

/** Not `expect.poll`, which tests that run side by side cannot share. @throws Error when nothing went silent in time */
async function untilFrozen(proxy: TcpProxy): Promise<void> {
  const endMs = performance.now() + WAIT_MS;
  while (proxy.frozen === 0) {
    if (performance.now() > endMs) throw new Error('No connection carried the text');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function portOf(config: Knex.Config): number {
  return Number(urlOf(config).port);
}

function through(proxy: TcpProxy, config: Knex.Config): string {
  const url = urlOf(config);
  url.port = String(proxy.port);
  return url.toString();
}

// Side by side: each spends its time waiting for a deadline.
describe.concurrent.each(servers)('a connection that goes silent on $name', (server) => {
  test('costs the request that it answers; others are answered meanwhile and after', () =>
    withProxy(server, async ({ proxy, http }) => {
      proxy.freezeOn('freeze-this-search');
      const silent = http.get('/projects/chat/calls?search=freeze-this-search');
      const first = await Promise.race([silent, untilFrozen(proxy)]);
      // An answer that came too early says why.
      expect(first).toBeUndefined();
      const other = await http.get('/overview', { user: 'bob' });
      expect(other.status).toBe(200);
      const { status, headers } = await silent;
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
      expect((await http.get('/overview')).status).toBe(200);
    }));

  test('with a record on it, is replaced: its locks are freed, and the record is stored once', () =>
    withProxy(server, async ({ proxy, usage, http }) => {
      proxy.freezeOn('silent-record');
      const stored = usage.calls.record(callOf('alice', 'silent-record'));
      await untilFrozen(proxy);
      await usage.calls.record(callOf('bob', 'meanwhile'));
      await stored;
      const { body } = await http.get<{ total: number }>('/projects/chat/calls');
      expect(body.total).toBe(2);
    }));

  test('in the pool, with all others there, costs no one an answer or a record', () =>
    withProxy(
      server,
      async ({ proxy, usage, http }) => {
        await Promise.all([http.get('/overview'), http.get('/projects'), http.get('/trends')]);
        // Longer than a connection is trusted without a question.
        await new Promise((resolve) => setTimeout(resolve, 400));
        proxy.freezeAll();
        expect(proxy.frozen).toBeGreaterThan(0);
        const stored = usage.calls.record(callOf('bob', 'b2'));
        const answers = await Promise.all([
          http.get('/overview'),
          http.get('/overview', { user: 'bob' }),
          http.get('/projects/chat/calls'),
        ]);
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
        await stored;
        const { body } = await http.get<{ total: number }>('/projects/chat/calls', { user: 'bob' });
        expect(body.total).toBe(2);
      },
      15_000,
    ));

  test('does not keep stop() from ending', () =>
    withProxy(server, async ({ proxy, usage }) => {
      proxy.freezeOn('silent-at-the-end');
      const ended = usage.calls.record(callOf('alice', 'silent-at-the-end')).then(
        () => 'ended',
        () => 'ended',
      );
      await untilFrozen(proxy);
      await usage.stop();
      expect(await ended).toBe('ended');
    }));
});
