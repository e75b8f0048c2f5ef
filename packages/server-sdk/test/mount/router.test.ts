import { createServer } from 'node:http';
import Koa from 'koa';
import { expect, test } from 'vitest';
import { createUsageRouter, type Overview } from '../../src/index.js';
import { NOW_MS, createTestUsage, listen } from '../helpers/create-test-usage.js';

test('the router by itself answers, and closes what it opened', async () => {
  const host = await createTestUsage();
  await host.usage.calls.record({
    ...{ userDid: 'alice', appDid: 'usage', model: 'm', status: 'success' },
    startedAt: NOW_MS - 1000,
  });
  const router = createUsageRouter({
    database: host.config,
    authenticate: () => ({ userDid: 'alice' }),
    // The base path stands in the path again, as the project's name.
    basePath: '/usage',
    clock: host.clock,
  });
  const app = new Koa();
  app.use(router.routes());
  const server = await listen(createServer(app.callback()), '/usage');
  const { status, body } = await server.get<Overview>('/projects/usage/stats');
  expect([status, body.totals.calls]).toEqual([200, 1]);
  await router.stop();
  expect((await server.get('/overview')).status).toBe(503);
  await server.close();
  await host.close();
});
