import { createServer } from 'node:http';
import express from 'express';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { usageMigrations, type Usage } from '../../src/index.js';
import { ReadinessCheck } from '../../src/http/health/readiness.js';
import { openDatabase } from '../../src/db/database.js';
import {
  listen,
  openTestUsage,
  silentLogger,
  type TestServer,
} from '../helpers/create-test-usage.js';
import { openHub } from '../helpers/hub-database.js';
import { openProxy } from '../helpers/tcp-proxy.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer, urlOf } from '../helpers/test-databases.js';

const servers = await takeServers();
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(usage: Usage): Promise<TestServer> {
  const server = await listen(createServer(usage.health.callback()), '');
  cleanups.push(() => server.close());
  return server;
}

describe.each(servers)('health on $name', (server) => {
  test('is ready once the tables are there, until the usage stops', async () => {
    const database = await server.create();
    cleanups.push(() => database.drop());
    const usage = openTestUsage({ database: database.config });
    cleanups.push(() => usage.stop());
    const { get } = await serve(usage);
    // No user is signed in, and no user is named in any answer.
    const before = await get('/readyz', { user: null });
    expect(before).toMatchObject({
      status: 503,
      body: { status: 'unavailable', reason: 'tables' },
    });
    expect(before.headers.get('retry-after')).toBe('5');
    await usage.migrate();
    const isReady = async (): Promise<number> => (await get('/readyz', { user: null })).status;
    await expect.poll(isReady).toBe(200);
    const after = await get('/readyz');
    expect(after.text).toBe('{"status":"ready"}');
    expect(after.headers.get('cache-control')).toBe('no-store');
    expect(await get('/readyz', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect((await get('/readyz', { method: 'POST' })).status).toBe(405);
    expect((await get('/overview')).status).toBe(404);
    // A later version migrates while this one runs: it goes on until it is replaced.
    const host = openHub(database.config);
    const row = { name: '0099-later@9.9.9', batch: 2, migration_time: new Date() };
    await host(usageMigrations().tableName ?? '').insert(row);
    await host.destroy();
    expect(await isReady()).toBe(200);
    await usage.stop();
    expect((await get('/readyz')).body).toEqual({ status: 'unavailable', reason: 'stopped' });
    expect((await get('/healthz')).text).toBe('{"status":"alive"}');
  });
});

describe.each(servers.filter(({ name }) => name !== 'SQLite'))('a silent $name', (server) => {
  test('answers in time, by one check for all that probe, and is ready again', async () => {
    const database = await server.create();
    cleanups.push(() => database.drop());
    const url = urlOf(database.config);
    const migrating = openTestUsage({ database: url.toString() });
    await migrating.migrate();
    await migrating.stop();
    const proxy = await openProxy(Number(url.port));
    cleanups.push(() => proxy.close());
    url.port = String(proxy.port);
    const opened = openDatabase(url.toString());
    cleanups.push(() => opened.close());
    const warn = vi.fn();
    const readiness = new ReadinessCheck({
      database: opened,
      logger: { ...silentLogger, warn },
      deadlineMs: 300,
    });
    expect(await readiness.check()).toEqual({ isReady: true, reason: null });
    let statements = 0;
    opened.reader.on('query', () => (statements += 1));
    proxy.freezeAll();
    // The result of before is given for a second.
    const isReady = async (): Promise<boolean> => (await readiness.check()).isReady;
    await expect.poll(isReady).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    statements = 0;
    proxy.freezeAll();
    const results = await Promise.all(Array.from({ length: 50 }, () => readiness.check()));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(statements).toBeLessThanOrEqual(2);
    expect(warn).toHaveBeenCalledTimes(1);
    await expect.poll(isReady).toBe(true);
  });
});

test('requests of users that wait for their limits keep no probe from its answer', async () => {
  const database = await sqliteServer.create();
  cleanups.push(() => database.drop());
  const limits = { requestsPerMinute: 1, maxConcurrentRequests: 1, maxTotalConcurrentRequests: 1 };
  const usage = openTestUsage({ database: database.config, limits });
  await usage.migrate();
  cleanups.push(() => usage.stop());
  const app = express();
  app.use('/internal', usage.health.callback());
  app.use(usage.callback());
  const { get, close } = await listen(createServer(app), '');
  cleanups.push(close);
  const statuses = await Promise.all([1, 2, 3].map(() => get('/api/usage/overview')));
  expect(statuses.map(({ status }) => status)).toContain(429);
  for (let probe = 0; probe < 5; probe += 1) {
    expect((await get('/internal/readyz', { user: null })).status).toBe(200);
  }
  expect((await get('/internal/other')).status).toBe(404);
});

test('a handler of web requests answers the same', async () => {
  const database = await sqliteServer.create();
  cleanups.push(() => database.drop());
  const usage = openTestUsage({ database: database.config });
  await usage.migrate();
  cleanups.push(() => usage.stop());
  const handle = usage.health.handler();
  const ready = await handle(new Request('http://host/internal/readyz'));
  expect([ready.status, await ready.text()]).toEqual([200, '{"status":"ready"}']);
  const next = await handle(new Request('http://host/x'), () => new Response('of the host'));
  expect(await next.text()).toBe('of the host');
  expect((await handle(new Request('http://host/x'))).status).toBe(404);
});
