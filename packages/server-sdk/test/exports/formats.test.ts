import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
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
  host = await createTestUsage();
  server = await serveInKoa(host.usage);
  await host.usage.calls.record([
    {
      id: 'a',
      userDid: 'alice',
      appDid: 'p',
      model: '=1+1',
      startedAt: NOW_MS - 1000,
      status: 'success',
      credits: '0.1',
      durationMs: 12.5,
      usage: { inputTokens: 1, outputTokens: 2 },
    },
    {
      id: 'b',
      userDid: 'alice',
      appDid: 'q',
      model: 'm',
      startedAt: NOW_MS - 2000,
      status: 'failed',
      errorReason: '+boom',
    },
  ]);
});
afterAll(async () => {
  await server.close();
  await host.close();
});
test('smoke', async () => {
  for (const kind of ['calls', 'projects', 'trends', 'models']) {
    const csv = await server.get(`/exports/${kind}?format=csv&timeZone=Asia/Shanghai`);
    console.log(csv.status, [...csv.headers], csv.text.slice(0, 3000));
    const nd = await server.get(`/exports/${kind}?format=ndjson`);
    console.log(nd.text.slice(0, 1500));
    const x = await fetch(
      server.url + `/api/usage/exports/${kind}?format=xlsx&timeZone=Asia/Shanghai`,
      { headers: { 'x-user': 'alice' } },
    );
    const buf = Buffer.from(await x.arrayBuffer());
    console.log(x.status, buf.length);
    const sheets = await readXlsx(buf);
    console.log(JSON.stringify(sheets).slice(0, 3000));
  }
  expect((await server.get('/exports/ledger?format=csv')).status).toBe(503);
});
