import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Overview, ProjectCalls, Projects, Trends } from '../../src/index.js';
import { staticQuota } from '../../src/index.js';
import {
  createTestUsage,
  NOW_MS,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';

let host: TestUsage;
let server: TestServer;
beforeAll(async () => {
  host = await createTestUsage({
    quota: staticQuota({
      entries: [{ id: 'g', kind: 'grant', amount: '100', occurredAt: NOW_MS - 40 * 86_400_000 }],
    }),
  });
  const calls = [];
  for (let i = 0; i < 2000; i += 1) {
    calls.push({
      id: `c${i}`,
      userDid: 'alice',
      appDid: `app${i % 7}`,
      model: `m${i % 3}`,
      provider: 'p',
      status: i % 10 === 0 ? ('failed' as const) : ('success' as const),
      startedAt: NOW_MS - i * 1_800_000,
      durationMs: 100 + ((i * 37) % 5000),
      usage: { inputTokens: i, outputTokens: 1 },
      credits: '0.00000001',
    });
  }
  await host.usage.calls.record(calls);
  await host.usage.rollup.run();
  server = await serveInKoa(host.usage);
});
afterAll(async () => {
  await server.close();
  await host.close();
});

test('smoke', async () => {
  const { body } = await server.get<Overview>('/overview');
  console.log(body);
  console.log(JSON.stringify((await server.get<Projects>('/projects')).body).slice(0, 600));
  const trends = (await server.get<Trends>('/trends?timeZone=Asia/Kolkata')).body;
  console.log(
    trends.points.length,
    trends.points.reduce((s, p) => s + p.totals.calls, 0),
  );
  console.log(JSON.stringify((await server.get('/quota')).body));
  console.log(JSON.stringify((await server.get('/quota-details?pageSize=3')).body));
  console.log(
    JSON.stringify((await server.get<ProjectCalls>('/projects/app1/calls?limit=2')).body),
  );
  console.log(await host.usage.rollup.status());
  console.log(await host.usage.rollup.verify({ from: NOW_MS - 60 * 86_400_000, to: NOW_MS }));
  expect(body.totals.calls).toBe(1441);
});
