import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProjectCalls } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  serveInKoa,
  type Answer,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { faultsOf } from '../helpers/openapi-check.js';

const DAY_MS = 86_400_000;
let host: TestUsage;
let server: TestServer;

beforeAll(async () => {
  host = await createTestUsage({});
  const statuses = ['success', 'failed', 'failed', 'processing'] as const;
  await host.usage.calls.record(
    statuses.map((status, index) => ({
      ...{ userDid: 'alice', appDid: 'app', id: `call-${index}`, model: `m${index % 2}`, status },
      startedAt: NOW_MS - index * DAY_MS,
    })),
  );
  await host.usage.rollup.run();
  server = await serveInKoa(host.usage);
});
afterAll(async () => {
  await server.close();
  await host.close();
});

describe('the values of filters of calls', () => {
  test('a cursor is of the values of a filter, in any order', async () => {
    const query = `from=${NOW_MS - 99 * DAY_MS}&limit=1`;
    const ask = <T = ProjectCalls>(filter: string): Promise<Answer<T>> =>
      server.get<T>(`/projects/app/calls?${query}&${filter}`);
    const { body } = await ask('status=failed&status=success');
    const cursor = `cursor=${body.nextCursor ?? ''}`;
    const [again, other, one] = await Promise.all([
      ask(`status=success&status=failed&${cursor}`),
      ask(`status=failed&status=processing&${cursor}`),
      ask(`status=failed&${cursor}`),
    ]);
    expect([again.status, other.status, one.status]).toEqual([200, 400, 400]);
  });

  test('count the values of each filter under the others, also with a search', async () => {
    const path = `/projects/app/calls?from=${NOW_MS - 99 * DAY_MS}`;
    const answer = await server.get<ProjectCalls>(`${path}&status=failed&counts=true`);
    expect(faultsOf('projectCalls', answer)).toEqual([]);
    const { body } = answer;
    const sum = (counts: readonly { calls: number | null }[] = []): number =>
      counts.reduce((all, { calls }) => all + (calls ?? Number.NaN), 0);
    const whole = (await server.get<ProjectCalls>(path)).body.total;
    expect(sum(body.counts?.status)).toBe(whole);
    expect([sum(body.counts?.model), sum(body.counts?.type)]).toEqual([body.total, body.total]);
    expect((await server.get<ProjectCalls>(path)).body.counts).toBeUndefined();
    const id = body.items[0]?.id ?? '';
    const found = await server.get<ProjectCalls>(`${path}&search=${id}&counts=true`);
    expect(sum(found.body.counts?.status)).toBe(1);
  });
});
