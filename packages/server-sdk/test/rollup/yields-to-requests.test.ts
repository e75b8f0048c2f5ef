import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RequestActivity } from '../../src/runtime/request-activity.js';
import {
  NOW_MS,
  createTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';

const HOUR_MS = 3_600_000;

let host: TestUsage;
let server: TestServer;
let nameProjects: () => void;

beforeEach(async () => {
  const isAsked = new Promise<void>((resolve) => {
    nameProjects = resolve;
  });
  host = await createTestUsage({ projects: () => isAsked.then(() => []) });
  server = await serveInKoa(host.usage);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
  await host.close();
});

function record(startedAt: number): Promise<unknown> {
  return host.usage.calls.record({ userDid: 'alice', model: 'm', status: 'success', startedAt });
}

test('the rollup knows of records, answers and statistics; not of balances, which are asked for elsewhere', async () => {
  const run = vi.spyOn(RequestActivity.prototype, 'run');
  const countOf = async (work: () => Promise<unknown>): Promise<number> => {
    run.mockClear();
    await work();
    return run.mock.calls.length;
  };
  expect(await countOf(() => record(NOW_MS))).toBe(1);
  expect(await countOf(() => server.get('/overview'))).toBe(1);
  expect(await countOf(() => host.usage.stats.getAggregatedStats('alice', null, 0, NOW_MS))).toBe(
    1,
  );
  expect(await countOf(() => server.get('/quota'))).toBe(0);
});

test('the rebuild of hours yields too, between its transactions', async () => {
  for (let hoursAgo = 2; hoursAgo < 5; hoursAgo += 1) await record(NOW_MS - hoursAgo * HOUR_MS);
  await host.usage.rollup.run();
  await record(NOW_MS - 3 * HOUR_MS);
  // No hour is due: only the rebuild has transactions.
  const waitUntilIdle = vi.spyOn(RequestActivity.prototype, 'waitUntilIdle');
  expect(await host.usage.rollup.run()).toMatchObject({ hours: 0, rebuiltHours: 1 });
  expect(waitUntilIdle).toHaveBeenCalled();
});

test('an answer that is long in coming does not keep the rollup out', async () => {
  for (let hoursAgo = 0; hoursAgo < 50; hoursAgo += 1) await record(NOW_MS - hoursAgo * HOUR_MS);
  let isAnswered = false;
  const answer = server.get('/projects').then(({ status }) => {
    isAnswered = true;
    return status;
  });
  await host.usage.rollup.run();
  expect(isAnswered).toBe(false);
  expect((await host.usage.rollup.status()).rolledUpThrough).toBe('2026-11-22T10:00:00.000Z');
  nameProjects();
  expect(await answer).toBe(200);
});
